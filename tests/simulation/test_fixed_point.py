"""Check 35: with drivers frozen and no lever nothing moves; hazards at the start match the prior."""

import numpy as np
import pytest

from stepdown.contracts.program import Effect, Program, Step

from . import packages, priors, worlds

ACCUMULATING = {"cif", "survival", "proliferation"}


@pytest.mark.parametrize("world", [worlds.small(), worlds.twins()], ids=["small", "twins"])
def test_everything_is_constant_without_drivers_and_levers(world):
    run = packages.run(world, priors.draw(world, 16), Program.build(world))
    assert run.ok.all()
    for name, values in run.series.items():
        if name not in ACCUMULATING:
            np.testing.assert_allclose(
                values, np.broadcast_to(values[:1], values.shape), atol=1e-12, err_msg=name
            )


def test_proliferation_hazard_is_constant_and_at_the_base_rate():
    world, draws = worlds.small(), priors.draw(worlds.small(), 16)
    run = packages.run(world, draws, Program.build(world))
    expected = np.outer(run.years, draws["h0"])
    unarmed = [i for i, a in enumerate(world.actors) if a not in world.armed]
    for i in unarmed:
        np.testing.assert_allclose(run["proliferation"][:, i], expected, rtol=1e-9)


def test_a_measure_of_strength_zero_is_the_baseline():
    world, draws = worlds.small(), priors.draw(worlds.small(), 16)
    idle = Program.build(
        world, [Step("idle", world.actors, (Effect("detente", 0.0), Effect("dialogue", 0.0)))]
    )
    empty = packages.run(world, draws, Program.build(world), drivers="documented")
    run = packages.run(world, draws, idle, drivers="documented")
    for name, values in empty.series.items():
        np.testing.assert_allclose(run[name], values, rtol=1e-12, atol=1e-14, err_msg=name)


def test_start_hazards_match_the_prior_by_cause_and_theatre():
    world, draws = worlds.small(), priors.draw(worlds.small(), 16)
    hazard = packages.run(world, draws, Program.build(world))["hazard"][0]
    cause = draws["share_cause"] / draws["share_cause"].sum(axis=0)
    theatre = draws["share_theatre"] / draws["share_theatre"].sum(axis=0)
    np.testing.assert_allclose(hazard.sum(axis=1), draws["H0"] * cause, rtol=1e-9)
    np.testing.assert_allclose(hazard.sum(axis=0), draws["H0"] * theatre, rtol=1e-9)


def test_drivers_move_the_baseline():
    world, draws = worlds.small(), priors.draw(worlds.small(), 16)
    run = packages.run(world, draws, Program.build(world), drivers="documented")
    end = draws["trend_S"] * draws["T_trend"] * (1 - np.exp(-packages.YEARS / draws["T_trend"]))
    grown = np.log(run["strategic_forces"][-1])
    assert np.corrcoef(grown.ravel(), end.ravel())[0, 1] > 0.9
    assert np.ptp(run["tension"], axis=0).max() > 0.01
