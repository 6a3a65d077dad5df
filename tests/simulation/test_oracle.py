"""The kernel against the same equations run by NumPy, one future at a time or many; placed futures."""

import numpy as np
import pytest

from stepdown.contracts.trajectories import SERIES
from stepdown.simulation import place, simulate
from stepdown.simulation.oracle import run_in_numpy

from . import packages, priors, worlds

WORLD = worlds.small()
DRAWS = priors.draw(WORLD, 16, seed=12)
PADDED = packages.everything(WORLD).padded(8, 32, 16, 8, 8)


def test_numpy_gives_every_series_of_the_kernel():
    compiled = packages.run(WORLD, DRAWS, packages.everything(WORLD), drivers="documented")
    plain = run_in_numpy(WORLD, DRAWS, PADDED, keep=tuple(SERIES), horizon_years=packages.YEARS)
    assert set(plain) == set(SERIES)
    for name, values in plain.items():
        assert type(values) is np.ndarray
        assert values.dtype == np.float64
        np.testing.assert_allclose(compiled[name], values, rtol=1e-9, atol=1e-12, err_msg=name)


def test_a_future_alone_is_that_future_among_others():
    many = run_in_numpy(WORLD, DRAWS, PADDED, keep=("cif", "role"), horizon_years=4)
    alone = {symbol: x[..., 5:6] for symbol, x in DRAWS.items()}
    one = run_in_numpy(WORLD, alone, PADDED, keep=("cif", "role"), horizon_years=4)
    for name, values in one.items():
        np.testing.assert_allclose(values[..., 0], many[name][..., 5], rtol=1e-12)


@pytest.mark.parametrize("threads", [1, 2])
def test_placed_futures_give_the_same_bits_for_any_number_of_threads(threads):
    options = {"horizon_years": 4, "keep": ("cif", "adequacy"), "threads": threads}
    draws = DRAWS | {"tau0": DRAWS["tau0"].copy()}
    draws["tau0"][:, 3] = np.nan
    loose = simulate(WORLD, draws, PADDED, precision="float64", chunk=6, **options)
    placed = simulate(WORLD, place(WORLD, draws, precision="float64", chunk=6), PADDED, **options)
    np.testing.assert_array_equal(loose.code, placed.code)
    assert loose.code[3] == 3
    for name, values in loose.series.items():
        np.testing.assert_array_equal(values, placed[name])
