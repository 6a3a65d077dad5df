"""The order of calibration: sample, weigh by counted events, run the elicited policies, tilt to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from stepdown import __version__
from stepdown.assumptions import build_world, sample_futures
from stepdown.assumptions.calibrated import SHIPPED
from stepdown.assumptions.digest import inputs_digest
from stepdown.calibration import (
    Movement,
    Prediction,
    effective_size,
    median_feature,
    movements,
    predictions,
    tilt,
    weighted_quantile,
)
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.calibrated import CalibratedEnsemble, ChosenFutures
from stepdown.contracts.facts import EventCount, PolicyEffect
from stepdown.contracts.facts.facts import Facts
from stepdown.study.calibrate.policies import PolicyRuns, measures_of, run_policies
from stepdown.study.calibrate.rates import RateReport, chosen_by_likelihood, likelihood, report_rates
from stepdown.study.progress import Progress
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import LENSES

PER_FUTURE = 10
"""Futures of the prior sample for every future that is run: counted events choose among them."""
MOST_MOVED = 15
NEGLIGIBLE = 1e-9
"""Weights below this share of the whole are left out of the ensemble."""

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class PolicyReport:
    """An elicited policy: medians of the change of use risk, e.g. -.25, before and after the fit.

    `prior`: on the whole prior, `counted`: after the counted events; `by_lens`: after the fit, within each
    lens; `readings`: after the fit, of the other readings of the policy.
    """

    id: str
    wanted: float
    tolerance: float
    counted: float
    fitted: float
    low: float
    high: float
    within: bool
    by_lens: Mapping[str, float]
    readings: Mapping[str, float]


@dataclass(frozen=True)
class Calibration:
    """Everything a calibration found. Effective sizes: after the counted events (of the prior sample), of the
    tilt (of the futures run), of the ensemble as shipped."""

    ensemble: CalibratedEnsemble
    half_life: float | None
    futures: int
    failed: int
    effective_counted: float
    effective_tilt: float
    rates: tuple[RateReport, ...]
    policies: tuple[PolicyReport, ...]
    held_out: tuple[Prediction, ...]
    moved: tuple[Movement, ...]


def calibrate(
    facts: Facts,
    futures: int,
    seed: int,
    half_life: float | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Calibration:
    """Weights of futures that agree with the counted events and the elicited policies on record.

    Same record, futures, seed and half-life: same weights. Raises StudyError for fewer than 50 futures, and
    TiltError when no weights meet the elicited medians.
    """
    if futures < 50:
        message = "weights of so few futures would say nothing"
        raise StudyError([Problem("calibrate", 0, "futures", message, str(futures), "50 or more")])
    world, size = build_world(facts), PER_FUTURE * futures
    prior = sample_futures(facts, world, size, seed, LENSES)
    log_weight = likelihood(facts, world, prior, half_life)
    index, effective = chosen_by_likelihood(log_weight, futures, len(LENSES), seed)
    chosen = ChosenFutures(size, seed, index)
    drawn = sample_futures(facts, world, size, seed, LENSES, only=index)
    runs = run_policies(facts, world, drawn, chosen, progress)
    base = runs.ok / runs.ok.sum()
    values = {record.id: runs.ratio[record.id]["used"] for record in facts.all(PolicyEffect)}
    wanted = {record.id: 1 + record.change for record in facts.all(PolicyEffect)}
    shares = [(drawn.lens == i).astype(float) for i in range(1, len(LENSES))]
    weight = _fitted(base, values, wanted, shares)
    tolerance = {record.id: record.tolerance for record in facts.all(PolicyEffect)}
    return Calibration(
        ensemble=_ensemble(facts, size, seed, index, weight),
        half_life=half_life,
        futures=futures,
        failed=int(np.sum(~runs.ok)),
        effective_counted=effective,
        effective_tilt=effective_size(weight),
        rates=report_rates(facts, world, prior, half_life),
        policies=tuple(_report(record, runs, drawn, base, weight) for record in facts.all(PolicyEffect)),
        held_out=predictions(base, values, wanted, tolerance, shares),
        moved=movements(_inputs(prior, drawn, runs), weight, MOST_MOVED),
    )


def _fitted(
    base: Values, values: Mapping[str, Values], wanted: Mapping[str, float], shares: list[Values]
) -> Values:
    """Weights nearest to `base` under which every policy's median is the elicited one; lenses keep theirs."""
    features = [median_feature(values[n], wanted[n]) for n in values]
    kept = [float(s @ base) for s in shares]
    return tilt(base, [*features, *shares], [*(0.5 for _ in features), *kept])


def _report(
    record: PolicyEffect, runs: PolicyRuns, drawn: Assumptions, base: Values, weight: Values
) -> PolicyReport:
    ratios = runs.ratio[record.id]
    used = ratios["used"]

    def change(values: Values, by: Values, level: float = 0.5) -> float:
        return weighted_quantile(values, by, level) - 1

    fitted = change(used, weight)
    return PolicyReport(
        id=record.id,
        wanted=record.change,
        tolerance=record.tolerance,
        counted=change(used, base),
        fitted=fitted,
        low=change(used, weight, 0.05),
        high=change(used, weight, 0.95),
        within=abs(fitted - record.change) <= record.tolerance,
        by_lens={
            lens: change(used[drawn.lens == i], weight[drawn.lens == i])
            for i, lens in enumerate(drawn.lenses)
        },
        readings={name: change(values, weight) for name, values in ratios.items() if name != "used"},
    )


def _inputs(prior: Assumptions, drawn: Assumptions, runs: PolicyRuns) -> Iterator[tuple[str, Values, Values]]:
    """Name, prior draws and kept draws of every input and of the effects in the fit."""
    kept = {c.name: c.values for c in drawn.coordinates}
    for coordinate in prior.coordinates:
        if not coordinate.options and coordinate.name in kept:
            yield coordinate.name, coordinate.values, kept[coordinate.name]
    for coordinate in runs.coordinates:
        yield coordinate.name, coordinate.values, coordinate.values


def _ensemble(
    facts: Facts, size: int, seed: int, index: Int[np.ndarray, " future"], weight: Values
) -> CalibratedEnsemble:
    """One row per future of the prior sample; a future chosen twice has the weight of both."""
    future, row = np.unique(index, return_inverse=True)
    total = np.bincount(row, weights=weight)
    kept = total > NEGLIGIBLE
    total = total[kept] / total[kept].sum()
    measures = measures_of(facts)
    constraints = (*(r.id for r in facts.all(EventCount)), *(r.id for r in facts.all(PolicyEffect)))
    return CalibratedEnsemble(
        id=SHIPPED,
        version=__version__,
        size=size,
        seed=seed,
        lenses=LENSES,
        inputs=inputs_digest(facts, build_world(facts), measures),
        record=facts.digest,
        measures=measures,
        constraints=(*constraints, "in_range"),
        effective=round(effective_size(total), 1),
        future=future[kept],
        weight=total,
    )
