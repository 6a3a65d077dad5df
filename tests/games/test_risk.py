"""Risk arithmetic, arms race, brinkmanship, first strike: identities, simulated equations, limits."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdown.games import arms_race, brinkmanship, competing_risks, event_rates, false_alarms, first_strike

hazard = st.floats(0, 5)


@given(
    hazards=st.lists(st.lists(hazard, min_size=3, max_size=3), min_size=1, max_size=5),
    lengths=st.lists(st.floats(0.01, 3), min_size=3, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_34_incidences_add_up_to_the_loss_of_survival(
    hazards: list[list[float]], lengths: list[float]
) -> None:
    survival, by_cause = competing_risks.incidence(hazards, lengths)
    total = sum(h * length for cause in hazards for h, length in zip(cause, lengths, strict=True))
    assert sum(by_cause) == pytest.approx(1 - survival, abs=1e-12)
    assert survival == pytest.approx(math.exp(-total), abs=1e-12)


def test_incidence_by_cause_is_the_integral_of_hazard_times_survival() -> None:
    hazards, lengths = [[0.1, 0.8], [0.4, 0.0]], [1.0, 2.0]
    time = (np.arange(300_000) + 0.5) * 1e-5
    late = (time > 1).astype(int)
    total = np.array(hazards).sum(axis=0)[late]
    survival = np.exp(-np.cumsum(total) * 1e-5 + total * 0.5e-5)
    direct = [float((np.array(cause)[late] * survival).sum() * 1e-5) for cause in hazards]
    assert competing_risks.incidence(hazards, lengths).by_cause == pytest.approx(direct, abs=1e-6)


def test_nothing_happens_without_hazard() -> None:
    assert competing_risks.incidence([[0.0], [0.0]], [5.0]) == (1.0, (0.0, 0.0))


@given(probability=st.floats(0, 0.999), span=st.floats(0.1, 100))
@settings(max_examples=50, deadline=None)
def test_rate_and_probability_undo_each_other(probability: float, span: float) -> None:
    rate = event_rates.rate(probability, span)
    assert event_rates.probability(rate, span) == pytest.approx(probability, abs=1e-12)


def test_13_a_risk_that_does_not_fall_becomes_certain_and_one_that_falls_at_once_does_not() -> None:
    assert event_rates.ever(0.02, 0.0) == pytest.approx(0.02)
    risks = [event_rates.ever(0.02, r) for r in (0.0, 0.5, 0.9, 0.99, 0.9999)]
    assert risks == sorted(risks)
    assert risks[-1] > 0.999
    with pytest.raises(ValueError, match="p and r"):
        event_rates.ever(0.02, 1.0)


def test_16_the_bound_leaves_silence_five_percent() -> None:
    assert math.exp(-event_rates.upper_bound_after_none(80, 0.95) * 80) == pytest.approx(0.05)
    # Jeffreys's posterior after k events is Gamma(k + 1/2, rate t).
    t, x = 80.0, (np.arange(400_000) + 0.5) * 1e-6
    density = x**1.5 * np.exp(-x * t)
    assert (x * density).sum() / density.sum() == pytest.approx(event_rates.jeffreys_mean(2, t), rel=1e-4)


def test_19_false_alarms_by_counting_the_leaves_of_the_tree() -> None:
    leaves = [0.5 * 0.1 * 0.99 * 0.05, 0.5 * 0.1 * 0.01 * 0.3]
    rate = 2 * sum(leaves)
    assert false_alarms.launch_rate(0.5, 0.1, 0.01, 0.05, 0.3, 2) == pytest.approx(rate)
    assert false_alarms.yearly_probability(0.5, 0.1, 0.01, 0.05, 0.3, 2) == pytest.approx(
        5.23624e-3, abs=5e-9
    )


@pytest.mark.parametrize("k", [0.3, 0.6])
def test_22_the_arms_race_runs_where_its_eigenvalues_send_it(k: float) -> None:
    race = arms_race.arms_race((k, k), (0.5, 0.5), (0.1, 0.1))
    x = np.array([0.9, 0.2])
    for _ in range(20_000):
        x = x + 0.005 * (np.array([[-0.5, k], [k, -0.5]]) @ x + 0.1)
    assert race.stable == (k < 0.5)
    assert np.allclose(x, race.equilibrium, atol=1e-6) == race.stable
    assert race.eigenvalues == pytest.approx((-0.5 + k, -0.5 - k), abs=1e-9)


def test_an_arms_race_on_the_edge_has_no_point_of_rest() -> None:
    with pytest.raises(ValueError, match="isolated"):
        arms_race.arms_race((0.5, 0.5), (0.5, 0.5), (0.1, 0.1))


@pytest.mark.parametrize("instability", [0.2, 0.4, 0.8])
def test_31_no_other_power_pays_more(instability: float) -> None:
    powers = np.linspace(0, 1, 2001)
    best = powers[np.argmax([brinkmanship.payoff(p, instability, 1, 5) for p in powers])]
    assert brinkmanship.power_brought(instability, 1, 5) == pytest.approx(best, abs=5e-4)


def test_31_a_sharper_trade_off_brings_less_power_to_bear() -> None:
    brought = [brinkmanship.power_brought(rho, 1, 5) for rho in (0.01, 0.2, 0.4, 0.8, 3.0)]
    assert brought == sorted(brought, reverse=True)
    assert brought[0] == 1


def test_33_the_index_is_one_without_advantage_and_falls_with_it() -> None:
    def index(second: float) -> float:
        force = first_strike.Force(0.9, second)
        return first_strike.stability_index(force, force, 0.3)

    found = [index(s) for s in (0.9, 0.7, 0.5, 0.2)]
    assert found == sorted(found, reverse=True)
    assert found[0] == 1


def test_33_one_sided_advantage_still_lowers_the_index() -> None:
    weak, sound = first_strike.Force(0.9, 0.2), first_strike.Force(0.4, 0.4)
    assert first_strike.stability_index(weak, weak, 0.3) < first_strike.stability_index(weak, sound, 0.3) < 1
