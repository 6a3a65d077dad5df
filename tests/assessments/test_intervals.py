"""Intervals against published values; labels and spreads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.assessments.spread import label_of, spread
from stepdown.assessments.utility import jeffreys, leaning, needed, newcombe, poisson_rate, wilson
from stepdown.contracts.assessments import Spread


def test_published_intervals() -> None:
    """Newcombe 1998, method 10, 56/70 against 48/80: .0524 to .3339; Wilson 5/10; Jeffreys 0/10."""
    assert newcombe((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert jeffreys(0, 10) == pytest.approx((0.0, 0.2172), abs=1e-4)
    assert poisson_rate(0, 80)[1] == pytest.approx(2.5119 / 80, abs=1e-5)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_hold_their_share_and_stay_inside(case: tuple[int, int]) -> None:
    hits, n = case
    for low, high in (jeffreys(hits, n), wilson(hits, n)):
        assert 0 <= low <= hits / n + 1e-12 <= high + 2e-12 <= 1 + 3e-12


def test_a_difference_leans_only_when_its_interval_does() -> None:
    assert [leaning(0.1, 0.2), leaning(-0.2, -0.1), leaning(-0.1, 0.2)] == ["for", "against", "undecided"]


@pytest.mark.parametrize(
    ("held", "low", "high", "label"),
    [
        (0.6, 0.0, 1.0, "mixed"),
        (0.97, 0.9, 1.0, "found"),
        (0.97, 0.1, 1.0, "assumed"),
        (0.02, 0.0, 0.3, "found"),
        (0.02, 0.0, 0.8, "assumed"),
    ],
)
def test_labels(held: float, low: float, high: float, label: str) -> None:
    assert label_of(held, low, high) == label


def test_spreads_are_ordered_and_need_futures() -> None:
    found = spread(np.arange(101.0))
    assert (found.p05, found.median, found.p95) == (5, 50, 95)
    with pytest.raises(ValueError, match="no futures"):
        spread(np.array([]))
    with pytest.raises(ValueError, match="not in order"):
        Spread(1, 2, 3, 4, 5)


def test_cases_needed_are_where_the_interval_leaves_zero() -> None:
    found = needed((6, 12), (3, 15))
    assert found is not None
    times = found / 27
    low, _ = newcombe((6 * times, 12 * times), (3 * times, 15 * times))
    assert 0 < low < 0.02
    low, _ = newcombe((6, 12), (3, 15))
    assert low < 0
    assert needed((5, 10), (10, 20)) is None
    assert needed((1, 1), (0, 0)) is None
