"""What a box holds, and how much each of its restrictions matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import binom

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.scenarios import Box, Count, Limit
from stepdown.discovery.columns import Columns, Hits


def obeys(limit: Limit, column: Coordinate) -> Hits:
    """Futures whose value of the column lies within the limit, ends included."""
    if column.options:
        kept = [column.options.index(o) for o in limit.options]
        return np.isin(column.values, kept)
    low = -np.inf if limit.low is None else limit.low
    high = np.inf if limit.high is None else limit.high
    return np.asarray((column.values >= low) & (column.values <= high))


def inside(limits: Sequence[Limit], columns: Columns) -> Hits:
    """Futures within all limits. Raises KeyError for a limit on an input that is no column."""
    by_name = {c.name: c for c in columns}
    within = np.ones(len(columns[0].values), dtype=bool)
    for limit in limits:
        within &= obeys(limit, by_name[limit.name])
    return within


def count(within: Hits, hits: Hits) -> Count:
    return Count(int(within.sum()), int(np.sum(within & hits)), len(hits), int(hits.sum()))


def box_of(limits: Sequence[Limit], columns: Columns, hits: Hits) -> Box:
    return Box(tuple(limits), count(inside(limits, columns), hits))


def quasi_p(limits: Sequence[Limit], columns: Columns, hits: Hits) -> dict[str, float]:
    """Quasi-p-value of every restricted input, both ends of an interval dropped together.

    One-sided binomial test of the box's density against that of the box without the restriction (Bryant &
    Lempert 2010).
    """
    held = inside(limits, columns)
    n, h = int(held.sum()), int(np.sum(held & hits))
    found = {}
    for limit in limits:
        wider = inside([x for x in limits if x is not limit], columns)
        found[limit.name] = exceedance(h, n, int(np.sum(wider & hits)) / max(int(wider.sum()), 1))
    return found


def quasi_p_by_end(limits: Sequence[Limit], columns: Columns, hits: Hits) -> dict[str, list[float]]:
    """As `quasi_p`, for each end of an interval by itself; [low, high], −1 where an end is open."""
    held = inside(limits, columns)
    n, h = int(held.sum()), int(np.sum(held & hits))
    found: dict[str, list[float]] = {}
    for limit in limits:
        rest = [x for x in limits if x is not limit]
        found[limit.name] = []
        for end, other in ((limit.low, limit.high), (limit.high, limit.low)):
            if end is None and not limit.options:
                found[limit.name].append(-1.0)
                continue
            kept = [] if other is None else [_one_end(limit, other)]
            wider = inside([*rest, *kept], columns)
            p = exceedance(h, n, int(np.sum(wider & hits)) / max(int(wider.sum()), 1))
            found[limit.name].append(p)
            if limit.options:
                found[limit.name].append(-1.0)
                break
    return found


def exceedance(hits: int, n: int, share: float) -> float:
    """P(X >= hits) for X binomial with n trials and probability `share`."""
    return float(binom.sf(hits - 1, n, share))


def _one_end(limit: Limit, end: float) -> Limit:
    return Limit(limit.name, low=end) if end == limit.low else Limit(limit.name, high=end)
