"""Distributions read from tables, against their exact inverse distribution functions."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.assumptions.quantile import ExactSource
from stepdown.assumptions.tables import Listener, Plan, PlannedSource
from stepdown.contracts.assumptions import Gamma, Marginal
from stepdown.contracts.facts.amounts import Beta, Lognormal, Normal, Pert, Point, Quantiles, Range, Uniform
from stepdown.experiments.designs.lookup import drawn

U = np.concatenate([np.random.default_rng(0).random(20_000), [1e-9, 1e-6, 0.5, 1 - 1e-6, 1 - 1e-9]])
# Distributions, and how wide they are: from end to end, or four standard deviations and more.
AMOUNTS = {
    "pert": (Pert(dist="pert", low=0, mode=0.01, high=0.03), 0.03),
    "steep": (Pert(dist="pert", low=1, mode=30, high=30), 29),
    "best": (Range(dist="range", low=-1, best=0.2, high=2), 3),
    "beta": (Beta(dist="beta", alpha=0.3, beta=5), 1),
    "horns": (Beta(dist="beta", alpha=0.5, beta=0.5, support=(2, 4)), 2),
    "even": (Uniform(dist="uniform", low=-3, high=5), 8),
    "kinks": (Quantiles(dist="quantiles", q={0.05: 0.1, 0.5: 0.2, 0.95: 0.9}, support=(0, 1)), 1),
    "cut": (Normal(dist="normal", mean=1, sd=2, support=(0, 4)), 4),
    "wide": (Lognormal(dist="lognormal", median=1, low=0.5, high=2), 4),
    "share": (Gamma(1.0), 4),
    "same": (Point(dist="point", value=4309), 4309),
}


def planned(asked: list[Marginal], u: np.ndarray) -> PlannedSource:
    """A source that reads tables at the same points for every name."""
    heard = Listener()
    heard.values(asked)
    heard.points(["raw"])
    plan = Plan.of(heard)
    cube, raw = drawn(
        lambda names: np.tile(u, (len(names), 1)),
        len(u),
        plan.names,
        plan.coordinate,
        plan.table,
        plan.tables,
        plan.raw,
    )
    return PlannedSource(plan, cube, raw)


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_table_is_as_good_as_it_says(name: str) -> None:
    amount, width = AMOUNTS[name]
    asked = [Marginal(name, amount)]
    exact = ExactSource(lambda names: U[None]).values(asked)[0]
    fast = planned(asked, U).values(asked)[0]
    # Beside the table's own error, numbers are rounded to single precision.
    assert np.max(np.abs(exact - fast) - 2e-7 * np.abs(exact)) < 4e-6 * width
    assert (np.diff(fast[np.argsort(U)]) >= -1.2e-7 * np.abs(exact).max()).all()


def test_a_number_does_not_depend_on_its_neighbours() -> None:
    asked = [Marginal(name, amount) for name, (amount, _) in AMOUNTS.items()]
    whole = planned(asked, U).values(asked)
    for i in range(0, len(U), 4999):
        alone = [asked[i % len(asked)]]
        assert planned(alone, U[i : i + 3]).values(alone)[0][0] == whole[i % len(asked), i]


def test_raw_points_are_the_design_itself() -> None:
    asked = [Marginal("even", AMOUNTS["even"][0])]
    assert (planned(asked, U).points(["raw"])[0] == U).all()
