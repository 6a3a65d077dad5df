"""What all packages did in all futures: outcomes and the series a reader sees, per package, same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.effects import Direction, EffectKind, OutcomeGroup

BASELINE = "baseline"
BudgetKind = Literal["money", "political"]
Values = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class OutcomeKey:
    """An outcome without its words. `subject`: the state, theatre or cause it is about.

    `little_change` is the size of change below which a future counts as little changed, in the unit of the
    change (a ratio minus one, or a difference).
    """

    id: str
    group: OutcomeGroup
    kind: EffectKind
    intended: Direction
    little_change: float
    subject: str | None = None
    headline: bool = False


@dataclass(frozen=True)
class Ensemble:
    """Outcomes and series by package id (`BASELINE` among them); future i is the same in all of them.

    `series[package][name]` has shape [year, future]; `years` are calendar years. `codes[package]` holds one
    `ResultCode` per future; a future that failed in any package is left out of every comparison.
    `budget[package][actor, kind]`: demand at its peak as a share of the budget, median over futures.
    """

    outcomes: Mapping[str, Mapping[str, Values]]
    series: Mapping[str, Mapping[str, Float[np.ndarray, "year future"]]]
    years: tuple[int, ...]
    codes: Mapping[str, Int[np.ndarray, " future"]]
    budget: Mapping[str, Mapping[tuple[str, BudgetKind], float]]
    seconds: float

    @property
    def ok(self) -> Bool[np.ndarray, " future"]:
        """Futures that every package finished."""
        return np.asarray(np.all([code == 0 for code in self.codes.values()], axis=0))

    def first(self, count: int) -> Ensemble:
        """The same packages, the first `count` futures only."""
        return Ensemble(
            {p: {k: v[:count] for k, v in of.items()} for p, of in self.outcomes.items()},
            {p: {k: v[:, :count] for k, v in of.items()} for p, of in self.series.items()},
            self.years,
            {p: code[:count] for p, code in self.codes.items()},
            self.budget,
            self.seconds,
        )
