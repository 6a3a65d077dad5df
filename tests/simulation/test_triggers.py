"""Steps that proceed, hold, revert and call: the decisions alone, then in the loop."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.program import Effect, Program, Step
from stepdown.contracts.sampled import Noise
from stepdown.contracts.shocks import Shock, ShockPlan
from stepdown.contracts.triggers import FINAL, AdaptiveStep, Indicator, Rule, StepState, TriggerPlan
from stepdown.simulation import simulate, simulate_adaptive
from stepdown.simulation.events import Luck
from stepdown.simulation.indicators import Sight, first_sight, observe, remember, view_slots
from stepdown.simulation.sampled import EVENT_STEP
from stepdown.simulation.triggers import advance, decide, first_progress, plan_slots

from . import packages, priors, worlds

WORLD = worlds.small()
TENSION = Indicator("tension", "north", every=0.5, delay=0.5)
INSIDE = np.dtype("float64")


def plan(*steps: AdaptiveStep, indicators=(TENSION,), measures=8) -> TriggerPlan:
    return TriggerPlan.build(WORLD, indicators, steps, measures)


def rule(action, level, *, above=True, band=0.0, indicator=TENSION.id) -> Rule:
    return Rule(action, indicator, above, level, band)


def decisions(built: TriggerPlan, signal, softness=0.0, seen=True, start=0.0):
    """Progress at every half-year over a signal [time] of the one indicator, in one future."""
    slots = plan_slots(built, softness, INSIDE)
    now = first_progress(slots, jnp.zeros((1, 1)))
    out = []
    for i, value in enumerate(signal):
        sight = Sight(None, jnp.full((1, 1), value), jnp.full((1, 1), signal[0]), jnp.asarray([seen]))
        now = decide(slots, sight, jnp.asarray(start + 0.5 * i), now)
        out.append(now)
        now = advance(slots, now, 0.5)
    return out


def values(path, name, step=0):
    return np.array([float(getattr(p, name)[step, 0]) for p in path])


def test_a_step_opens_when_its_rules_hold_and_not_before_its_year():
    step = AdaptiveStep("a", (0,), start=1.0, rules=(rule("proceed", 0.4, above=False),))
    opened = values(decisions(plan(step), [0.3, 0.3, 0.6, 0.6, 0.3, 0.6]), "opened")
    assert opened.tolist() == [0, 0, 0, 0, 1, 1]


def test_hysteresis_needs_the_whole_band_to_let_go():
    step = AdaptiveStep("a", (0,), start=0.0, rules=(rule("hold", 0.5, band=0.1),))
    held = values(decisions(plan(step), [0.45, 0.55, 0.45, 0.41, 0.39, 0.45, 0.5]), "held")
    assert held.tolist() == [0, 1, 1, 1, 0, 0, 1]


def test_a_rule_on_a_change_counts_from_the_first_observation():
    step = AdaptiveStep("a", (0,), start=0.0, rules=(Rule("hold", TENSION.id, True, 0.1, change=True),))
    assert values(decisions(plan(step), [0.6, 0.65, 0.71, 0.68]), "held").tolist() == [0, 0, 1, 0]


def test_a_final_rule_never_lets_go():
    step = AdaptiveStep("a", (0,), start=0.0, rules=(rule("revert", 0.5, band=FINAL),))
    assert values(decisions(plan(step), [0.4, 0.6, 0.1, 0.0]), "reverted").tolist() == [0, 1, 1, 1]


def test_a_constant_indicator_never_flips():
    step = AdaptiveStep(
        "a", (0,), start=0.0, rules=(rule("hold", 0.5, band=0.05), rule("revert", 0.7, band=0.05))
    )
    for level in (0.3, 0.45, 0.5, 0.6, 0.7, 0.9):
        for name in ("held", "reverted"):
            assert len(set(values(decisions(plan(step), [level] * 12), name))) == 1


def test_holding_stops_the_clock_and_reverting_undoes_the_effect():
    step = AdaptiveStep("a", (0,), start=0.0, lead=1.0, rules=(rule("hold", 0.5), rule("revert", 0.8)))
    path = decisions(plan(step), [0.3, 0.3, 0.3, 0.6, 0.6, 0.9, 0.9])
    assert values(path, "clock").tolist() == [-1.0, -0.5, 0.0, 0.5, 0.5, 0.5, 0.5]
    kept = values(path, "kept")
    assert kept[5] == 1.0
    assert kept[6] == pytest.approx(np.exp(-0.5))


def test_compensation_waits_for_a_call():
    first = AdaptiveStep("a", (0,), start=0.0, rules=(rule("compensate", 0.5, band=0.2),))
    answer = AdaptiveStep("b", (1,), start=0.0, called_by=("a",))
    path = decisions(plan(first, answer), [0.3, 0.3, 0.6, 0.6, 0.2])
    # The call of one moment is heard at the next.
    assert values(path, "opened", 1).tolist() == [0, 0, 0, 1, 1]


def test_a_later_step_waits_until_the_earlier_has_proven_itself():
    first = AdaptiveStep("a", (0,), start=0.0, rules=(rule("hold", 0.5),))
    second = AdaptiveStep("b", (1,), start=0.0, after=(("a", 1.0),))
    calm = values(decisions(plan(first, second), [0.3] * 5), "opened", 1)
    held = values(decisions(plan(first, second), [0.3, 0.6, 0.6, 0.3, 0.3]), "opened", 1)
    assert calm.tolist() == [0, 0, 1, 1, 1]
    assert held.tolist() == [0, 0, 0, 0, 1]


def test_nothing_is_decided_on_what_nobody_has_seen():
    step = AdaptiveStep("a", (0,), start=0.0, rules=(rule("hold", 0.5),))
    assert values(decisions(plan(step), [0.9] * 3, seen=False), "held").tolist() == [0, 0, 0]


def test_smooth_form_tends_to_the_hard_form_away_from_the_levels():
    rng = np.random.default_rng(1)
    step = AdaptiveStep(
        "a",
        (0,),
        start=0.5,
        rules=(
            rule("proceed", 0.45, above=False),
            rule("hold", 0.5, band=0.1),
            rule("revert", 0.75, band=0.2),
        ),
    )
    signal = rng.uniform(0, 1, 60)
    near = np.abs(signal[:, None] - np.array([0.45, 0.5, 0.4, 0.75, 0.55])).min(axis=1) < 0.02
    signal = signal[~near]
    hard, smooth = (decisions(plan(step), signal, softness) for softness in (0.0, 1e-3))
    for name in ("opened", "held", "reverted", "clock", "kept"):
        np.testing.assert_allclose(values(smooth, name), values(hard, name), atol=1e-6, err_msg=name)
    assert 0 < values(hard, "held").mean() < 1


@pytest.mark.parametrize("delay", [0.5, 1.0, 2.5])
def test_an_observation_is_as_old_as_its_delay(delay):
    view = view_slots(WORLD, (Indicator("tension", "north", every=0.5, delay=delay),), 2, INSIDE, 1)
    luck = Luck(jnp.uint32(0), jnp.arange(1, dtype=jnp.uint32))
    sight = first_sight(6, 1, jnp.zeros((1, 1)))
    shown = []
    for i in range(10):
        sight = observe(view, luck, jnp.asarray(i), sight)
        shown.append(float(sight.observed[0, 0]) if bool(sight.seen[0]) else None)
        sight = remember(view, sight, jnp.full((1, 1), 100.0 + i))
    steps = int(2 * delay)
    assert shown == [None] * steps + [100.0 + i for i in range(10 - steps)]


def test_rare_observations_stay_until_the_next_and_errors_are_keyed():
    indicator = Indicator("tension", "north", every=1.5, delay=0.5, error=0.1)
    view = view_slots(WORLD, (indicator,), 2, INSIDE, 1)
    luck = Luck(jnp.uint32(4), jnp.arange(500, dtype=jnp.uint32))
    sight = first_sight(6, 1, jnp.zeros((1, 500)))
    shown = []
    for i in range(8):
        sight = observe(view, luck, jnp.asarray(i), sight)
        shown.append(np.asarray(sight.observed[0]))
        sight = remember(view, sight, jnp.full((1, 500), 0.5))
    assert np.array_equal(shown[1], shown[2])
    assert np.array_equal(shown[1], shown[3])
    assert not np.array_equal(shown[3], shown[4])
    assert shown[4].std() == pytest.approx(0.1, rel=0.15)


# In the loop.

MEASURES = (
    Step("restraint", ("ALF",), (Effect("doctrine", 0.6, packages.ROLES_CUT, ramp=2.0),), start=1.0),
    Step("talks", ("ALF", "BRA"), (Effect("detente", 0.6, ramp=2.0), Effect("crisis_communication", 0.5))),
)
PROGRAM = Program.build(WORLD, MEASURES)
NOISE = Noise(*(np.array([x]) for x in (0.5, 0.4, 0.2, 0.5, 0.2)))
KEEP = ("role", "tension", "cif", "assurance", "reliance")
WATCHED = (
    Indicator("tension", "north", every=1.0, delay=0.5, error=0.03),
    Indicator("assurance", "CHA", every=1.0, delay=1.0, error=0.03),
)


def adaptive(
    program=PROGRAM, steps=None, indicators=WATCHED, noise=NOISE, draws=None, **options
) -> AdaptiveRun:
    padded = program.padded(8, 32, 16, 8, 8)
    built = TriggerPlan.build(WORLD, indicators, steps or STEPS, 8, rules=8)
    options = {"precision": "float64", "horizon_years": 15, "chunk": 16, "keep": KEEP, "seed": 3} | options
    return simulate_adaptive(WORLD, draws or priors.draw(WORLD, 16), padded, built, noise=noise, **options)


STEPS = (
    AdaptiveStep(
        "restraint",
        (0,),
        start=1.0,
        rules=(
            Rule("hold", "tension.north", above=True, level=0.5, band=0.05),
            Rule("revert", "assurance.CHA", above=False, level=0.3, band=0.1),
        ),
    ),
    AdaptiveStep("talks", (1,), start=2.0, rules=(Rule("proceed", "tension.north", False, 0.6),)),
)
ALWAYS = (AdaptiveStep("restraint", (0,), start=1.0), AdaptiveStep("talks", (1,), start=2.0))


def test_steps_without_rules_are_the_plain_package():
    later = Program.build(WORLD, (MEASURES[0], replace(MEASURES[1], start=2.0)))
    draws = priors.draw(WORLD, 16)
    plain = simulate(
        *(WORLD, draws, later.padded(8, 32, 16, 8, 8)),
        precision="float64",
        horizon_years=15,
        chunk=16,
        keep=KEEP,
        dt=EVENT_STEP,
    )
    steered = adaptive(steps=ALWAYS, noise=None, draws=draws).trajectories
    for name in KEEP:
        np.testing.assert_allclose(steered[name], plain[name], rtol=1e-9, atol=1e-12, err_msg=name)


def test_every_state_occurs_and_is_told_per_future():
    run = adaptive()
    found = set(np.unique(run.state).tolist())
    assert {StepState.WAITING, StepState.PROCEEDING, StepState.HOLDING} <= found
    assert run.state.shape == (16, 2, 16)
    assert len(np.unique(run.state[-1, 0])) > 1, "futures differ"


def test_a_decision_follows_from_the_observations_alone():
    """Replaying the recorded observations through the rules gives the recorded decisions."""
    indicators = tuple(replace(i, every=1.0, delay=1.0) for i in WATCHED)
    run = adaptive(indicators=indicators)
    slots = plan_slots(run.plan, 0.0, INSIDE)
    now = first_progress(slots, jnp.zeros((1, 16)))
    for year in range(16):
        seen = jnp.full(2, year >= 1)
        for half in range(2):
            sight = Sight(None, jnp.asarray(run.observed[year]), jnp.zeros((2, 16)), seen)
            now = decide(slots, sight, jnp.asarray(year + 0.5 * half), now)
            if half == 0:
                for name in ("opened", "held", "reverted"):
                    np.testing.assert_array_equal(
                        np.asarray(getattr(now, name)), getattr(run, name)[year], name
                    )
            now = advance(slots, now, 0.5)


def test_hidden_changes_that_are_not_observed_change_no_decision():
    """Other hazards of use and proliferation, the same observations: whoever decides cannot know."""
    draws = priors.draw(WORLD, 16)
    other = {"H0": 0.03, "b_V": 8.0, "b_R": 3.0, "b_N": 2.0, "b_chi": 2.0, "p1_false": 0.01, "h0": 0.01}
    hidden = draws | {name: np.full_like(draws[name], value) for name, value in other.items()}
    one, two = (adaptive(draws=d) for d in (draws, hidden))
    np.testing.assert_array_equal(one.observed, two.observed)
    np.testing.assert_array_equal(one.state, two.state)
    risk = [r.trajectories["cif"][-1].sum(axis=(0, 1)) for r in (one, two)]
    assert np.all(risk[0] != risk[1])


def test_a_late_observer_reacts_late_to_a_crisis():
    shocks = ShockPlan.build(WORLD, [Shock("crisis", "north", start=5.0, size=3.0, lasting=4.0)])

    def first_held(delay: float) -> np.ndarray:
        watched = (Indicator("tension", "north", every=0.5, delay=delay), WATCHED[1])
        steps = (
            AdaptiveStep("restraint", (0,), 1.0, rules=(Rule("hold", "tension.north", True, 0.85),)),
            ALWAYS[1],
        )
        draws = priors.draw(WORLD, 16)
        draws["tau0"] = np.full_like(draws["tau0"], 0.4)
        held = adaptive(steps=steps, indicators=watched, noise=None, shocks=shocks, draws=draws).held[:, 0]
        assert not held[:6].any()
        return np.where(held.any(axis=0), held.argmax(axis=0), 99)

    soon, late = first_held(0.5), first_held(2.5)
    assert np.all(soon < 99)
    assert np.all(late - soon == 2)


def test_shocks_jump_and_fade():
    shocks = ShockPlan.build(
        WORLD,
        [
            Shock("confidence", "CHA", 3.0),
            Shock("crisis", "south", 4.0),
            Shock("leader", "ALF", 2.0, lasting=5.0),
        ],
    )
    base, struck = (adaptive(steps=ALWAYS, noise=None, shocks=z).trajectories for z in (None, shocks))
    fallen = struck["assurance"][:, 0] - base["assurance"][:, 0]
    assert np.all(fallen[:3] == 0)
    assert np.all(fallen[3] < 0)
    assert np.all(np.abs(fallen[-1]) < np.abs(fallen[4]))
    risen = struck["tension"][:, 1] - base["tension"][:, 1]
    assert np.all(risen[4] > 0.05)


@pytest.mark.slow
def test_gradients_of_the_smooth_form_are_finite():
    from stepdown.contracts.parameters import PARAMETERS
    from stepdown.simulation.indicators import view_slots as view
    from stepdown.simulation.package import device_package
    from stepdown.simulation.path import Happenings, run_path

    draws = {k: jnp.asarray(v) for k, v in priors.draw(WORLD, 4).items() if k in PARAMETERS}
    package = device_package(PROGRAM.padded(2, 4, 4, 1, 1), slice(0, 4), 4, INSIDE, 4)
    built = TriggerPlan.build(WORLD, WATCHED, STEPS, 2)
    slots = plan_slots(built, 0.03, INSIDE)
    luck = Luck(jnp.uint32(1), jnp.arange(4, dtype=jnp.uint32))

    def outcome(level, strength):
        rows = package.actor_rows._replace(strength=package.actor_rows.strength * strength)
        happen = Happenings(luck, None, slots._replace(level=level), view(WORLD, WATCHED, 2, INSIDE, 2))
        out = run_path(
            WORLD,
            draws,
            package._replace(actor_rows=rows),
            jnp.asarray(1.0),
            happen,
            years=6,
            steps_per_year=2,
            keep=("reliance",),
        )
        return jnp.mean(out["reliance"][-1])

    value = jax.jit(jax.grad(outcome, argnums=(0, 1)))
    by_level, by_strength = value(slots.level, jnp.asarray(1.0))
    assert np.isfinite(np.asarray(by_level)).all()
    assert float(by_strength) != 0
    assert np.abs(np.asarray(by_level)).max() > 0


def test_every_fault_of_a_plan_is_told_at_once():
    with pytest.raises(ValueError, match="plan is inconsistent") as found:
        TriggerPlan.build(
            WORLD,
            [
                Indicator("tension", "nowhere"),
                Indicator("mood", "ALF"),
                Indicator("assurance", "ALF", delay=9.0),
            ],
            [AdaptiveStep("a", (0, 9), 0.0, rules=(rule("hold", 0.5, indicator="x"),), after=(("b", 1.0),))],
            8,
        )
    told = str(found.value)
    for part in (
        "no such theatre",
        "unknown; allowed",
        "no nuclear guarantee",
        "delay <= 3",
        "0 ... 7",
        "not observed",
    ):
        assert part in told
    assert "waits for b" in told
