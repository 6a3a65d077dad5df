"""Check 36: the chosen step is fine enough, and the method has order two."""

import numpy as np
import pytest

from stepdown.contracts.program import Program
from stepdown.simulation.oracle import run_in_numpy

from . import packages, priors, worlds

WORLD = worlds.small()
DRAWS = priors.draw(WORLD, 16, seed=3)


def _risk(program, dt):
    """Incidence of first use after twenty years; the oracle runs the kernel's lines and compiles nothing."""
    padded = program.padded(8, 32, 16, 8, 8)
    run = run_in_numpy(WORLD, DRAWS, padded, keep=("cif",), horizon_years=packages.YEARS, dt=dt)
    return run["cif"][-1].sum(axis=(0, 1))


@pytest.mark.parametrize(
    "package", [Program.build(WORLD), packages.everything(WORLD)], ids=["baseline", "all"]
)
@pytest.mark.parametrize("dt", [0.5, 1.0])
def test_use_risk_is_within_half_a_per_cent_at_half_a_year_and_a_year(package, dt):
    coarse, fine = _risk(package, dt), _risk(package, 1 / 8)
    assert np.abs(coarse / fine - 1).max() < 0.005


def test_the_method_has_order_two():
    program = Program.build(WORLD)
    fine = _risk(program, 1 / 32)
    errors = [np.abs(_risk(program, dt) / fine - 1) for dt in (0.5, 1 / 8)]
    order = np.median(np.log(errors[0] / errors[1])) / np.log(4)
    assert 1.8 < order < 2.3
