"""From the input of a reference problem to the value found: one short function per question asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stepdown.games import (
    agent_error,
    arms_race,
    asymmetric_escalation,
    brinkmanship,
    competing_risks,
    event_rates,
    false_alarms,
    first_strike,
    inspection,
    mutual_deterrence,
    reassurance,
    reciprocity,
    unilateral_deterrence,
)

Found = Mapping[str, float | bool | str]


def _utilities(challenger: Sequence[float], defender: Sequence[float]) -> unilateral_deterrence.Thresholds:
    return unilateral_deterrence.thresholds(
        unilateral_deterrence.Challenger(*challenger), unilateral_deterrence.Defender(*defender)
    )


def _unilateral_equilibria(
    challenger: Sequence[float], defender: Sequence[float], p_challenger: float, p_defender: float
) -> Found:
    at = _utilities(challenger, defender)
    return unilateral_deterrence.equilibria(at, p_challenger, p_defender)._asdict()


def _mutual(side: Sequence[float], p: Sequence[float]) -> Found:
    state = mutual_deterrence.State(*side)
    return {
        "threshold": mutual_deterrence.threshold(state),
        "sure": mutual_deterrence.deterrence_is_sure(state, state, *p),
        "both_hard": mutual_deterrence.status_quo_stands(state, state, True, True),
        "one_soft": mutual_deterrence.status_quo_stands(state, state, True, False),
    }


def _challenge_step(gain: float, cost: float, precision: float) -> Found:
    high, half, low = (agent_error.crossing(level, gain, cost, precision) for level in (0.99, 0.5, 0.01))
    return {"half_point": half, "width": low - high}


def _window(trust: float, trustworthy: Sequence[float], untrustworthy: Sequence[float]) -> Found:
    payoffs = reassurance.Payoffs(*trustworthy), reassurance.Payoffs(*untrustworthy)
    return {**reassurance.window(trust, *payoffs)._asdict(), "trust": reassurance.trust_needed(payoffs[0])}


def _arms_race(**pairs: Sequence[float]) -> Found:
    race = arms_race.arms_race(**{name: (x, y) for name, (x, y) in pairs.items()})
    slow, fast = race.eigenvalues
    return {"slow": slow, "fast": fast, "x": race.equilibrium[0], "y": race.equilibrium[1]}


def _noisy_reciprocity(noise: float) -> Found:
    game = reciprocity.Dilemma()
    strict, kind = reciprocity.TIT_FOR_TAT, reciprocity.generous(reciprocity.generosity(game))
    return {
        "tit_for_tat": reciprocity.long_run_payoff(strict, strict, noise, game),
        "generous": reciprocity.long_run_payoff(kind, kind, noise, game),
    }


def _brinkmanship(instability: Sequence[float], stake: float, loss: float) -> Found:
    return {str(rho): brinkmanship.power_brought(rho, stake, loss) for rho in instability}


def _stability(force: Sequence[float], weight: float) -> Found:
    each = first_strike.Force(*force)
    return _value(first_strike.stability_index(each, each, weight))


def _incidence_gap(hazards: Sequence[Sequence[float]], lengths: Sequence[float]) -> Found:
    found = competing_risks.incidence(hazards, lengths)
    return {"gap": sum(found.by_cause) - (1.0 - found.survival), "survival": found.survival}


def _chain(initiating: float, stop: float, cross: Sequence[float]) -> Found:
    low, high = (event_rates.chained_rate(initiating, stop, last) for last in cross)
    return {"low": low, "high": high}


def _silence(years: float, confidence: float) -> Found:
    return {
        "jeffreys_mean": event_rates.jeffreys_mean(0, years),
        "upper_bound": event_rates.upper_bound_after_none(years, confidence),
    }


def _value(number: float) -> Found:
    return {"value": number}


SOLVERS: Mapping[str, Callable[..., Found]] = {
    "rudimentary_threshold": lambda **u: _value(unilateral_deterrence.rudimentary_threshold(**u)),
    "unilateral_thresholds": lambda **u: _utilities(**u)._asdict(),
    "unilateral_equilibria": _unilateral_equilibria,
    "mutual_deterrence": _mutual,
    "asymmetric_escalation": asymmetric_escalation.outcomes,
    "agent_error": lambda **u: agent_error.respond(**u)._asdict(),
    "challenge_step": _challenge_step,
    "chained_rate": _chain,
    "declining_risk": lambda **p: _value(event_rates.ever(**p)),
    "silence": _silence,
    "rate": lambda **p: _value(event_rates.rate(**p)),
    "false_alarms": lambda **p: _value(false_alarms.yearly_probability(**p)),
    "arms_race": _arms_race,
    "inspection": lambda **p: inspection.equilibrium(**p)._asdict(),
    "generosity": lambda **p: _value(reciprocity.generosity(reciprocity.Dilemma(**p))),
    "noisy_reciprocity": _noisy_reciprocity,
    "reassurance": _window,
    "brinkmanship": _brinkmanship,
    "first_strike": _stability,
    "competing_risks": _incidence_gap,
}


def solve(question: str, given: Mapping[str, Any]) -> Found:
    """The value found for a question; KeyError if nobody can answer it."""
    return SOLVERS[question](**given)
