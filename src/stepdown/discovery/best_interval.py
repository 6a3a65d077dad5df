"""Forward choice of inputs by best intervals: which few inputs, together, separate the futures of interest.

The interval of an input that gathers most futures of interest beyond their overall share is the contiguous
stretch of its sorted futures with the largest sum of (of interest − overall share): found in one pass over
running sums (Mampaey, Nijssen, Feelders & Knobbe 2012). That sum over n is weighted relative accuracy. All
inputs are looked at in one array operation, so that hundreds cost little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.discovery.boxes import exceedance
from stepdown.discovery.columns import Columns, Hits

Inside = Bool[np.ndarray, " future"]


@dataclass(frozen=True)
class _Offer:
    """The best restriction of one input: how much it gathers, and which futures it allows."""

    gathered: float
    column: int
    allowed: Inside


class Intervals:
    """Every number of a table sorted once, ready to be asked for best intervals within a box."""

    def __init__(self, columns: Columns, hits: Hits) -> None:
        self._columns, self._hits = columns, np.asarray(hits, dtype=bool)
        self._numeric = [i for i, c in enumerate(columns) if not c.options]
        values = np.array([columns[i].values for i in self._numeric]).reshape(-1, len(hits))
        self._order: Int[np.ndarray, "column future"] = np.argsort(values, axis=1, kind="stable")
        ordered = np.take_along_axis(values, self._order, axis=1)
        new = ordered[:, 1:] > ordered[:, :-1]
        edge = np.ones((len(values), 1), dtype=bool)
        # Equal values stay together: an interval starts at the first of them and ends at the last.
        self._starts = np.concatenate([edge, new], axis=1)
        self._ends = np.concatenate([new, edge], axis=1)

    def forward(self, level: float, most: int) -> tuple[str, ...]:
        """Inputs in the order chosen, at most `most`; stops when a quasi-p-value exceeds `level`."""
        inside = np.ones(len(self._hits), dtype=bool)
        chosen: list[int] = []
        while len(chosen) < most:
            best = self._best(inside, chosen)
            if best is None:
                break
            narrowed = inside & best.allowed
            n, h = int(narrowed.sum()), int(np.sum(narrowed & self._hits))
            if exceedance(h, n, float(self._hits[inside].mean())) > level:
                break
            chosen.append(best.column)
            inside = narrowed
        return tuple(self._columns[i].name for i in chosen)

    def _best(self, inside: Inside, chosen: list[int]) -> _Offer | None:
        weight = np.where(inside, self._hits - self._hits.mean(), 0.0)
        offers = [*self._best_number(weight, chosen), *self._best_options(weight, chosen)]
        held = float(weight.sum())
        better = [o for o in offers if o.gathered > held + 1e-9]
        return max(better, key=lambda o: o.gathered, default=None)

    def _best_number(self, weight: Float[np.ndarray, " future"], chosen: list[int]) -> list[_Offer]:
        if not self._numeric:
            return []
        running = np.cumsum(weight[self._order], axis=1)
        before = np.concatenate([np.zeros((len(running), 1)), running[:, :-1]], axis=1)
        lowest = np.minimum.accumulate(np.where(self._starts, before, np.inf), axis=1)
        gathered = np.where(self._ends, running - lowest, -np.inf)
        gathered[[row for row, i in enumerate(self._numeric) if i in chosen]] = -np.inf
        row, stop = np.unravel_index(int(np.argmax(gathered)), gathered.shape)
        if not np.isfinite(gathered[row, stop]):
            return []
        open_ = np.where(self._starts[row, : stop + 1], before[row, : stop + 1], np.inf)
        start = int(np.argmin(open_))
        allowed = np.zeros(len(self._hits), dtype=bool)
        allowed[self._order[row, start : stop + 1]] = True
        return [_Offer(float(gathered[row, stop]), self._numeric[row], allowed)]

    def _best_options(self, weight: Float[np.ndarray, " future"], chosen: list[int]) -> list[_Offer]:
        """Of a switch, all options that gather a positive sum."""
        offers = []
        for i, c in enumerate(self._columns):
            if not c.options or i in chosen:
                continue
            code = np.asarray(c.values, dtype=int)
            gathered = np.bincount(code, weights=weight, minlength=len(c.options))
            offers.append(_Offer(float(gathered[gathered > 0].sum()), i, (gathered > 0)[code]))
        return offers
