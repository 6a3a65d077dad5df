"""Regret: how much better the best variant would have been, known only with hindsight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True, slots=True)
class Regret:
    """Regret of a variant in an outcome, in the outcome's own unit relative to baseline; 0 is best.

    `best`: share of futures in which no other variant does better by more than `TIE`.
    """

    variant: str
    outcome: str
    median: float
    p90: float
    best: float


TIE = 1e-3


def regrets(changes: Mapping[str, Values], outcome: str, lower_is_better: bool) -> tuple[Regret, ...]:
    """Regret of every variant against the best of all in each future (Savage 1951).

    `changes`: variant -> relative change of the outcome against baseline, per future.
    """
    table = np.stack(list(changes.values())) * (1 if lower_is_better else -1)
    regret = table - table.min(axis=0)
    return tuple(
        Regret(
            variant,
            outcome,
            float(np.median(row)),
            float(np.quantile(row, 0.9)),
            float(np.mean(row <= TIE)),
        )
        for variant, row in zip(changes, regret, strict=True)
    )
