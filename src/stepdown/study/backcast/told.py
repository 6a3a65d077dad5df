"""What a replay is told: the tension that was seen, and what was agreed or ordered, as measures on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float
from scipy.special import expit, logit

from stepdown.assumptions import Planned, steps_of
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.calibrated import ChosenFutures
from stepdown.contracts.facts import PastStep, PastWorld, Precedent
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Step
from stepdown.contracts.world import World
from stepdown.study.backcast.observed import Indicator
from stepdown.vocabulary.dates import earliest

INSTANT = 0.1
HALVINGS = 30
GIVEN = "detente"
"""The lever on tension, which is told as it was seen and not twice."""
DIRECT: Mapping[Indicator, frozenset[str]] = {
    "roles": frozenset({"doctrine", "role_review"}),
    "prompt_launch": frozenset({"prompt_launch", "failsafe"}),
    "warheads": frozenset({"strategic_cap", "theatre_cut", "budget_shift"}),
}
"""Levers that act on an indicator of the state that moves them, with no mechanism between."""

Values = Float[np.ndarray, " future"]


def with_tension(
    drawn: Assumptions, world: World, levels: Mapping[str, tuple[float, float]], years: float
) -> Assumptions:
    """The same futures with the drift of tension under which it reaches, after `years`, what was seen: the
    change of log odds between the observed start and end.

    Tension lags its target by T_tau, so the target has to lead; found by halving within the admissible
    drift, which the largest changes exhaust. What mechanisms add to tension is left to them.
    """
    symbols = drawn.symbols
    spec = PARAMETERS["tau_trend"]
    trend = np.zeros_like(symbols["tau_trend"])
    for i, theatre in enumerate(world.theatres):
        start, end = (float(logit(x)) for x in levels.get(theatre, (0.5, 0.5)))
        if start != end:
            wanted = expit(logit(symbols["tau0"][i]) + end - start)
            low, high = (np.full(drawn.futures, x) for x in (spec.low, spec.high))
            for _ in range(HALVINGS):
                middle = (low + high) / 2
                short = _reached(symbols, i, middle, years) < wanted
                low, high = np.where(short, middle, low), np.where(short, high, middle)
            trend[i] = (low + high) / 2
    return replace(drawn, symbols={**symbols, "tau_trend": trend})


def _reached(symbols: Mapping[str, np.ndarray], theatre: int, trend: Values, years: float) -> Values:
    """Tension after so many years: d tau/dt = [logistic(logit tau0 + trend T (1 - e^(-t/T))) - tau]/T_tau."""
    start, slow, lag = symbols["tau0"][theatre], symbols["T_trend"], symbols["T_tau"]
    tau, kept = start, np.exp(-INSTANT / lag)
    for t in np.arange(INSTANT / 2, years, INSTANT):
        target = expit(logit(start) - trend * slow * np.expm1(-t / slow))
        tau = target + (tau - target) * kept
    return np.asarray(tau)


def past_steps(facts: Facts, past: PastWorld) -> tuple[PastStep, ...]:
    """What happened in a period, told or not."""
    return tuple(s for s in facts.all(PastStep) if s.period == past.period)


def told_steps(
    facts: Facts, world: World, past: PastWorld, chosen: ChosenFutures
) -> tuple[tuple[Step, ...], tuple[PastStep, ...]]:
    """The measures of a period as steps, beside the record each follows from.

    From the date of the precedent, in force whatever the model thinks of its chances (no gate), and without
    levers on tension, which is told as it was seen.
    """
    planned = list(_planned(facts, past))
    steps, _ = steps_of(
        *(facts, world, [p for _, p, _ in planned], earliest(past.start).year, chosen.size, chosen.seed),
        only=chosen.index,
    )
    kept = tuple(
        replace(step, gate="none", effects=tuple(e for e in step.effects if _kept(e.lever, levers)))
        for step, (_, _, levers) in zip(steps, planned, strict=True)
    )
    return kept, tuple(record for record, _, _ in planned)


def _planned(facts: Facts, past: PastWorld) -> Iterator[tuple[PastStep, Planned, Sequence[str]]]:
    for record in past_steps(facts, past):
        for part in record.parts:
            on = earliest(facts.get(Precedent, record.precedent).date)
            at = on.year + (on.timetuple().tm_yday - 1) / 365.25
            measure = Planned(part.measure, record.actors, at, 1.0, "unilateral", record.theatres)
            yield record, measure, part.levers


def _kept(lever: str, levers: Sequence[str]) -> bool:
    return lever != GIVEN and (not levers or lever in levers)


def acts_directly(steps: Sequence[Step], indicator: Indicator, subject: str) -> bool:
    """Whether a told step moves a lever of this state that acts on the indicator itself."""
    levers = DIRECT.get(indicator, frozenset())
    return any(subject in s.participants and any(e.lever in levers for e in s.effects) for s in steps)
