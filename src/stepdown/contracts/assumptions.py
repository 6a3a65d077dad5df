"""Futures: one draw of every uncertain assumption each, ready for the model and traceable to its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.facts.amounts import ScalarAmount

Points = Callable[[Sequence[str]], Float[np.ndarray, "coordinate future"]]
"""A design as its users see it: names of coordinates -> one number in (0, 1) for each of them and future."""


@dataclass(frozen=True)
class Gamma:
    """A gamma distribution of scale 1: Dirichlet shares are such numbers, divided by their sum."""

    shape: float


class Marginal(NamedTuple):
    """One number to draw: the coordinate it moves with, and its distribution."""

    name: str
    amount: ScalarAmount | Gamma


class Source(Protocol):
    """Where draws come from: a design, and how its points become values."""

    def points(self, names: Sequence[str]) -> Float[np.ndarray, "coordinate future"]:
        """The design's numbers in (0, 1) themselves."""
        ...

    def values(self, asked: Sequence[Marginal]) -> Float[np.ndarray, "asked future"]:
        """Values of distributions at the points of their coordinates."""
        ...


@dataclass(frozen=True)
class Coordinate:
    """One number that differs between futures: an input's cell, or a switch (`options` names its values).

    `input_id` is the record behind it; `values` has one entry per future.
    """

    name: str
    input_id: str
    values: Float[np.ndarray, " future"]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assumptions:
    """All futures of a run. `symbols`: symbol -> [*axes, future], switches already applied.

    `lens[i]` is the index into `lenses` of the lens that future i was drawn under. `coordinates` are the
    independent numbers behind the symbols, for sensitivity and scenario discovery. `role_points`: the uniform
    numbers behind the declared roles, so that another reading of the codes is drawn at the same points.
    """

    symbols: Mapping[str, Float[np.ndarray, "..."]]
    lenses: tuple[str, ...]
    lens: Int[np.ndarray, " future"]
    coordinates: tuple[Coordinate, ...]
    role_points: Float[np.ndarray, "cell future"]

    @property
    def futures(self) -> int:
        return len(self.lens)

    def first(self, count: int) -> Assumptions:
        """The same draws, the first `count` futures only."""
        return self.part(slice(count))

    def part(self, futures: slice) -> Assumptions:
        """The same draws, some of the futures only."""
        return Assumptions(
            {symbol: values[..., futures] for symbol, values in self.symbols.items()},
            self.lenses,
            self.lens[futures],
            tuple(replace(c, values=c.values[futures]) for c in self.coordinates),
            self.role_points[:, futures],
        )
