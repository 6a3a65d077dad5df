"""A bad prior costs its own future only: it gets a code, its neighbours do not move by a bit."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from stepdown.contracts.trajectories import ResultCode
from stepdown.simulation.integrate import run
from stepdown.simulation.package import device_package
from stepdown.simulation.structure import structure

from . import packages, priors, worlds

WORLD = worlds.small()
LANES = 8
SERIES = ("cif", "tension", "strategic_forces", "assurance", "proliferation")


@pytest.fixture(scope="module")
def compiled():
    with jax.enable_x64(True):
        package = device_package(packages.everything(WORLD), slice(0, LANES), LANES, np.dtype(float), LANES)
        return jax.jit(
            partial(
                run,
                structure(WORLD),
                package=package,
                documented=jnp.asarray(1.0),
                years=12,
                steps_per_year=2,
                keep=SERIES,
            )
        )


def _a_norm_faster_than_the_step(p):
    """No failure: relaxing to targets keeps shares in range where an explicit step left it."""
    p["T_N"][1] = 0.1


def _undefined(p):
    p["b_V"][2] = np.nan


def _arms_race(p):
    p["k_dl"][3] = -400.0


def _proliferation(p):
    p["h0"][4] = 1e4


def _division(p):
    p["T_R"][5] = 0.0


INJURED = {
    _a_norm_faster_than_the_step: (1, (ResultCode.OK,)),
    _undefined: (2, (ResultCode.NON_FINITE,)),
    _arms_race: (3, (ResultCode.EXPLOSIVE,)),
    _proliferation: (4, (ResultCode.EXPLOSIVE,)),
    _division: (5, (ResultCode.NON_FINITE, ResultCode.OUT_OF_RANGE)),
}


def test_every_kind_of_failure_has_its_code_and_stays_in_its_lane(compiled):
    draws = priors.draw(WORLD, LANES, seed=8)
    healthy = {k: np.asarray(v) for k, v in compiled(draws).items()}
    assert (healthy["code"] == ResultCode.OK).all()
    for injure in INJURED:
        injure(draws)
    found = {k: np.asarray(v) for k, v in compiled(draws).items()}
    for lane, codes in INJURED.values():
        assert ResultCode(found["code"][lane]) in codes, lane
    whole = [0, 6, 7]
    assert (found["code"][whole] == ResultCode.OK).all()
    for name in SERIES:
        np.testing.assert_array_equal(found[name][..., whole], healthy[name][..., whole])
