"""When measures start: exact means over a step, and what the integrator makes of them."""

import numpy as np

from stepdown.simulation import timing
from stepdown.simulation.oracle import run_in_numpy
from stepdown.simulation.package import package_of

from . import packages, priors, worlds

WORLD = worlds.small()
PROGRAM = packages.everything(WORLD).padded(8, 32, 16, 8, 8)
PACKAGE = package_of(PROGRAM, slice(0, 1), 1, np.dtype(float), 1)


def _number(x: float) -> np.ndarray:
    return np.asarray(x)


def test_the_mean_over_a_step_is_the_integral_of_the_moments():
    parts = 2000
    middles = 1.0 + (np.arange(parts) + 0.5) / parts
    found = timing.step(PACKAGE, _number(1.0), 1.0)
    fine = [timing.moment(PACKAGE, _number(t)) for t in middles]
    for name in timing.Timing._fields:
        expected = np.mean([getattr(x, name) for x in fine], axis=0)
        np.testing.assert_allclose(getattr(found, name), expected, atol=1e-3, err_msg=name)
    assert 0 < found.world.min() < 1


def test_half_of_the_last_change_added_to_what_is_felt_gives_the_mean():
    came = timing.step(PACKAGE, _number(0.0), 1.0)
    for year in range(1, 6):
        mean = timing.step(PACKAGE, _number(float(year)), 1.0)
        before, came = came, timing.felt(mean, came)
        np.testing.assert_allclose(came.actor + 0.5 * (came.actor - before.actor), mean.actor, atol=1e-12)
        assert came.actor.min() >= 0
        assert came.actor.max() <= 1


def test_roles_follow_a_measure_that_starts_at_the_end_of_a_step():
    draws = priors.draw(WORLD, 16, seed=3)
    program = packages.doctrine(WORLD).padded(8, 32, 16, 8, 8)
    options = {"keep": ("role",), "horizon_years": 6}
    coarse, fine = (run_in_numpy(WORLD, draws, program, dt=dt, **options)["role"] for dt in (1.0, 1 / 16))
    assert np.abs(fine[-1] - fine[0]).max() > 0.2
    assert np.abs(coarse - fine).max() < 0.02
