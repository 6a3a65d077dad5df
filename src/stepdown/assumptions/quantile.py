"""Inverse distribution functions: from a uniform number in (0, 1) to a value of an amount.

Every draw goes through here, so that any design over the unit cube (Latin hypercube, Sobol, random) works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from jaxtyping import Float
from pydantic import TypeAdapter
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from stepdown.contracts.assumptions import Gamma, Marginal, Points
from stepdown.contracts.facts.amounts import (
    Beta,
    Lognormal,
    Normal,
    Pert,
    Point,
    Quantiles,
    Range,
    ScalarAmount,
    Triangular,
    Uniform,
)
from stepdown.contracts.tables import END

Values = Float[np.ndarray, "..."]
_AMOUNT: TypeAdapter[ScalarAmount] = TypeAdapter(ScalarAmount)


@dataclass(frozen=True)
class ExactSource:
    """Values by the inverse distribution functions themselves."""

    points: Points

    def values(self, asked: Sequence[Marginal]) -> Float[np.ndarray, "asked future"]:
        """As `Source.values`; equal distributions are inverted together."""
        names = list(dict.fromkeys(m.name for m in asked))
        row, u = {name: i for i, name in enumerate(names)}, self.points(names)
        found: Values = np.empty((len(asked), u.shape[-1]))
        for members in alike(asked):
            found[members] = quantile(asked[members[0]].amount, u[[row[asked[i].name] for i in members]])
        return found


def alike(asked: Sequence[Marginal]) -> list[list[int]]:
    """Places of equal distributions."""
    by_amount: dict[object, list[int]] = defaultdict(list)
    for i, (_, amount) in enumerate(asked):
        by_amount[key_of(amount)].append(i)
    return list(by_amount.values())


def key_of(amount: ScalarAmount | Gamma) -> Gamma | bytes:
    """The same for equal distributions, and hashable."""
    return amount if isinstance(amount, Gamma) else _AMOUNT.dump_json(amount)


def at_key(key: Gamma | bytes, u: Values) -> Values:
    """Values of the distribution behind a key."""
    return quantile(key if isinstance(key, Gamma) else _AMOUNT.validate_json(key), u)


def extremes(asked: Sequence[Marginal]) -> Float[np.ndarray, "asked 2"]:
    """The lowest and the highest value of each; equal for what is the same in every future."""
    return np.array([_ends(key_of(m.amount)) for m in asked]).reshape(len(asked), 2)


@lru_cache(maxsize=4096)
def _ends(key: Gamma | bytes) -> tuple[float, float]:
    low, high = at_key(key, np.array((END, 1 - END)))
    return float(low), float(high)


def quantile(amount: ScalarAmount | Gamma, u: Values) -> Values:
    """Value of `amount` at probability `u` in (0, 1), elementwise; a support cuts the distribution off."""
    return np.asarray(_quantile(amount, np.asarray(u, dtype=float)))


def _quantile(amount: ScalarAmount | Gamma, u: Values) -> Values:
    match amount:
        case Gamma():
            return np.asarray(gammaincinv(amount.shape, u))
        case Point():
            return np.full_like(u, amount.value)
        case Range():
            if amount.best is None:
                return amount.low + (amount.high - amount.low) * u
            return _pert(amount.low, amount.best, amount.high, 4.0, u)
        case Quantiles():
            return _piecewise(amount, u)
        case Normal():
            return amount.mean + amount.sd * _normal(u, amount.support, amount.mean, amount.sd)
        case Lognormal():
            sigma = np.log(amount.high / amount.low) / (2 * ndtri((1 + amount.coverage) / 2))
            middle = np.log(amount.median)
            ends = amount.support and (np.log(max(amount.support[0], 1e-300)), np.log(amount.support[1]))
            return np.asarray(np.exp(middle + sigma * _normal(u, ends, middle, sigma)))
        case Beta():
            low, high = amount.support or (0.0, 1.0)
            return np.asarray(low + (high - low) * betaincinv(amount.alpha, amount.beta, u))
        case Triangular():
            return _triangular(amount.low, amount.mode, amount.high, u)
        case Pert():
            return _pert(amount.low, amount.mode, amount.high, amount.shape, u)
        case Uniform():
            if amount.dist == "loguniform":
                return np.asarray(amount.low * np.power(amount.high / amount.low, u))
            return np.asarray(amount.low + (amount.high - amount.low) * u)
    raise TypeError(f"no quantile for {type(amount).__name__}")


def _normal(u: Values, support: tuple[float, float] | None, mean: float, sd: float) -> Values:
    """Standard normal quantiles, truncated where the value mean + sd z would leave the support."""
    if support is not None:
        below, above = ndtr((np.asarray(support) - mean) / sd)
        u = below + (above - below) * u
    return np.asarray(ndtri(u))


def _piecewise(amount: Quantiles, u: Values) -> Values:
    levels = sorted(amount.q)
    values = [amount.q[level] for level in levels]
    low, high = amount.support or (values[0], values[-1])
    if levels[0] > 0:
        levels, values = [0.0, *levels], [low, *values]
    if levels[-1] < 1:
        levels, values = [*levels, 1.0], [*values, high]
    if any(a > b for a, b in pairwise(values)):
        raise ValueError(f"support {amount.support} lies inside the quantiles {amount.q}")
    return np.asarray(np.interp(u, levels, values))


def _triangular(low: float, mode: float, high: float, u: Values) -> Values:
    if low == high:
        return np.full_like(u, low)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u < turn, rising, falling)


def _pert(low: float, mode: float, high: float, shape: float, u: Values) -> Values:
    if low == high:
        return np.full_like(u, low)
    a = 1 + shape * (mode - low) / (high - low)
    b = 1 + shape * (high - mode) / (high - low)
    return np.asarray(low + (high - low) * betaincinv(a, b, u))
