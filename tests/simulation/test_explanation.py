"""Holding mechanisms back: what is held follows the baseline to the bit, everything else goes on."""

import numpy as np
import pytest

from stepdown.contracts.explanation import MECHANISMS
from stepdown.contracts.program import Effect, Program, Step
from stepdown.contracts.trajectories import SERIES
from stepdown.simulation.explanation import simulate_held
from stepdown.simulation.state import State

from . import packages, priors, worlds

WORLD = worlds.small()
YEARS = 6
FUTURES = 8
DRAWS = priors.draw(WORLD, FUTURES, seed=3)
ALL = frozenset(State._fields)
STATES = ("role", "perceived_role", "capability", "trust", "vulnerability", "tension", "assurance", "norm")


def held(program: Program, *sets: frozenset[str], draws: dict[str, np.ndarray] = DRAWS):
    """Baseline, then the package with each set held; always five segments, so that one compilation does."""
    padded = (*sets, *(frozenset() for _ in range(4 - len(sets))))
    program = program.padded(8, 32, 16, 8, 8)
    options = {"horizon_years": YEARS, "drivers": "frozen", "precision": "float64"}
    return simulate_held(WORLD, draws, program, padded, **options)[: len(sets) + 1]


def test_mechanisms_are_the_whole_state():
    fields = [field for chosen in MECHANISMS.values() for field in chosen]
    assert sorted(fields) == sorted(State._fields)


def test_nothing_held_is_the_package_and_the_first_is_the_baseline():
    program = packages.everything(WORLD)
    baseline, package = held(program, frozenset())
    expected = packages.run(WORLD, DRAWS, program, horizon_years=YEARS, chunk=FUTURES)
    for name in SERIES:
        np.testing.assert_allclose(package[name], expected[name], rtol=1e-12, atol=1e-13, err_msg=name)
    assert np.ptp(baseline["tension"], axis=0).max() < 1e-12, "no driver, no measure: nothing moves"
    assert np.abs(package["tension"] - baseline["tension"]).max() > 0.01


def test_what_is_held_follows_the_baseline_to_the_bit():
    program = packages.everything(WORLD)
    of = {"tau": "tension", "R": "role", "Rh": "perceived_role", "V": "vulnerability"}
    baseline, *runs = held(program, *(frozenset((field,)) for field in of))
    for series, run in zip(of.values(), runs, strict=True):
        np.testing.assert_array_equal(run[series], baseline[series])
        others = [s for s in STATES if s != series]
        assert all(np.abs(run[s] - baseline[s]).max() > 1e-6 for s in others), series


def test_held_rates_are_not_read_by_others():
    """Perceived roles that stand still are no restraint seen, however far declared roles fall below them."""
    program = packages.doctrine(WORLD)
    free = frozenset(("R", "m", "tau"))
    calm = {**DRAWS, "b_pi": np.zeros_like(DRAWS["b_pi"])}
    baseline, full, no_perception = held(program, frozenset(), ALL - free, draws=calm)
    assert np.abs(no_perception["role"] - baseline["role"]).max() > 0.05
    for series in ("trust", "tension"):
        assert np.abs(full[series] - baseline[series]).max() > 1e-4
        np.testing.assert_allclose(no_perception[series], baseline[series], atol=1e-12, err_msg=series)


def test_with_all_states_held_only_direct_effects_are_left():
    baseline, everything = held(packages.everything(WORLD), ALL)
    for series in (*STATES, "crisis_rate", "challenge", "adequacy", "strategic_forces", "prompt_launch"):
        np.testing.assert_array_equal(everything[series], baseline[series])
    causes = np.abs(everything["hazard"] - baseline["hazard"]).max(axis=(0, 2, 3))
    np.testing.assert_array_equal(causes[:3], 0.0)
    assert causes[3] > 0, "failsafe reviews act on accidents without any state"


def test_failsafe_reviews_touch_prompt_launch_and_accidents_only():
    step = Step("failsafe", WORLD.armed, (Effect("failsafe", 0.6, ramp=1.0),))
    program = Program.build(WORLD, [step])
    rest = ALL - {"L"}
    baseline, full, without_launch, only_launch = held(program, frozenset(), frozenset(("L",)), rest)
    for name in ("hazard", "cif", *STATES):
        np.testing.assert_array_equal(full[name], only_launch[name], err_msg=name)
    change = without_launch["hazard"][1:] / baseline["hazard"][1:] - 1
    np.testing.assert_array_equal(change[:, :3], 0.0)
    assert (change[:, 3] < 0).all()


def test_unknown_states_are_named():
    with pytest.raises(ValueError, match="unknown state variables"):
        held(packages.everything(WORLD), frozenset(("weather",)))


def test_a_broken_future_keeps_its_place():
    draws = {k: v.copy() for k, v in DRAWS.items()}
    draws["T_tau"][2] = np.nan
    program = packages.everything(WORLD).padded(8, 32, 16, 8, 8)
    options = {"horizon_years": YEARS, "drivers": "frozen", "precision": "float64"}
    runs = simulate_held(WORLD, draws, program, [frozenset()] * 4, **options)
    for run in runs:
        assert run.ok.tolist() == [i != 2 for i in range(FUTURES)]
