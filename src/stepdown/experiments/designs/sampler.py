"""The futures of a design, any stretch of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int, UInt64

from stepdown.contracts.assumptions import Points
from stepdown.contracts.design import Design
from stepdown.experiments.designs.factorial import combinations, crossed
from stepdown.experiments.designs.keyed import keys, uniform
from stepdown.experiments.designs.permutation import permuted
from stepdown.experiments.designs.sobol import sobol
from stepdown.vocabulary.errors import ExplorationError

Cube = Float[np.ndarray, "name future"]
ROWS = 16
"""Coordinates drawn together: as many as keep the work inside a processor's cache."""
END = 1e-9
"""The ends of the unit interval are infinite quantiles."""


@dataclass(frozen=True)
class Draw:
    """Some futures of a design. `lens` indexes `Design.lenses`; `options`: switch -> option taken by each."""

    lens: Int[np.ndarray, " future"]
    points: Points
    options: Mapping[str, Int[np.ndarray, " future"]]


@dataclass(frozen=True)
class _Part:
    """The futures of one lens within a stretch: their columns, their places in the lens's own design."""

    columns: Int[np.ndarray, " place"]
    place: UInt64[np.ndarray, " place"]
    stream: str
    size: int


@dataclass(frozen=True)
class Sampler:
    """Draws of a design. `names` are all coordinates in a fixed order; only Sobol points need them.

    Every lens has a design of its own, stratified among its own futures: a lens run alone with its share of
    the futures draws the same points. Raises ExplorationError for a calibrated design, whose points are those
    of the calibrated ensemble.
    """

    design: Design
    names: tuple[str, ...] = ()

    def draw(self, start: int, stop: int) -> Draw:
        """Futures `start` to `stop` (without it); raises ValueError for futures outside the design."""
        d = self.design
        if not 0 <= start <= stop <= d.futures:
            raise ValueError(f"futures {start} to {stop} lie outside a design of {d.futures}")
        if d.kind == "calibrated":
            raise ExplorationError("a calibrated design is drawn from the calibrated ensemble")
        future = np.arange(start, stop, dtype=np.uint64)
        lenses = max(1, len(d.lenses))
        lens = (future % np.uint64(lenses)).astype(np.int64)
        parts = [
            _Part(np.flatnonzero(lens == i), future[lens == i] // np.uint64(lenses), stream, size)
            for i, (stream, size) in enumerate(zip(d.lenses or ("",), _sizes(d.futures, lenses), strict=True))
        ]

        def points(names: Sequence[str]) -> Cube:
            cube = np.empty((len(names), len(future)))
            for part in parts:
                cube[:, part.columns] = self._points(names, part)
            return np.clip(cube, END, 1 - END)

        return Draw(lens, points, self._options(parts, len(future)))

    def _options(self, parts: Sequence[_Part], width: int) -> dict[str, Int[np.ndarray, " future"]]:
        """The options that a factorial sets; none in other designs."""
        options = {name: np.zeros(width, dtype=np.int64) for name in self.design.factors}
        for part in parts if options else ():
            found = crossed(self.design.factors, part.size, self.design.seed, part.stream, part.place)
            for name, option in found.items():
                options[name][part.columns] = option
        return options

    def _points(self, names: Sequence[str], part: _Part) -> Cube:
        d, place, size = self.design, part.place, part.size
        if d.kind == "sobol":
            rank = {name: i for i, name in enumerate(self.names)}
            return sobol([rank[n] for n in names], len(rank), d.seed, part.stream, place)
        if d.kind == "factorial":
            count = combinations(d.factors)
            size, place = -(-size // count), place // np.uint64(count)
        draw: Callable[[np.ndarray], Cube] = (
            (lambda key: uniform(key, place))
            if d.kind == "monte_carlo"
            else (lambda key: stratified(key, place, size))
        )
        key = keys(d.seed, part.stream, names)
        parts = [draw(key[a : a + ROWS]) for a in range(0, len(names), ROWS)]
        return np.concatenate(parts) if parts else np.empty((0, len(place)))


def stratified(key: np.ndarray, place: UInt64[np.ndarray, " place"], n: int) -> Cube:
    """Latin hypercube (McKay, Beckman & Conover 1979): one point in each n-th of (0, 1), keyed order."""
    points: Cube = (permuted(key, place, n) + uniform(key, place)) / n
    return points


def _sizes(futures: int, lenses: int) -> list[int]:
    """How many futures each lens has."""
    return [-(-(futures - i) // lenses) for i in range(lenses)]
