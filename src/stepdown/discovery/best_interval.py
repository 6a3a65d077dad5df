"""Forward choice of inputs by best intervals: which few inputs, together, separate the futures of interest.

The interval of an input that gathers most futures of interest beyond their overall share is the contiguous
stretch of its sorted futures with the largest sum of (of interest − overall share): found in one pass over
running sums (Mampaey, Nijssen, Feelders & Knobbe 2012). That sum over n is weighted relative accuracy.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from stepdown.discovery.boxes import exceedance
from stepdown.discovery.columns import Columns, Hits

Inside = Bool[np.ndarray, " future"]

ROWS = 16
"""Inputs looked at in one array operation."""


@dataclass(frozen=True)
class _Offer:
    """The best restriction of one input: how much it gathers, and which futures it allows."""

    gathered: float
    column: int
    allowed: Inside


class Sorted:
    """Every number of a table sorted once, for any number of questions about the same futures."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.numeric = [i for i, c in enumerate(columns) if not c.options]
        futures = len(columns[0].values) if columns else 0
        self.order = np.empty((len(self.numeric), futures), np.int32)
        self.tied: dict[int, tuple[Inside, Inside]] = {}
        """Row -> where an interval may start, and where it may end: equal values stay together."""
        edge = np.ones(1, dtype=bool)
        for row, i in enumerate(self.numeric):
            values = columns[i].values
            self.order[row] = np.argsort(values, kind="stable")
            new = np.diff(values[self.order[row]]) > 0
            if not new.all():
                self.tied[row] = np.concatenate([edge, new]), np.concatenate([new, edge])


class Intervals:
    """A table asked for best intervals within a box; `only`: the columns that may be chosen."""

    def __init__(self, table: Sorted, hits: Hits, only: Collection[str] | None = None) -> None:
        self._table, self._hits = table, np.asarray(hits, dtype=bool)
        self._columns = table.columns
        allowed = {c.name for c in table.columns} if only is None else set(only)
        self._rows = [r for r, i in enumerate(table.numeric) if table.columns[i].name in allowed]
        self._switches = [i for i, c in enumerate(self._columns) if c.options and c.name in allowed]

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
        """The best of all rows, a few at a time: what is worked on stays in the cache."""
        best = _Offer(-np.inf, -1, np.zeros(0, dtype=bool))
        rows = [row for row in self._rows if self._table.numeric[row] not in chosen]
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            running, before = self._running(weight, some)
            gathered = running - np.minimum.accumulate(before, axis=1)
            for at, row in enumerate(some):
                if row in self._table.tied:
                    gathered[at, ~self._table.tied[row][1]] = -np.inf
            at, stop = divmod(int(np.argmax(gathered)), gathered.shape[1])
            if gathered[at, stop] > best.gathered:
                first = int(np.argmin(before[at, : stop + 1]))
                allowed = np.zeros(len(self._hits), dtype=bool)
                allowed[self._table.order[some[at], first : stop + 1]] = True
                best = _Offer(float(gathered[at, stop]), self._table.numeric[some[at]], allowed)
        return [best] if np.isfinite(best.gathered) else []

    def _running(
        self, weight: Float[np.ndarray, " future"], rows: list[int]
    ) -> tuple[Float[np.ndarray, "row future"], Float[np.ndarray, "row future"]]:
        """Sums up to each future of a row, itself included, and before it (none where no interval starts)."""
        sums = np.zeros((len(rows), len(weight) + 1))
        np.cumsum(weight[self._table.order[rows]], axis=1, out=sums[:, 1:])
        running, before = sums[:, 1:], sums[:, :-1]
        tied = [at for at, row in enumerate(rows) if row in self._table.tied]
        if tied:
            before = before.copy()
            for at in tied:
                before[at, ~self._table.tied[rows[at]][0]] = np.inf
        return running, before

    def _best_options(self, weight: Float[np.ndarray, " future"], chosen: list[int]) -> list[_Offer]:
        """Of a switch, all options that gather a positive sum."""
        offers = []
        for i in self._switches:
            c = self._columns[i]
            if i in chosen:
                continue
            code = np.asarray(c.values, dtype=int)
            gathered = np.bincount(code, weights=weight, minlength=len(c.options))
            offers.append(_Offer(float(gathered[gathered > 0].sum()), i, (gathered > 0)[code]))
        return offers
