"""Values with their uncertainty: a point, a range, or a distribution. Tagged by `dist`.

Ranges are central: `coverage` 0.9 means from the 5 % to the 95 % quantile.
"""

from __future__ import annotations

from itertools import pairwise
from math import isclose
from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.base import Closed

Coverage = Annotated[float, Field(gt=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]


def _ascending(**values: float | None) -> None:
    given = [(name, value) for name, value in values.items() if value is not None]
    for (name_a, a), (name_b, b) in pairwise(given):
        if a > b:
            raise ValueError(f"{name_a} {a} is above {name_b} {b}; they must ascend")


class _Supported(Closed):
    """Optional hard limits; draws outside are cut off (truncated), never clipped onto the edge."""

    support: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _support_ascends(self) -> _Supported:
        if self.support is not None and self.support[0] >= self.support[1]:
            raise ValueError(f"support {list(self.support)} is empty; write [low, high] with low < high")
        return self


class Point(Closed):
    """One number, taken as exact."""

    dist: Literal["point"]
    value: float


class Range(Closed):
    """Low and high, perhaps a best value; drawn as PERT through best, or uniform where none is given."""

    dist: Literal["range"]
    low: float
    high: float
    best: float | None = None

    @model_validator(mode="after")
    def _order(self) -> Range:
        _ascending(low=self.low, best=self.best, high=self.high)
        return self


class Quantiles(_Supported):
    """At least three quantiles, linear in between, ends at `support` (or at the outermost quantiles)."""

    dist: Literal["quantiles"]
    q: Annotated[dict[float, float], Field(min_length=3)]

    @model_validator(mode="after")
    def _monotone(self) -> Quantiles:
        levels = sorted(self.q)
        if levels[0] < 0 or levels[-1] > 1:
            raise ValueError(f"quantile levels {levels} must lie between 0 and 1")
        values = [self.q[level] for level in levels]
        if values != sorted(values):
            pairs = ", ".join(f"{level:g}: {self.q[level]:g}" for level in levels)
            raise ValueError(f"quantiles are not monotone ({pairs}); values must rise with their level")
        return self


class Normal(_Supported):
    dist: Literal["normal"]
    mean: float
    sd: Positive


class Lognormal(_Supported):
    """Median and the log-width from low to high: sigma = ln(high/low) / (2 z), z the normal quantile of
    (1 + coverage)/2. The median is kept even where low and high are not symmetric about it."""

    dist: Literal["lognormal"]
    median: Positive
    low: Positive
    high: Positive
    coverage: Coverage = 0.9

    @model_validator(mode="after")
    def _order(self) -> Lognormal:
        _ascending(low=self.low, median=self.median, high=self.high)
        if self.low == self.high:
            raise ValueError("low equals high; write a point instead")
        return self


class Beta(_Supported):
    """Beta(alpha, beta), stretched onto `support` where given (a full range, not a cut)."""

    dist: Literal["beta"]
    alpha: Positive
    beta: Positive


class Triangular(Closed):
    dist: Literal["triangular"]
    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _order(self) -> Triangular:
        _ascending(low=self.low, mode=self.mode, high=self.high)
        return self


class Pert(Closed):
    """Beta-PERT: mean (low + shape mode + high)/(shape + 2); shape 4 is the classic one."""

    dist: Literal["pert"]
    low: float
    mode: float
    high: float
    shape: Positive = 4.0

    @model_validator(mode="after")
    def _order(self) -> Pert:
        _ascending(low=self.low, mode=self.mode, high=self.high)
        if self.low == self.high:
            raise ValueError("low equals high; write a point instead")
        return self


class Uniform(Closed):
    dist: Literal["uniform", "loguniform"]
    low: float
    high: float

    @model_validator(mode="after")
    def _order(self) -> Uniform:
        if not self.low < self.high:
            raise ValueError(f"low {self.low} must be below high {self.high}")
        if self.dist == "loguniform" and self.low <= 0:
            raise ValueError(f"loguniform needs low above 0, found {self.low}")
        return self


class Dirichlet(Closed):
    """Shares that sum to one; larger alphas mean less spread."""

    dist: Literal["dirichlet"]
    alpha: Annotated[dict[str, Positive], Field(min_length=2)]


class Categorical(Closed):
    dist: Literal["categorical"]
    p: Annotated[dict[str, Annotated[float, Field(ge=0, le=1)]], Field(min_length=2)]

    @model_validator(mode="after")
    def _sums_to_one(self) -> Categorical:
        total = sum(self.p.values())
        if not isclose(total, 1, abs_tol=1e-9):
            raise ValueError(f"probabilities sum to {total:g}, not 1")
        return self


AnyScalar = Point | Range | Quantiles | Normal | Lognormal | Beta | Triangular | Pert | Uniform
AnyAmount = AnyScalar | Dirichlet | Categorical
ScalarAmount = Annotated[AnyScalar, Field(discriminator="dist")]
Amount = Annotated[AnyAmount, Field(discriminator="dist")]
