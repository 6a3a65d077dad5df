"""Quantiles by table against the exact ones."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.assumptions.quantile import quantile
from stepdown.assumptions.tables import tabulated
from stepdown.contracts.facts.amounts import Beta, Lognormal, Pert, Range

U = np.concatenate([np.random.default_rng(0).random(20_000), [1e-9, 1e-6, 0.5, 1 - 1e-6, 1 - 1e-9]])


@pytest.mark.parametrize(
    ("amount", "width"),
    [
        (Pert(dist="pert", low=0, mode=0.01, high=0.03), 0.03),
        (Pert(dist="pert", low=1, mode=30, high=30), 29),
        (Range(dist="range", low=-1, best=0.2, high=2), 3),
        (Beta(dist="beta", alpha=0.3, beta=5), 1),
        (Beta(dist="beta", alpha=0.5, beta=0.5, support=(2, 4)), 2),
    ],
)
def test_a_table_is_as_good_as_it_says(amount: Pert | Range | Beta, width: float) -> None:
    exact, fast = quantile(amount, U), tabulated(amount, U)
    assert 0 < np.abs(exact - fast).max() < 3e-6 * width
    assert (np.diff(fast[np.argsort(U)]) >= -1e-12 * width).all()


def test_a_number_does_not_depend_on_its_neighbours() -> None:
    amount = Pert(dist="pert", low=0, mode=0.2, high=1)
    whole = tabulated(amount, U)
    assert all(tabulated(amount, U[i : i + 1])[0] == whole[i] for i in range(0, len(U), 997))


def test_other_distributions_stay_exact() -> None:
    amount = Lognormal(dist="lognormal", median=1, low=0.5, high=2)
    assert (tabulated(amount, U) == quantile(amount, U)).all()
