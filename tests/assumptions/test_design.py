"""Designs over the unit cube: stratified, seeded, and indifferent to what else is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.assumptions.design import unit_cube


@pytest.mark.parametrize("futures", [1, 2, 7, 250])
def test_latin_hypercube_has_one_point_per_stratum(futures: int) -> None:
    points = unit_cube(["a", "b", "c"], futures, seed=3)
    assert points.shape == (3, futures)
    for row in points:
        assert sorted((row * futures).astype(int)) == list(range(futures))


def test_a_new_coordinate_leaves_the_others_as_they_were() -> None:
    before = unit_cube(["a", "b"], 100, seed=1)
    after = unit_cube(["new", "b", "a"], 100, seed=1)
    assert np.array_equal(before[0], after[2])
    assert np.array_equal(before[1], after[1])
    assert abs(np.corrcoef(after)[0, 1]) < 0.3


def test_seed_decides() -> None:
    assert np.array_equal(unit_cube(["a"], 50, 1), unit_cube(["a"], 50, 1))
    assert not np.array_equal(unit_cube(["a"], 50, 1), unit_cube(["a"], 50, 2))


def test_sobol_is_balanced_and_nested() -> None:
    full = unit_cube(["a", "b"], 64, 5, "sobol")
    assert np.all(np.bincount((full[0] * 8).astype(int), minlength=8) == 8)
    assert np.array_equal(unit_cube(["a", "b"], 50, 5, "sobol"), full[:, :50])
