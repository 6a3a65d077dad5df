"""The patient rule induction method on presorted columns (Friedman & Fisher 1999).

A box that holds all futures is peeled: at every step each end of each interval offers its outermost share
`alpha`, each switch one of its options, and the offer goes whose loss raises the density most per future lost
(Kwakkel & Jaxa-Rozen 2016, the objective that treats numbers and categories alike). When no peel helps,
pasting gives back what raises the density. Numbers are cut half-way between two values, so that ties stay
together.

Speed comes from sorting every column once (`sorted_column`): a step then looks at the two ends of each only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.scenarios import Box, Count, Limit
from stepdown.discovery.boxes import inside
from stepdown.discovery.columns import Columns, Hits, chosen_futures, varying
from stepdown.discovery.sorted_column import Places, SortedColumn


@dataclass(frozen=True)
class Peeling:
    """Boxes from all futures to the smallest one. `pasted` of them, at the end, grew again."""

    boxes: tuple[Box, ...]
    pasted: int = 0

    @property
    def last(self) -> Box:
        return self.boxes[-1]


def prim(
    columns: Columns,
    hits: Hits,
    alpha: float = 0.05,
    paste_alpha: float = 0.05,
    least_mass: float = 0.05,
) -> Peeling:
    """Peel, then paste. `hits`: futures of interest; `least_mass`: smallest share of futures in a box.

    Columns that do not vary are left out. Raises ValueError for shares outside (0, .5), or without futures.
    """
    if not (0 < alpha < 0.5 and 0 < paste_alpha < 0.5 and 0 < least_mass < 1):
        raise ValueError("alpha and paste_alpha lie in (0, .5), least_mass in (0, 1)")
    if len(hits) == 0 or any(len(c.values) != len(hits) for c in columns):
        raise ValueError("every column needs one value per future, and at least one future")
    search = _Search(varying(columns), np.asarray(hits, dtype=bool))
    boxes = [search.box()]
    while search.peel(alpha, least_mass):
        boxes.append(search.box())
    peeled = len(boxes)
    while search.paste(paste_alpha, least_mass):
        boxes.append(search.box())
    return Peeling(tuple(boxes), len(boxes) - peeled)


def further_boxes(
    columns: Columns, hits: Hits, boxes: int, least_density: float = 0.0, alpha: float = 0.05
) -> tuple[Peeling, ...]:
    """Up to `boxes` peelings, each among the futures the earlier boxes left; stops below `least_density`."""
    found: list[Peeling] = []
    left = np.ones(len(hits), dtype=bool)
    for _ in range(boxes):
        here = np.flatnonzero(left)
        if not np.any(hits[here]):
            break
        search = prim(chosen_futures(columns, here), hits[here], alpha)
        if search.last.count.density < least_density or not search.last.limits:
            break
        found.append(search)
        within = inside(search.last.limits, chosen_futures(columns, here))
        left[here[within]] = False
    return tuple(found)


@dataclass(frozen=True)
class _Move:
    """A candidate next box: `gone` (or, pasting, come) futures and the limit that changes."""

    score: float
    free: int
    column: int
    limit: _Range
    changed: Int[np.ndarray, " some"]


@dataclass(frozen=True)
class _Range:
    """Open or closed ends of a number, or the options still allowed."""

    low: float = -np.inf
    high: float = np.inf
    options: frozenset[int] = frozenset()


class _Search:
    """The current box, with every numeric column's futures in the box in ascending order."""

    def __init__(self, columns: Columns, hits: Hits) -> None:
        self.columns = columns
        self.hits = hits
        self.inside = np.ones(len(hits), dtype=bool)
        self.n, self.h = len(hits), int(hits.sum())
        numeric = [i for i, c in enumerate(columns) if not c.options]
        self.numeric = np.array(numeric, dtype=int)
        self.sorted = [SortedColumn(np.asarray(columns[i].values, dtype=float), hits) for i in numeric]
        self.limits = [_Range(options=_options(c.values) if c.options else frozenset()) for c in columns]
        self.whole = tuple(self.limits)

    def box(self) -> Box:
        pairs = [(c, r) for c, r, w in zip(self.columns, self.limits, self.whole, strict=True) if r != w]
        told = tuple(_limit(c.name, r, c.options) for c, r in pairs)
        return Box(told, Count(self.n, self.h, len(self.hits), int(self.hits.sum())))

    def peel(self, alpha: float, least_mass: float) -> bool:
        """Take the best peel; False where none raises the density and leaves enough futures."""
        best = _best([*self._numeric_peels(alpha), *self._option_peels()])
        if best is None or best.score <= 0:
            return False
        if (self.n - len(best.changed)) / len(self.hits) < least_mass:
            return False
        self.inside[best.changed] = False
        self._take(best)
        for column in self.sorted:
            column.remove(best.changed)
        return True

    def paste(self, alpha: float, least_mass: float) -> bool:
        """Take the best paste; False where none raises the density."""
        best = _best(list(self._pastes(alpha)))
        if best is None or best.score <= 0 or (self.n + len(best.changed)) / len(self.hits) < least_mass:
            return False
        self.inside[best.changed] = True
        self._take(best)
        return True

    def _take(self, move: _Move) -> None:
        self.limits[move.column] = move.limit
        self.n = int(self.inside.sum())
        self.h = int(np.sum(self.inside & self.hits))

    def _numeric_peels(self, alpha: float) -> list[_Move]:
        """The best peel from above and from below: only these two can be the best of all."""
        if not self.sorted or self.n < 2:
            return []
        found = []
        free = np.array([self._free(int(c)) for c in self.numeric])
        for upper in (True, False):
            offers = [self._offer(column, alpha, upper) for column in self.sorted]
            taken = np.array([len(places) for _, places in offers])
            lost = np.array(
                [
                    np.count_nonzero(column.hits[places])
                    for column, (_, places) in zip(self.sorted, offers, strict=True)
                ]
            )
            scores = self._scores(taken, lost)
            j = int(np.lexsort((np.arange(len(scores)), -free, -scores))[0])
            cut, places = offers[j]
            old = self.limits[self.numeric[j]]
            limit = replace(old, high=cut) if upper else replace(old, low=cut)
            gone = self.sorted[j].order[places]
            found.append(_Move(float(scores[j]), int(free[j]), int(self.numeric[j]), limit, gone))
        return found

    def _offer(self, column: SortedColumn, alpha: float, upper: bool) -> tuple[float, Places]:
        """Where a column is cut at one end, and the places that go."""
        rank = (self.n - 1) * alpha
        below, above = int(np.floor(rank)), int(np.ceil(rank))
        outermost = column.outermost(above + 1, upper)
        inner, outer = column.values[outermost[below]], column.values[outermost[above]]
        taken = below + 1
        if inner == outer:
            outermost = column.outermost(self.n, upper)
            run = column.values[outermost]
            further = np.flatnonzero(run[above:] != run[below])
            # The whole rest is one value: the cut falls on it, and what lies before it goes.
            taken = above + int(further[0]) if len(further) else int(np.argmax(run == run[below]))
            outer = run[taken]
        return float((inner + outer) / 2), outermost[:taken]

    def _scores(
        self, taken: Int[np.ndarray, " column"], lost: Int[np.ndarray, " column"]
    ) -> Float[np.ndarray, " column"]:
        """Gain of density per future lost; nothing gained where nothing, or everything, would go."""
        left = self.n - taken
        usable = (taken > 0) & (left > 0)
        density = (self.h - lost) / np.where(left > 0, left, 1)
        return np.where(usable, (density - self.h / self.n) / np.where(usable, taken, 1), -np.inf)

    def _option_peels(self) -> list[_Move]:
        members = np.flatnonzero(self.inside)
        found = []
        for i, column in enumerate(self.columns):
            allowed = self.limits[i].options
            if len(allowed) < 2:
                continue
            here = column.values[members]
            for option in sorted(allowed):
                gone = members[here == option]
                taken = np.array([len(gone)])
                score = float(self._scores(taken, np.array([int(self.hits[gone].sum())]))[0])
                limit = replace(self.limits[i], options=allowed - {option})
                found.append(_Move(score, self._free(i), i, limit, gone))
        return found

    def _pastes(self, alpha: float) -> list[_Move]:
        """For each restricted input, the futures next to the box that only this input keeps out."""
        outside = np.zeros(len(self.hits), dtype=np.int16)
        keep_out = {}
        for i, (column, limit) in enumerate(zip(self.columns, self.limits, strict=True)):
            if limit != self.whole[i]:
                keep_out[i] = ~_allows(limit, column.values)
                outside += keep_out[i]
        found = []
        for i, out in keep_out.items():
            near = np.flatnonzero(out & (outside == 1))
            found += self._pastes_of(i, near, alpha)
        return found

    def _pastes_of(self, i: int, near: Int[np.ndarray, " some"], alpha: float) -> list[_Move]:
        values, limit = self.columns[i].values[near], self.limits[i]
        offers: list[tuple[_Range, Int[np.ndarray, " some"]]] = []
        if limit.options:
            offers += [
                (replace(limit, options=limit.options | {o}), near[values == o])
                for o in sorted(self.whole[i].options - limit.options)
            ]
        if limit.low > -np.inf:
            below = values[values < limit.low]
            low = -_quantile_from_below(-below, alpha) if len(below) else -np.inf
            offers.append((replace(limit, low=low), near[(values < limit.low) & (values >= low)]))
        if limit.high < np.inf:
            above = values[values > limit.high]
            high = _quantile_from_below(above, alpha) if len(above) else np.inf
            offers.append((replace(limit, high=high), near[(values > limit.high) & (values <= high)]))
        return [self._paste_move(i, range_, come) for range_, come in offers if len(come)]

    def _paste_move(self, i: int, limit: _Range, come: Int[np.ndarray, " some"]) -> _Move:
        density = (self.h + int(self.hits[come].sum())) / (self.n + len(come))
        return _Move((density - self.h / self.n) / len(come), self._free(i), i, limit, come)

    def _free(self, i: int) -> int:
        """Inputs that would stay free if input i were restricted: of equal gains the simpler box is taken."""
        return 0 if self.limits[i] == self.whole[i] else 1


def _best(moves: list[_Move]) -> _Move | None:
    return max(moves, key=lambda m: (m.score, m.free), default=None)


def _quantile_from_below(values: Float[np.ndarray, " some"], alpha: float) -> float:
    """Half-way between the values beside rank alpha, moved up while they are equal."""
    ordered = np.sort(values)
    rank = (len(ordered) - 1) * alpha
    below, above = int(np.floor(rank)), int(np.ceil(rank))
    while ordered[below] == ordered[above] and above < len(ordered) - 1:
        above += 1
    return float((ordered[below] + ordered[above]) / 2)


def _options(values: Float[np.ndarray, " future"]) -> frozenset[int]:
    return frozenset(int(v) for v in np.unique(values))


def _allows(limit: _Range, values: Float[np.ndarray, " future"]) -> Bool[np.ndarray, " future"]:
    if limit.options:
        return np.isin(values, sorted(limit.options))
    return np.asarray((values >= limit.low) & (values <= limit.high))


def _limit(name: str, range_: _Range, options: tuple[str, ...]) -> Limit:
    if options:
        return Limit(name, options=tuple(options[i] for i in sorted(range_.options)))
    low = range_.low if np.isfinite(range_.low) else None
    return Limit(name, low, range_.high if np.isfinite(range_.high) else None)
