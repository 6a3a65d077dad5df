"""What edited priors change in the findings on a package: the same futures, once as recorded, once edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stepdown.contracts.effects import ALL_LENSES, OutcomeLabel, PairedEffect
from stepdown.experiments import outcome_keys
from stepdown.study.assumptions.edits import Edit, with_edits
from stepdown.study.board.laboratory import Laboratory, Uses
from stepdown.study.board.plan import OUTCOMES
from stepdown.study.robustness.inputs import look_at
from stepdown.study.words import outcome_label

AGREED = 1e-4
"""A future whose change moves by less is told as unmoved: rounding of the kernel's single precision."""


@dataclass(frozen=True)
class Shift:
    """An effect before and after. `low`, `median`, `high`: quantiles (5, 50, 95 %) over futures of the effect
    after minus the effect before in the same future; `moved`: share of futures in which it differs."""

    outcome: OutcomeLabel
    before: PairedEffect
    after: PairedEffect
    low: float
    median: float
    high: float
    moved: float


@dataclass(frozen=True)
class Shifts:
    """All outcomes of the board; `futures` compared, `failed` left out."""

    shifts: tuple[Shift, ...]
    futures: int
    failed: int


def shifts(laboratory: Laboratory, edits: Sequence[Edit], uses: Uses) -> Shifts:
    """Effects of a package with and without edits, future by future.

    Baseline and package are both run with the edited priors: what changes is the effect, not only a level.
    """
    edited = Laboratory(with_edits(laboratory.facts, edits), laboratory.futures, laboratory.seed)
    edited.prepare()
    before, after = (look_at(lab, uses) for lab in (laboratory, edited))
    ok = before.under(ALL_LENSES) & after.under(ALL_LENSES)
    keys = {key.id: key for key in outcome_keys(laboratory.world)}
    found = []
    for name in OUTCOMES:
        moved = (after.change(name) - before.change(name))[ok]
        low, median, high = (float(x) for x in np.quantile(moved, (0.05, 0.5, 0.95)))
        found.append(
            Shift(
                outcome_label(laboratory.facts, keys[name]),
                before.effect(name),
                after.effect(name),
                low,
                median,
                high,
                float(np.mean(np.abs(moved) > AGREED)),
            )
        )
    return Shifts(tuple(found), int(ok.sum()), int(np.sum(~ok)))
