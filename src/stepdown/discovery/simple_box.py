"""The automatic choice of a box: few inputs, each found again in other halves of the futures.

The last box of a peeling over-fits: among many inputs chance alone offers something to peel. The rule here
(decision 0171):

1. On each of `resamples` seeded half-samples (at most 5,000 futures), choose inputs forward by best intervals
   (`best_interval`) until a quasi-p-value exceeds .001: lenient, because step 2 sorts out chance.
2. Keep inputs chosen in at least three fifths of the half-samples (stability selection, Meinshausen &
   Bühlmann 2010), at most four: more than four conditions nobody remembers.
3. Peel (PRIM) on every subset of these inputs alone (Kwakkel 2019), and drop restrictions whose quasi-p-value
   exceeds .05 / number of all inputs.
4. Of all boxes found, take the fewest inputs whose kappa is within one standard error of the best (the rule
   of Breiman et al. 1984 for pruning trees), and among those the highest kappa.
5. Round its limits to as few digits as move at most one in a hundred of its futures each, and count anew:
   what is told is the rounded box.

No input passes: no box. Fewer than `MIN_HITS` futures of interest, or of the others: no box.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from jaxtyping import Int

from stepdown.contracts.scenarios import Box, Count, Limit, Support
from stepdown.discovery.best_interval import Intervals, Sorted
from stepdown.discovery.boxes import box_of, count, inside, obeys, quasi_p
from stepdown.discovery.columns import Columns, Hits, chosen_futures, varying
from stepdown.discovery.prim import prim

MIN_HITS = 10
MAX_HALF = 5_000
LEVEL = 0.05
HALF_LEVEL = 0.001
STABLE = 0.6
MAX_INPUTS = 4
MOVED = 1 / 100


@dataclass(frozen=True)
class SimpleBox:
    """The chosen box, what supports each restriction, and its density and coverage in futures held out."""

    box: Box
    support: tuple[Support, ...]
    held_out: tuple[float, float]


@dataclass(frozen=True)
class Half:
    """A half-sample: its futures, all others, and its columns sorted."""

    futures: Int[np.ndarray, " half"]
    others: Int[np.ndarray, " other"]
    table: Sorted


class Halves:
    """The half-samples of a table, drawn and sorted once for any number of events in its futures."""

    def __init__(self, columns: Columns, seed: int = 0, resamples: int = 20) -> None:
        self.columns = varying(columns)
        futures = len(columns[0].values) if columns else 0
        self.halves = [
            Half(half, others, Sorted(chosen_futures(self.columns, half)))
            for half, others in _halves(futures, seed, resamples)
        ]

    def box(self, hits: Hits, only: Collection[str] | None = None) -> SimpleBox | None:
        """The simplest stable box of the event, or None; over the columns named in `only`, or all."""
        hits = np.asarray(hits, dtype=bool)
        columns = tuple(c for c in self.columns if only is None or c.name in only)
        if min(int(hits.sum()), int((~hits).sum())) < MIN_HITS or not columns:
            return None
        shares = stability(self.halves, hits, {c.name for c in columns})
        stable = [name for name, share in shares.items() if share >= STABLE][:MAX_INPUTS]
        candidates = list(_candidates(columns, hits, stable))
        if not candidates:
            return None
        box = rounded(_simplest(candidates), columns, hits)
        p = quasi_p(box.limits, columns, hits)
        support = tuple(Support(name, p[name], shares[name]) for name in box.inputs)
        return SimpleBox(box, support, _held_out(box, columns, hits, self.halves))


def simple_box(columns: Columns, hits: Hits, seed: int = 0, resamples: int = 20) -> SimpleBox | None:
    """The simplest stable box, or None. Deterministic for a seed; inputs in the order of their stability.

    Several events in the same futures are better asked of one `Halves`.
    """
    few = min(int(np.sum(hits)), int(np.sum(~np.asarray(hits, dtype=bool)))) < MIN_HITS
    return None if few else Halves(columns, seed, resamples).box(hits)


def stability(halves: Sequence[Half], hits: Hits, only: Collection[str]) -> dict[str, float]:
    """Share of half-samples in which each input is chosen, largest first; others left
    out.
    """
    found: Counter[str] = Counter()
    for half in halves:
        found.update(Intervals(half.table, hits[half.futures], only).forward(HALF_LEVEL, MAX_INPUTS))
    return {name: times / len(halves) for name, times in found.most_common()}


def significant(box: Box, columns: Columns, hits: Hits, level: float) -> Box:
    """The box without restrictions whose quasi-p-value exceeds the level, the weakest dropped first."""
    limits = list(box.limits)
    while limits:
        p = quasi_p(limits, columns, hits)
        worst = max(limits, key=lambda x: p[x.name])
        if p[worst.name] <= level:
            break
        limits.remove(worst)
    return box_of(limits, columns, hits) if len(limits) < len(box.limits) else box


def rounded(box: Box, columns: Columns, hits: Hits) -> Box:
    """The box with limits of two or more significant digits, as few as keep 99 % of its futures in place."""
    by_name = {c.name: c for c in columns}
    limits = list(box.limits)
    for i, limit in enumerate(box.limits):
        rest = inside([x for x in box.limits if x is not limit], columns)
        exact = obeys(limit, by_name[limit.name]) & rest
        for digits in range(2, 17):
            low, high = _digits(limit.low, digits), _digits(limit.high, digits)
            told = Limit(limit.name, low, high, limit.options)
            moved = (obeys(told, by_name[limit.name]) & rest) != exact
            if moved.sum() <= max(MOVED * box.count.n, 1):
                limits[i] = told
                break
    return box_of(limits, columns, hits)


def _halves(
    n: int, seed: int, times: int
) -> Iterator[tuple[Int[np.ndarray, " half"], Int[np.ndarray, " other"]]]:
    rng = np.random.default_rng([seed, n])
    size = min(n // 2, MAX_HALF)
    for _ in range(times):
        shuffled = rng.permutation(n)
        yield np.sort(shuffled[:size]), np.sort(shuffled[size:])


def _candidates(columns: Columns, hits: Hits, names: Sequence[str]) -> Iterator[Box]:
    """Boxes along the peelings of every subset of the inputs, without insignificant restrictions."""
    chosen = [next(c for c in columns if c.name == name) for name in names]
    seen = set()
    for size in range(1, len(chosen) + 1):
        for subset in combinations(chosen, size):
            for box in prim(subset, hits).boxes:
                kept = significant(box, subset, hits, LEVEL / len(columns))
                if kept.limits and kept.limits not in seen:
                    seen.add(kept.limits)
                    yield kept


def _simplest(boxes: Sequence[Box]) -> Box:
    best = max(boxes, key=lambda b: b.count.kappa)
    least = best.count.kappa - _standard_error(best.count)
    good = [b for b in boxes if b.count.kappa >= least]
    fewest = min(len(b.limits) for b in good)
    return max((b for b in good if len(b.limits) == fewest), key=lambda b: b.count.kappa)


def _standard_error(counted: Count) -> float:
    """Standard error of Cohen's kappa, large samples (Cohen 1960)."""
    base, mass = counted.total_hits / counted.total, counted.mass
    agree = (2 * counted.hits + counted.total - counted.n - counted.total_hits) / counted.total
    chance = mass * base + (1 - mass) * (1 - base)
    return float(np.sqrt(agree * (1 - agree) / counted.total) / (1 - chance)) if chance < 1 else 0.0


def _held_out(box: Box, columns: Columns, hits: Hits, halves: Sequence[Half]) -> tuple[float, float]:
    """Mean density and coverage in the other half of boxes over the same inputs, of the same mass."""
    chosen = tuple(c for c in columns if c.name in box.inputs)
    told = []
    for half in halves:
        path = prim(chosen_futures(chosen, half.futures), hits[half.futures]).boxes
        near = min(path, key=lambda b: abs(b.count.mass - box.count.mass))
        told.append(count(inside(near.limits, chosen_futures(chosen, half.others)), hits[half.others]))
    return float(np.mean([c.density for c in told])), float(np.mean([c.coverage for c in told]))


def _digits(value: float | None, digits: int) -> float | None:
    return None if value is None else float(f"{value:.{digits - 1}e}")
