"""What all packages did in all futures: outcomes and the series a reader sees, per package, same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.effects import Direction, EffectKind, OutcomeGroup

BASELINE = "baseline"
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
    """

    outcomes: Mapping[str, Mapping[str, Values]]
    series: Mapping[str, Mapping[str, Float[np.ndarray, "year future"]]]
    years: tuple[int, ...]
    codes: Mapping[str, Int[np.ndarray, " future"]]
    seconds: float

    @property
    def ok(self) -> Bool[np.ndarray, " future"]:
        """Futures that every package finished."""
        return np.all([code == 0 for code in self.codes.values()], axis=0)
