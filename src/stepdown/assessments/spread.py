"""Over futures: quantiles, shares, and what a share becomes at the ends of a prior."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.assessments import Label, Spread
from stepdown.contracts.effects import ALL_LENSES

Values = Float[np.ndarray, " future"]
Mask = Bool[np.ndarray, " future"]
ONE_SIDED = 0.95
"""A verdict is one-sided when it holds, or fails, in at least this share of futures."""


def spread(values: Values) -> Spread:
    """Median, quartiles, and the range of 9 in 10; raises ValueError without values."""
    if len(values) == 0:
        raise ValueError("no futures to take quantiles of")
    p05, p25, median, p75, p95 = (float(q) for q in np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95)))
    return Spread(median, p05, p25, p75, p95)


def spread_where(values: Values, where: Mask) -> Spread | None:
    """The spread over some futures; None when there are none."""
    return spread(values[where]) if np.any(where) else None


def share(mask: Mask) -> float:
    """Share of futures; zero of none."""
    return float(np.mean(mask)) if len(mask) else 0.0


def by_lens(lenses: Sequence[str], lens: Int[np.ndarray, " future"]) -> Iterator[tuple[str, Mask]]:
    """All futures first, then those of each lens that has any."""
    yield ALL_LENSES, np.ones(len(lens), dtype=bool)
    if len(lenses) > 1:
        yield from ((name, lens == i) for i, name in enumerate(lenses) if np.any(lens == i))


def label_of(held: float, low: float, high: float) -> Label:
    """How a share of futures came about, given the same share at the admissible ends of what was put in.

    mixed: the futures disagree (neither 95 % nor 5 %). Otherwise the verdict is one-sided: assumed where an
    admissible end turns the majority round, found where none does.
    """
    if 1 - ONE_SIDED < held < ONE_SIDED:
        return "mixed"
    holds = held >= ONE_SIDED
    turned = min(low, high) < 0.5 if holds else max(low, high) >= 0.5
    return "assumed" if turned else "found"
