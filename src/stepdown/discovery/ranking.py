"""Rankings of packages by an outcome, and whether another reading of the record turns them round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey
from stepdown.contracts.findings import RankingFlip
from stepdown.discovery.effects import changes, toward


def ranking(ensemble: Ensemble, key: OutcomeKey) -> dict[str, float]:
    """Median change of every package in the way intended (larger is further that way)."""
    ok = ensemble.ok
    base = ensemble.outcomes[BASELINE][key.id][ok]
    return {
        package: float(np.median(toward(key, changes(key, values[key.id][ok], base))))
        for package, values in ensemble.outcomes.items()
        if package != BASELINE
    }


def ranking_flips(default: Ensemble, other: Ensemble, keys: Sequence[OutcomeKey]) -> tuple[RankingFlip, ...]:
    """Pairs of packages, run under both, that clearly stood in one order and clearly stand in the other.

    Clearly: further apart than `little_change` in both, so that ties and noise are no flips.
    """
    flips = []
    for key in keys:
        after = ranking(other, key)
        before = {p: rank for p, rank in ranking(default, key).items() if p in after}
        flips += [RankingFlip(key.id, a, b) for a, b in _turned(before, after, key.little_change)]
    return tuple(flips)


def _turned(before: Mapping[str, float], after: Mapping[str, float], margin: float) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a in before
        for b in before
        if before[a] - before[b] > margin and after[b] - after[a] > margin
    ]
