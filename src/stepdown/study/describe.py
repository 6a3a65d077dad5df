"""A package in words: its measures with actors, years and strength, and what its budgets allowed."""

from __future__ import annotations

from typing import Literal

import numpy as np

from stepdown.assumptions.quantile import quantile
from stepdown.assumptions.steps import expand
from stepdown.contracts.facts import Effect, Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.facts.uses import STRENGTHS, MeasureUse
from stepdown.contracts.findings import BudgetNote, MeasureInPackage, PackageDescription, StrengthWord
from stepdown.record.evidence import evidence_level
from stepdown.study.run import StudyRun

LETTERS: tuple[Literal["A", "B", "C", "D", "E"], ...] = ("A", "B", "C", "D", "E")


def describe_package(run: StudyRun, facts: Facts, index: int) -> PackageDescription:
    """The package at `index` of the plan; letters follow the plan's order."""
    plan = run.plan.packages[index]
    uses = run.plan.measures(plan.id)
    return PackageDescription(
        plan.id,
        LETTERS[index],
        plan.label.bilingual,
        plan.summary.bilingual,
        tuple(_measure(run, facts, use) for use in uses),
        _budget(run, plan.id),
    )


def _measure(run: StudyRun, facts: Facts, use: MeasureUse) -> MeasureInPackage:
    measure = facts.get(Measure, use.measure)
    effect = effects_by_measure(facts)[use.measure]
    return MeasureInPackage(
        measure.id,
        measure.label.bilingual,
        measure.track,
        expand(facts, run.world, use.actors),
        use.start,
        min(use.start + _years_to_full(effect), run.plan.horizon.end),
        use.share,
        _word(use.share),
        use.condition,
        evidence_level(effect),
    )


def _years_to_full(effect: Effect) -> int:
    """Median delay plus twice the median ramp of the slowest lever: 86 % of the effect is then in place."""
    half = np.array([0.5])
    years = [float(quantile(x.delay, half)[0] + 2 * quantile(x.ramp, half)[0]) for x in effect.levers]
    return round(max(years, default=0.0))


def _word(share: float) -> StrengthWord:
    """The slider's word nearest to a share."""
    return min(STRENGTHS, key=lambda word: abs(STRENGTHS[word] - share))


def _budget(run: StudyRun, package: str) -> tuple[BudgetNote, ...]:
    """Actors whose package asks for more than a tenth of a budget, in the median future at its peak."""
    return tuple(
        BudgetNote(actor, kind, used, 1.0, (1 + used**8) ** (-1 / 8))
        for (actor, kind), used in run.ensemble.budget[package].items()
        if used > 0.1
    )
