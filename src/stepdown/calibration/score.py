"""Back-casts scored: which observed directions an ensemble reproduces, against simple benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from stepdown.calibration.weights import Weights

Direction = Literal["up", "flat", "down"]
Verdict = Literal["hit", "miss", "unclear"]
DIRECTIONS: tuple[Direction, ...] = ("up", "flat", "down")
BENCHMARKS = ("coin", "nothing_changes", "trend_continues")


@dataclass(frozen=True)
class Scored:
    """One indicator: shares of futures that rise, stay, fall by more than the threshold; the verdict.

    `same_sign`: share that moves the observed way by however little; None where nothing was observed to move.
    """

    shares: tuple[float, float, float]
    call: Direction | None
    verdict: Verdict
    share_observed: float
    same_sign: float | None = None


@dataclass(frozen=True)
class Tally:
    """Hits of the model, or of a benchmark, over the same indicators.

    `moved` indicators were observed to rise or fall, `moved_hits` of them are hits: "nothing changes" has
    none. `brier` is the mean quadratic score of the three shares, 0 perfect, 2 worst.
    """

    hits: int
    misses: int
    unclear: int
    moved: int
    moved_hits: int
    brier: float


def score(change: Weights, weight: Weights, threshold: float, observed: Direction) -> Scored:
    """The model calls a direction when more than half of the futures (by weight) take it.

    hit: it is the observed one; miss: another; unclear: no direction has more than half. A change smaller
    than `threshold` is flat.
    """
    total = weight.sum()
    up, down = (float(weight[side].sum() / total) for side in (change > threshold, change < -threshold))
    shares = (up, 1 - up - down, down)
    top = int(np.argmax(shares))
    call = DIRECTIONS[top] if shares[top] > 0.5 else None
    verdict: Verdict = "unclear" if call is None else "hit" if call == observed else "miss"
    signs = {"up": change > 0, "down": change < 0}
    same = float(weight[signs[observed]].sum() / total) if observed in signs else None
    return Scored(shares, call, verdict, shares[DIRECTIONS.index(observed)], same)


def tally(scored: Sequence[Scored], observed: Sequence[Direction]) -> Tally:
    """Counts and mean quadratic score (Brier 1950) over three directions."""
    marks = [
        sum((share - (d == seen)) ** 2 for share, d in zip(s.shares, DIRECTIONS, strict=True))
        for s, seen in zip(scored, observed, strict=True)
    ]
    counts = {v: sum(s.verdict == v for s in scored) for v in ("hit", "miss", "unclear")}
    moved = [s for s, seen in zip(scored, observed, strict=True) if seen != "flat"]
    return Tally(
        counts["hit"],
        counts["miss"],
        counts["unclear"],
        len(moved),
        sum(s.verdict == "hit" for s in moved),
        float(np.mean(marks)) if marks else 0.0,
    )


def benchmark(name: str, observed: Sequence[Direction], before: Sequence[Direction | None]) -> Tally:
    """coin: a third for each direction (expected hits, rounded down, none of them a call); nothing_changes:
    flat; trend_continues: the direction of the period before, flat where that is not on record."""
    if name == "coin":
        third = (1 / 3, 1 / 3, 1 / 3)
        return tally([Scored(third, None, "unclear", 1 / 3) for _ in observed], observed)
    calls: list[Direction] = ["flat" if name == "nothing_changes" else b or "flat" for b in before]
    return tally([_certain(c, o) for c, o in zip(calls, observed, strict=True)], observed)


def _certain(call: Direction, observed: Direction) -> Scored:
    shares = tuple(float(d == call) for d in DIRECTIONS)
    verdict: Verdict = "hit" if call == observed else "miss"
    return Scored((shares[0], shares[1], shares[2]), call, verdict, float(call == observed))
