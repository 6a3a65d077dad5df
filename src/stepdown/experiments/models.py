"""Any batch model: arrays in, arrays out. An adapter makes one of a function of single numbers.

A model that raises, or returns numbers that are not finite, loses the futures at fault and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.design import Design
from stepdown.contracts.trajectories import ResultCode
from stepdown.experiments.designs import Sampler
from stepdown.experiments.flags import flags, result_codes
from stepdown.experiments.store.layout import Arrays, Layout, Variable
from stepdown.experiments.store.manifest import code_identity

Inputs = Mapping[str, Float[np.ndarray, " future"]]
Outcomes = Mapping[str, Float[np.ndarray, " future"]]


@dataclass(frozen=True)
class Uncertain:
    """An input that is uniform between `low` and `high`."""

    name: str
    low: float
    high: float
    unit: str = "1"
    long_name: str = ""


@dataclass(frozen=True)
class Choice:
    """An input that takes one of `options`, each equally likely; the model gets its number, from 0."""

    name: str
    options: tuple[str, ...]
    long_name: str = ""


class Model(Protocol):
    """A model of many futures at once. Must be pure: a future's outcomes depend on its own inputs alone."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str:
        """Changes whenever the numbers would."""
        ...

    @property
    def inputs(self) -> Sequence[Uncertain | Choice]: ...
    @property
    def outcomes(self) -> Sequence[str]: ...

    def __call__(self, inputs: Inputs) -> Outcomes:
        """Name -> one value per future, for all of `outcomes`. Inputs and decisions come by name."""
        ...


@dataclass(frozen=True)
class ArrayModel:
    """A function of arrays, by keyword, as a model."""

    name: str
    version: str
    inputs: tuple[Uncertain | Choice, ...]
    outcomes: tuple[str, ...]
    function: Callable[..., Outcomes]

    def __call__(self, inputs: Inputs) -> Outcomes:
        return self.function(**inputs)


@dataclass(frozen=True)
class ScalarModel:
    """A function of single numbers, by keyword, as a model: called once per future."""

    name: str
    version: str
    inputs: tuple[Uncertain | Choice, ...]
    outcomes: tuple[str, ...]
    function: Callable[..., Mapping[str, float]]

    def __call__(self, inputs: Inputs) -> Outcomes:
        count = len(next(iter(inputs.values())))
        rows = [self.function(**{k: float(v[i]) for k, v in inputs.items()}) for i in range(count)]
        return {name: np.array([row[name] for row in rows], dtype=float) for name in self.outcomes}


@dataclass(frozen=True)
class ModelExperiment:
    """A model under a design. `packages`: id -> decisions handed to the model beside the drawn inputs."""

    model: Model
    design: Design
    packages: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: {"baseline": {}})

    @property
    def layout(self) -> Layout:
        numbers = [x for x in self.model.inputs if isinstance(x, Uncertain)]
        choices = [x for x in self.model.inputs if isinstance(x, Choice)]
        return Layout(
            packages=tuple(self.packages),
            outcomes=tuple(Variable(name, {"units": "1", "long_name": name}) for name in self.model.outcomes),
            inputs=tuple(
                Variable(x.name, {"units": x.unit, "long_name": x.long_name or x.name}) for x in numbers
            ),
            switches=tuple(
                Variable(x.name, {"long_name": x.long_name or x.name, **flags(x.options)}) for x in choices
            ),
            lens=flags(self.design.lenses),
            code=result_codes(),
            attrs={"Conventions": "CF-1.11", "title": self.model.name, "seed": self.design.seed},
            precision="float64",
        )

    @property
    def identity(self) -> Mapping[str, Any]:
        code = code_identity()
        return {
            "model": {"name": self.model.name, "version": self.model.version},
            "packages": {k: dict(v) for k, v in self.packages.items()},
            "inputs": [repr(x) for x in self.model.inputs],
            "version": code["version"],
            "libraries": code["libraries"],
        }

    def run(self, start: int, stop: int, threads: int | None = None) -> Arrays:
        draw = Sampler(self.design, tuple(x.name for x in self.model.inputs)).draw(start, stop)
        u = draw.points([x.name for x in self.model.inputs])
        numbers: dict[str, np.ndarray] = {}
        choices: dict[str, np.ndarray] = {}
        for x, point in zip(self.model.inputs, u, strict=True):
            if isinstance(x, Uncertain):
                numbers[x.name] = x.low + (x.high - x.low) * point
            else:
                count = len(x.options)
                taken = np.minimum((point * count).astype(int), count - 1)
                choices[x.name] = draw.options.get(x.name, taken)
        results = [
            tolerant(self.model, {**numbers, **choices}, decisions) for decisions in self.packages.values()
        ]
        width = stop - start
        return {
            "outcomes": np.stack([values for values, _ in results]),
            "inputs": np.array(list(numbers.values())).reshape(len(numbers), width),
            "switches": np.array(list(choices.values())).reshape(len(choices), width),
            "lens": draw.lens,
            "code": np.stack([code for _, code in results]),
        }


def tolerant(
    model: Model, inputs: Inputs, decisions: Mapping[str, float]
) -> tuple[Float[np.ndarray, "outcome future"], Int[np.ndarray, " future"]]:
    """Outcomes and result codes; a batch that raises is halved until the futures at fault stand alone."""
    width = len(next(iter(inputs.values())))
    given = {**inputs, **{name: np.full(width, value) for name, value in decisions.items()}}
    try:
        found = model(given)
        values = np.stack([np.broadcast_to(np.asarray(found[n], dtype=float), width) for n in model.outcomes])
    except Exception:
        if width == 1:
            return np.full((len(model.outcomes), 1), np.nan), np.array([ResultCode.MODEL_ERROR.value])
        half = width // 2
        parts = [
            tolerant(model, {k: v[part] for k, v in inputs.items()}, decisions)
            for part in (slice(half), slice(half, None))
        ]
        return np.concatenate([v for v, _ in parts], axis=1), np.concatenate([c for _, c in parts])
    bad = ~np.isfinite(values).all(axis=0)
    return values, np.where(bad, ResultCode.NON_FINITE.value, ResultCode.OK.value)
