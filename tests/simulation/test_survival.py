"""Check 34 and the step of competing risks."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdown.simulation.survival import survive

from . import packages, priors, worlds


def test_incidences_sum_to_lost_survival_on_any_path():
    world = worlds.small()
    run = packages.run(world, priors.draw(world, 16), packages.everything(world), drivers="documented")
    np.testing.assert_allclose(run.use_risk, 1 - run["survival"], atol=1e-12)
    assert (np.diff(run["cif"], axis=0) >= 0).all()
    assert run.use_risk[-1].min() > 0


@settings(deadline=None)
@given(st.lists(st.floats(0, 5), min_size=2, max_size=8), st.floats(0, 2))
def test_one_step_is_exact_for_a_constant_hazard(hazard, dt):
    h = jnp.asarray(hazard)[:, None, None]
    left, gained = survive(jnp.ones(1), h, dt)
    np.testing.assert_allclose(left, np.exp(-sum(hazard) * dt), atol=1e-15)
    np.testing.assert_allclose(gained.sum(), 1 - left[0], atol=1e-15)
    if sum(hazard) > 0:
        np.testing.assert_allclose(
            gained[:, 0, 0], np.array(hazard) / sum(hazard) * (1 - left[0]), atol=1e-15
        )


def test_no_hazard_no_incidence():
    left, gained = survive(jnp.ones(3), jnp.zeros((4, 2, 3)), 0.5)
    assert (left == 1).all()
    assert (gained == 0).all()
