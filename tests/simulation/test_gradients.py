"""Check 38: every lever has a finite gradient that central differences confirm."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from stepdown.simulation.integrate import run
from stepdown.simulation.package import device_package
from stepdown.simulation.structure import structure

from . import packages, priors, worlds

WORLD = worlds.small()
STEP = 1e-5


def _outcome():
    draws = priors.draw(WORLD, 4, seed=5)
    p = {k: jnp.asarray(v) for k, v in draws.items()}
    package = device_package(packages.everything(WORLD), slice(0, 4), 4, np.dtype(float), 4)
    names = ("actor_rows", "theatre_rows", "global_rows")

    def total(strengths):
        moved = package._replace(
            **{n: getattr(package, n)._replace(strength=x) for n, x in zip(names, strengths, strict=True)}
        )
        out = run(
            structure(WORLD),
            p,
            moved,
            jnp.asarray(1.0),
            years=4,
            steps_per_year=2,
            keep=("cif", "reliance", "assurance", "proliferation"),
        )
        return sum(jnp.sum(jnp.sin(x[-1] * 3)) for x in out.values() if x.dtype == float)

    return total, tuple(getattr(package, n).strength for n in names)


@pytest.mark.slow
def test_gradient_by_every_lever_matches_central_differences():
    total, at = _outcome()
    value = jax.jit(total)
    gradient = jax.jit(jax.grad(total))(at)
    for group, found in enumerate(gradient):
        assert np.isfinite(found).all()
        for row in range(len(found)):

            def moved(step, group=group, row=row):
                return tuple(x.at[row].add(step) if g == group else x for g, x in enumerate(at))

            numeric = (value(moved(STEP)) - value(moved(-STEP))) / (2 * STEP)
            np.testing.assert_allclose(found[row].sum(), numeric, rtol=1e-3, atol=1e-6)
    assert max(np.abs(g).max() for g in gradient) > 1e-3
