"""The futures of a design, any stretch of them at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int, UInt64

from stepdown.contracts.assumptions import Points
from stepdown.contracts.design import Design
from stepdown.contracts.tables import END
from stepdown.experiments.designs.factorial import combinations, crossed
from stepdown.experiments.designs.keyed import keys, starts, uniform
from stepdown.experiments.designs.sobol import sobol
from stepdown.experiments.designs.stratified import ROWS, stratified
from stepdown.vocabulary.errors import ExplorationError

Cube = Float[np.ndarray, "name future"]


@dataclass(frozen=True)
class Draw:
    """Some futures of a design. `lens` indexes `Design.lenses`; `options`: switch -> option taken by each."""

    lens: Int[np.ndarray, " future"]
    points: Points
    options: Mapping[str, Int[np.ndarray, " future"]]


@dataclass(frozen=True)
class _Part:
    """The futures of one lens within a stretch: their columns, their places in the lens's own design."""

    columns: slice
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
        lenses = max(1, len(d.lenses))
        sizes = _sizes(d.futures, lenses)
        parts = [
            _part(start, stop, i, lenses, stream, sizes[i]) for i, stream in enumerate(d.lenses or ("",))
        ]
        lens = np.arange(start, stop) % lenses

        def points(names: Sequence[str]) -> Cube:
            cube = np.empty((len(names), stop - start))
            together = max(1, ROWS // lenses)
            for first in range(0, len(names), together):
                rows = slice(first, first + together)
                self._fill(cube[rows], names[rows], parts)
            return cube

        return Draw(lens, points, self._options(parts, stop - start))

    def _options(self, parts: Sequence[_Part], width: int) -> dict[str, Int[np.ndarray, " future"]]:
        """The options that a factorial sets; none in other designs."""
        options = {name: np.zeros(width, dtype=np.int64) for name in self.design.factors}
        for part in parts if options else ():
            found = crossed(self.design.factors, part.size, self.design.seed, part.stream, part.place)
            for name, option in found.items():
                options[name][part.columns] = option
        return options

    def _fill(self, cube: Cube, names: Sequence[str], parts: Sequence[_Part]) -> None:
        """The points of some coordinates, of all lenses together."""
        d = self.design
        if d.kind in ("lhs", "factorial"):
            count = combinations(d.factors) if d.factors else 1
            most = max(len(part.place) for part in parts)
            places = [np.resize(part.place // np.uint64(count), most) for part in parts if most]
            found = stratified(
                np.concatenate([keys(d.seed, part.stream, names) for part in parts]),
                np.repeat(np.array(places, dtype=np.uint32).reshape(len(parts), most), len(names), axis=0),
                np.repeat([-(-part.size // count) for part in parts], len(names)),
            ).reshape(len(parts), len(names), most)
            for part, points in zip(parts, found, strict=True):
                cube[:, part.columns] = points[:, : len(part.place)]
            return
        rank = {name: i for i, name in enumerate(self.names)}
        for part in parts:
            if d.kind == "sobol":
                points = sobol([rank[n] for n in names], len(rank), d.seed, part.stream, part.place)
            else:
                points = uniform(starts(keys(d.seed, part.stream, names))[:, None], part.place)
            cube[:, part.columns] = np.clip(points, END, 1 - END)


def _part(start: int, stop: int, lens: int, lenses: int, stream: str, size: int) -> _Part:
    """Futures lens, lens + lenses, lens + 2 lenses ... between start and stop."""
    first, last = (-(-(edge - lens) // lenses) for edge in (start, stop))
    columns = slice(first * lenses + lens - start, stop - start, lenses)
    return _Part(columns, np.arange(first, last, dtype=np.uint64), stream, size)


def _sizes(futures: int, lenses: int) -> list[int]:
    """How many futures each lens has."""
    return [-(-(futures - i) // lenses) for i in range(lenses)]
