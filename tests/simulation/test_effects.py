"""Public checks on whole runs: 39, 40, 43, 46, 53."""

import jax.numpy as jnp
import numpy as np

from stepdown.contracts.program import Effect, Program, Step
from stepdown.simulation.perception import log_unread, perceived_target, posture_implied
from stepdown.simulation.shapes import mix
from stepdown.simulation.structure import structure

from . import packages, priors, worlds

WORLD = worlds.small()
A, B = WORLD.actors.index("ALF"), WORLD.actors.index("BRA")
SEEN = [r.id for r in WORLD.relations].index("BRA>ALF")


def _pair(draws, program, world=WORLD):
    return packages.run(world, draws, Program.build(world)), packages.run(world, draws, program)


def _middle(**changed):
    return priors.middle(WORLD, 16) | {
        k: np.full_like(priors.middle(WORLD, 16)[k], v) for k, v in changed.items()
    }


def test_39_dialogue_closes_the_gap():
    talk = Program.build(WORLD, [Step("talk", ("ALF",), (Effect("dialogue", 0.7),))])
    base, talked = _pair(priors.draw(WORLD, 16, seed=2), talk)
    assert (talked["gap"][-1, SEEN] < base["gap"][-1, SEEN]).all()
    assert talked["gap"].min() > -1e-9


def test_39_trust_and_posture_in_line_with_doctrine_close_the_gap():
    s, p = structure(WORLD), {k: jnp.asarray(v) for k, v in priors.draw(WORLD, 16, seed=2).items()}
    R, trust, silent = p["R0"], p["mu0"], jnp.zeros((3, 16))
    unread = log_unread(s, p, p["mu0"])

    def gap(implied, trust):
        seen = perceived_target(s, p, R, implied, trust, unread, silent)
        return np.asarray(seen - mix(s.onto_defender, R))

    loud = posture_implied(p, R, jnp.full((3, 16), 0.5), jnp.full((3, 16), 0.1))
    assert (gap(R, trust) >= 0).all()
    assert (gap(R, trust) <= gap(loud, trust)).all()
    assert (gap(R, trust) < gap(loud, trust)).any()
    assert (gap(loud, trust + 0.2) < gap(loud, trust)).all()


def test_40_build_up_without_restraint_raises_everything_the_rival_has():
    draws = _middle(x_C=2.0, self_stimulation=0.0, a_V=0.8, theta_V=3.0, s9_scale=0.0, x_M=0.5)
    for builder in ("ALF", "CHA"):
        base, run = _pair(draws, packages.strike(WORLD, (builder,)))
        rival = WORLD.armed.index("BRA")
        secondary = slice(2, 7)
        assert (run["role_demand"][-1, rival, secondary] > base["role_demand"][-1, rival, secondary]).all()
        for name in ("strategic_forces", "prompt_launch"):
            assert (run[name][-1, rival] > base[name][-1, rival]).all(), (builder, name)
        onto_bravo = [i for i, r in enumerate(WORLD.relations) if r.id == f"{builder}>BRA"]
        assert (run["vulnerability"][-1, onto_bravo] > base["vulnerability"][-1, onto_bravo]).all()


def test_a_believed_pledge_spares_the_rival():
    draws = _middle(x_C=2.0, mu0=0.55, s9_scale=0.0)
    bare = packages.run(WORLD, draws, packages.strike(WORLD, ("ALF",)))
    pledged = packages.run(WORLD, draws, packages.strike(WORLD, ("ALF",), restraint=True))
    onto = [r.id for r in WORLD.relations].index("ALF>BRA")
    assert (pledged["vulnerability"][-1, onto] < bare["vulnerability"][-1, onto]).all()
    assert (pledged["hazard"][-1, 1] < bare["hazard"][-1, 1]).any()


def test_43_doctrine_alone_lowers_assurance_raises_proliferation_and_keeps_the_core():
    draws = priors.draw(WORLD, 16, seed=4)
    base, run = _pair(draws, packages.doctrine(WORLD, ("ALF",)))
    np.testing.assert_array_equal(run["role"][:, :, :2], base["role"][:, :, :2])
    lower = run["assurance"][-1] < base["assurance"][-1] + 1e-9
    assert lower.mean() > 0.9
    assert np.median(run["assurance"][-1] - base["assurance"][-1]) < -1e-4
    protected = [WORLD.actors.index(g.protege) for g in WORLD.guarantees]
    assert np.median(run["proliferation"][-1, protected] / base["proliferation"][-1, protected]) > 1.0


def test_a_doctrine_cut_alone_never_raises_inadvertent_use_by_fear():
    draws = _middle(b_pi=0.0, b_V=0.0, b_L=0.0, b_tau=0.0, b_chi=0.0, s9_scale=0.0, b_g=2.0)
    base, run = _pair(draws, packages.doctrine(WORLD, ("ALF",)))
    assert (run["hazard"][:, 1] <= base["hazard"][:, 1] * (1 + 1e-9)).all()


def test_46_deployed_weapons_assure_only_where_the_switch_says_so():
    cut = Program.build(WORLD, [Step("home", ("ALF",), (Effect("theatre_cut", 0.9),))])
    host = [g.kind for g in WORLD.guarantees].index("sharing_host")
    base, run = _pair(_middle(a_T=0.0), cut)
    np.testing.assert_allclose(run["assurance"][-1, host], base["assurance"][-1, host], atol=5e-3)
    base, run = _pair(_middle(a_T=1.0), cut)
    assert (run["assurance"][-1, host] < base["assurance"][-1, host] - 0.05).all()


def test_53_identical_actors_get_identical_outputs():
    world = worlds.twins()
    run = packages.run(world, priors.middle(world, 16), packages.everything(world))
    for name in (
        "role",
        "reliance",
        "strategic_forces",
        "prompt_launch",
        "domestic_support",
        "vulnerability",
    ):
        np.testing.assert_allclose(run[name][:, 0], run[name][:, 1], rtol=1e-12, err_msg=name)


def test_53_swapping_the_labels_swaps_the_outputs():
    world = worlds.twins()
    draws = priors.draw(world, 16, seed=9)
    swapped = {k: v[::-1] if worlds.two_rows(world, k) else v for k, v in draws.items()}
    one, two = (packages.run(world, d, packages.everything_alike(world)) for d in (draws, swapped))
    for name in ("role", "strategic_forces", "trust", "vulnerability", "domestic_support"):
        np.testing.assert_allclose(one[name], two[name][:, ::-1], rtol=1e-9, err_msg=name)
    np.testing.assert_allclose(one["hazard"], two["hazard"], rtol=1e-9)
