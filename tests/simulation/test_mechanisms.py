"""Single mechanisms against their limits."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from stepdown.contracts.program import Effect, Program, Step
from stepdown.contracts.trajectories import ResultCode
from stepdown.simulation.budget import shrink
from stepdown.simulation.challenge import expected_gain
from stepdown.simulation.crises import attack_weights, crisis_log_odds
from stepdown.simulation.shapes import log_sigmoid, ramp, scale_threshold, tilt
from stepdown.simulation.structure import structure
from stepdown.simulation.trust import reassures

from . import packages, priors, worlds

WORLD = worlds.small()


@pytest.mark.parametrize(("gain", "cost"), [(0.3, 0.9), (0.6, 0.7)])
def test_11_at_high_precision_the_challenge_steps_at_the_point_of_indifference(gain, cost):
    c = jnp.linspace(0, 1, 2001)[:, None, None]
    G, d_C = jnp.full((1, 1, 1), gain), jnp.full((1, 1, 1), cost)
    dU = expected_gain(jnp.zeros_like(c), c, jnp.zeros_like(c), G, jnp.zeros(1), d_C)
    pi = np.exp(log_sigmoid(200 * dU))[:, 0, 0]
    step = c[int(np.argmax(pi < 0.5)), 0, 0]
    assert abs(step - gain / (gain + cost)) < 0.01
    assert pi[0] > 0.99
    assert pi[-1] < 0.01


def test_29_costly_signals_reassure_inside_the_window_of_kydd():
    p = {"alpha_min": jnp.asarray(0.5), "alpha_max": jnp.asarray(0.66667)}
    inside, cheap, dear = reassures(p, jnp.asarray([0.58, 0.2, 0.95]), jnp.asarray(0.5))
    assert inside > 5 * max(cheap, dear)


def test_an_ally_split_in_two_changes_nothing():
    """Charlie's relations given twice at half the weight: the same rate of crises."""
    halves = [replace(r, weight=r.weight / 2) for r in WORLD.relations if "CHA" in (r.challenger, r.defender)]
    names = {"challenger": "CH2", "defender": "CH2"}
    copies = [
        replace(h, **{side: name for side, name in names.items() if getattr(h, side) == "CHA"})
        for h in halves
    ]
    whole = [r for r in WORLD.relations if "CHA" not in (r.challenger, r.defender)]
    split = replace(
        WORLD,
        actors=(*WORLD.actors, "CH2"),
        relations=(*whole, *halves, *copies),
        guarantees=(*WORLD.guarantees, replace(WORLD.guarantees[0], protege="CH2")),
    )
    change = dict(
        zip((r.id for r in WORLD.relations), np.random.default_rng(0).normal(size=(8, 6, 1)), strict=True)
    )

    def odds(world):
        s, p = structure(world), {k: jnp.asarray(v) for k, v in priors.middle(world, 1).items()}
        moved = jnp.asarray(np.stack([change[r.id.replace("CH2", "CHA")] for r in world.relations]))
        return np.asarray(crisis_log_odds(s, p, attack_weights(s, p), jnp.zeros((2, 1)), moved))

    np.testing.assert_allclose(odds(split), odds(WORLD), rtol=1e-12)
    assert np.abs(odds(WORLD)).min() > 1e-3
    bare = replace(split, relations=(*whole, *(replace(r, weight=2 * r.weight) for r in (*halves, *copies))))
    assert not np.allclose(odds(bare), odds(WORLD)), "the weights matter"


def test_shapes():
    x = jnp.linspace(-3, 3, 61)
    assert float(ramp(jnp.asarray(0.0))) == 0.0
    assert float(ramp(jnp.asarray(-1.0))) == 0.0
    assert float(ramp(jnp.asarray(1.0))) == pytest.approx(1 / 1.02)
    np.testing.assert_allclose(
        tilt(jnp.asarray(0.3), x), 1 / (1 + np.exp(-(np.log(0.3 / 0.7) + x))), rtol=1e-12
    )
    assert float(tilt(jnp.asarray(0.0), jnp.asarray(9.0))) == 0.0
    assert float(scale_threshold(jnp.asarray(1.0), jnp.asarray(0.3))) == pytest.approx(1.0)
    np.testing.assert_allclose(log_sigmoid(x), -np.log1p(np.exp(-x)), rtol=1e-12)


def test_a_budget_shrinks_smoothly_to_what_it_can_pay():
    use = np.array([0.0, 0.5, 1.0, 4.0])
    np.testing.assert_allclose(shrink(jnp.asarray(use)), [1.0, 0.99951, 0.917, 0.25], atol=1e-3)


def test_reciprocal_measures_wait_for_the_rival():
    draws = priors.draw(WORLD, 16, seed=8)

    def cut(who, condition):
        effects = (Effect("theatre_cut", 0.5, ramp=1.0),)
        run = packages.run(
            WORLD, draws, Program.build(WORLD, [Step("cut", who, effects, condition=condition)])
        )
        return run["theatre_forces"][-1, WORLD.armed.index("ALF")]

    alone, together = cut(("ALF",), "reciprocal"), cut(("ALF", "BRA"), "reciprocal")
    unilateral = cut(("ALF",), "unilateral")
    assert (alone > together).mean() > 0.9
    assert np.median(unilateral) < np.median(alone)


def test_what_one_measure_builds_another_can_undo():
    draws = priors.draw(WORLD, 16, seed=8)
    build = Effect("capability", 0.6, ("forward_defence",))
    undo = Effect("capability", 0.9, ("forward_defence",), lowers=True)
    end = {}
    for name, effects in {"build": (build,), "undone": (build, undo)}.items():
        program = Program.build(WORLD, [Step(name, ("ALF",), effects)])
        end[name] = packages.run(WORLD, draws, program)["capability"][-1, 0, 5]
    assert (end["undone"] < end["build"]).all()


def test_draws_that_do_not_fit_are_named_all_at_once():
    draws = priors.draw(WORLD, 16)
    del draws["lam"]
    draws["mystery"] = np.ones(16)
    draws["tau0"] = draws["tau0"][:1]
    with pytest.raises(ValueError, match="mystery") as caught:
        packages.run(WORLD, draws, Program.build(WORLD))
    assert "lam: missing" in str(caught.value)
    assert "tau0: shape" in str(caught.value)


def test_a_bad_future_keeps_its_place_and_gets_a_code():
    draws = priors.draw(WORLD, 16)
    draws["H0"][3] = np.nan
    draws["mu0"][0, 5] = 1.7
    run = packages.run(WORLD, draws, Program.build(WORLD))
    assert list(np.flatnonzero(run.code == ResultCode.BAD_INPUT)) == [3, 5]
    assert run.ok.sum() == 14


def test_chunks_do_not_change_a_future_and_32_bit_is_close():
    draws = priors.draw(WORLD, 20)
    program = packages.everything(WORLD)
    whole = packages.run(WORLD, draws, program)
    part = packages.run(WORLD, {k: v[..., 4:] for k, v in draws.items()}, program)
    np.testing.assert_allclose(whole["cif"][..., 4:], part["cif"], rtol=1e-12)
    single = packages.run(WORLD, draws, program, precision="float32")
    np.testing.assert_allclose(single.use_risk[-1], whole.use_risk[-1], rtol=1e-3)
