"""First stage: rates against counted events. No run of the model is needed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from stepdown.assumptions.calibrated import systematic
from stepdown.calibration import (
    Rate,
    discounted_count,
    discounted_years,
    effective_size,
    from_log,
    jeffreys,
    log_likelihood,
    weighted_quantile,
)
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.facts import Event, EventCount
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.vocabulary.dates import earliest

HALF_LIVES: tuple[float | None, ...] = (None, 40.0, 20.0)
"""Discounts for age that every report shows: none, and years after which evidence counts half."""

BASE_RATE = "s10_base_rate"

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class Reading:
    """The same rate under another count of the events, or another discount for age."""

    name: str
    count: float
    exposure: float
    evidence: Rate
    posterior: Rate


@dataclass(frozen=True)
class RateReport:
    """One rate per year: prior, evidence alone, and prior with evidence; and what other readings give."""

    id: str
    prior: Rate
    used: Reading
    others: tuple[Reading, ...]


def rate_of(record: EventCount, drawn: Assumptions, world: World) -> Values:
    """The rate per year that a count is evidence on, one value per future."""
    values = drawn.symbols[record.symbol]
    if record.symbol == "l0":
        values = values[world.theatres.index(record.key or "")]
    return np.asarray(values)


def counted(facts: Facts, record: EventCount, half_life: float | None) -> tuple[float, float]:
    """(count, exposure in years), both discounted for age."""
    return _discounted(facts, record, record.count, record.events, half_life)


def likelihood(facts: Facts, world: World, drawn: Assumptions, half_life: float | None) -> Values:
    """Log-likelihood of all counts on record, one value per future."""
    terms = [
        log_likelihood(rate_of(record, drawn, world), *counted(facts, record, half_life))
        for record in facts.all(EventCount)
    ]
    return np.asarray(np.sum(terms, axis=0))


def chosen_by_likelihood(
    log_weight: Values, futures: int, lenses: int, seed: int
) -> tuple[Int[np.ndarray, " future"], float]:
    """Futures of the prior sample drawn by likelihood, as many under every lens, and their effective size.

    Evidence on rates does not vote on lenses: weights are normalised within each.
    """
    index = np.empty(futures, dtype=np.int64)
    lens = np.arange(len(log_weight)) % lenses
    effective = 0.0
    for place in range(lenses):
        rows = np.flatnonzero(lens == place)
        weight = from_log(log_weight[rows])
        effective += effective_size(weight)
        target = index[place::lenses]
        target[:] = rows[systematic(weight, len(target), np.random.default_rng([seed, place]))]
    return index, effective


def report_rates(
    facts: Facts, world: World, drawn: Assumptions, half_life: float | None
) -> tuple[RateReport, ...]:
    """Prior and posterior of every counted rate; each posterior uses its own count only (the rates are
    independent in the prior)."""
    reports = []
    for record in facts.all(EventCount):
        prior = rate_of(record, drawn, world)
        used = _reading(facts, record, prior, "used", record.count, record.events, half_life)
        others = [_reading(facts, record, prior, o.name, o.count, o.events, half_life) for o in record.other]
        others += [
            _reading(facts, record, prior, _discount_name(h), record.count, record.events, h)
            for h in HALF_LIVES
            if h != half_life
        ]
        others += _one_family(facts, record, prior, drawn, half_life)
        reports.append(RateReport(record.id, _rate(prior, np.ones(len(prior))), used, tuple(others)))
    return tuple(reports)


def _one_family(
    facts: Facts, record: EventCount, prior: Values, drawn: Assumptions, half_life: float | None
) -> list[Reading]:
    """The total hazard where all sources anchor it: without the switch that follows one family of them."""
    switch = next(c for c in drawn.coordinates if c.name == BASE_RATE)
    kept = switch.values == switch.options.index("all")
    if record.symbol != "H0" or not kept.any():
        return []
    return [_reading(facts, record, prior[kept], "all_sources", record.count, record.events, half_life)]


def _discount_name(half_life: float | None) -> str:
    return "all_years_alike" if half_life is None else f"half_life_{half_life:g}"


def _reading(
    facts: Facts,
    record: EventCount,
    prior: Values,
    name: str,
    count: int,
    events: Sequence[str],
    half_life: float | None,
) -> Reading:
    seen, exposure = _discounted(facts, record, count, events, half_life)
    weight = from_log(log_likelihood(prior, seen, exposure))
    return Reading(name, seen, exposure, jeffreys(seen, exposure), _rate(prior, weight))


def _discounted(
    facts: Facts, record: EventCount, count: int, events: Sequence[str], half_life: float | None
) -> tuple[float, float]:
    start, end = _year(record.date_from), _year(record.date_to)
    exposure = discounted_years(start, end, half_life) * record.actors
    # Events without a record of their own are taken at the middle of the period.
    years = [_year(facts.get(Event, e).date_from) for e in events] or [(start + end) / 2] * count
    return discounted_count(years, end, half_life), exposure


def _year(date: str) -> float:
    day = earliest(date)
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _rate(values: Values, weight: Values) -> Rate:
    low, median, high = (weighted_quantile(values, weight, p) for p in (0.05, 0.5, 0.95))
    return Rate(float(weight @ values / weight.sum()), low, median, high)
