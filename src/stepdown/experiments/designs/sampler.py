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
    """Some futures of a design. `lens` indexes `Design.lenses`; `options`: switch -> option each future takes."""

    lens: Int[np.ndarray, " future"]
    points: Points
    options: Mapping[str, Int[np.ndarray, " future"]]


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
        """Futures `start` to `stop` (without it)."""
        d = self.design
        if d.kind == "calibrated":
            raise ExplorationError("a calibrated design is drawn from the calibrated ensemble")
        future = np.arange(start, stop, dtype=np.uint64)
        lenses = max(1, len(d.lenses))
        lens = (future % np.uint64(lenses)).astype(np.int64)
        options: dict[str, Int[np.ndarray, " future"]] = {}
        if d.kind == "factorial":
            place = future // np.uint64(lenses)
            sizes = _sizes(d.futures, lenses)[lens]
            streams = d.lenses or ("",)
            options = {
                name: np.zeros(len(future), dtype=np.int64) for name in d.factors
            }
            for i, stream in enumerate(streams):
                mine = np.flatnonzero(lens == i)
                if len(mine):
                    found = crossed(d.factors, int(sizes[mine[0]]), d.seed, stream, place[mine])
                    for name, option in found.items():
                        options[name][mine] = option
        return Draw(lens, self._points(future, lens), options)

    def _points(self, future: UInt64[np.ndarray, " future"], lens: Int[np.ndarray, " future"]) -> Points:
        d = self.design
        lenses = max(1, len(d.lenses))
        sizes = _sizes(d.futures, lenses)

        def points(names: Sequence[str]) -> Cube:
            cube = np.empty((len(names), len(future)))
            for i, stream in enumerate(d.lenses or ("",)):
                mine = np.flatnonzero(lens == i)
                place = future[mine] // np.uint64(lenses)
                cube[:, mine] = self._stream(names, stream, int(sizes[i]), place)
            return np.clip(cube, END, 1 - END)

        return points

    def _stream(
        self, names: Sequence[str], stream: str, size: int, place: UInt64[np.ndarray, " place"]
    ) -> Cube:
        d = self.design
        if d.kind == "sobol":
            rank = {name: i for i, name in enumerate(self.names)}
            return sobol([rank[n] for n in names], len(rank), d.seed, stream, place)
        if d.kind == "factorial":
            count = combinations(d.factors)
            size, place = -(-size // count), place // np.uint64(count)
        draw: Callable[[np.ndarray], Cube] = (
            (lambda key: uniform(key, place))
            if d.kind == "monte_carlo"
            else (lambda key: stratified(key, place, size))
        )
        key = keys(d.seed, stream, names)
        parts = [draw(key[a : a + ROWS]) for a in range(0, len(names), ROWS)]
        return np.concatenate(parts) if parts else np.empty((0, len(place)))


def stratified(key: np.ndarray, place: UInt64[np.ndarray, " place"], n: int) -> Cube:
    """Latin hypercube (McKay, Beckman & Conover 1979): one point in each n-th of the interval, keyed order."""
    points: Cube = (permuted(key, place, n) + uniform(key, place)) / n
    return points


def _sizes(futures: int, lenses: int) -> Int[np.ndarray, " lens"]:
    """How many futures each lens has."""
    return -(-(futures - np.arange(lenses)) // lenses)
