"""Parts of an effect add up in every future, whatever the numbers, and are told in per cent of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.explanation import DIRECT, REMAINDER, Explanation
from stepdown.discovery.contributions import comparable, contributions, pairs_among, second_order, shares

RATIO = OutcomeKey("use_risk", "use_risk", "ratio", "down", 0.02)
INDEX = OutcomeKey("cost", "cost", "difference", "down", 0.01)
POSITIVE = arrays(float, 7, elements=st.floats(1e-6, 1e3))


@settings(max_examples=60)
@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_parts_add_up_to_the_paired_change(
    baseline: np.ndarray, full: np.ndarray, a: np.ndarray, b: np.ndarray, none: np.ndarray
) -> None:
    for key, change in ((RATIO, full / baseline - 1), (INDEX, full - baseline)):
        parts = contributions(key, baseline, full, {"tension": a, "trust": b}, none)
        assert list(parts) == ["tension", "trust", DIRECT, REMAINDER]
        size = sum(np.abs(part) for part in parts.values()) + 1e-9
        np.testing.assert_allclose(sum(parts.values()) / size, change / size, atol=1e-9)


def test_mechanisms_in_parallel_are_separated_and_leave_no_remainder() -> None:
    """Two factors that multiply: holding one loses just its own."""
    baseline, x, y, direct = np.ones(3), np.array([0.9, 1.0, 1.2]), np.array([0.8, 0.7, 1.0]), 0.95
    full = x * y * direct
    parts = contributions(RATIO, baseline, full, {"x": y * direct, "y": x * direct}, baseline * direct)
    np.testing.assert_allclose(parts[REMAINDER], 0, atol=1e-12)
    factor = (full - 1) / np.log(full)
    np.testing.assert_allclose(parts["x"], np.log(x) * factor)
    np.testing.assert_allclose(parts[DIRECT], np.log(direct) * factor)
    assert parts["x"][1] == pytest.approx(0), "a mechanism that does nothing has no part"


def test_mechanisms_in_a_row_are_counted_twice_and_the_remainder_says_so() -> None:
    baseline, full = np.ones(2), np.array([0.8, 0.5])
    parts = contributions(RATIO, baseline, full, {"first": baseline, "second": baseline}, baseline)
    np.testing.assert_allclose(parts["first"], full - 1)
    np.testing.assert_allclose(parts[REMAINDER], 1 - full)
    held = {frozenset(n): baseline for n in (("first",), ("second",), ("first", "second"))}
    (pair,) = second_order(RATIO, baseline, full, held)
    assert (pair.first, pair.second) == ("first", "second")
    assert pair.mean == pytest.approx(np.mean(full - 1)), "all of it needs both"


def test_shares_are_sorted_and_count_the_way_the_outcome_is_meant_to_go() -> None:
    parts = {
        "small": np.array([0.001, 0.001, 0.001, 0.001]),
        "large": np.array([-0.3, -0.1, -0.2, 0.1]),
        DIRECT: np.zeros(4),
        REMAINDER: np.full(4, 0.5),
    }
    total, told = shares(RATIO, parts)
    assert [s.mechanism for s in told] == ["large", "small", DIRECT, REMAINDER]
    assert (told[0].helps, told[0].harms) == (0.75, 0.25)
    assert (told[1].helps, told[1].harms) == (0, 0), "less than a tenth of a little change"
    assert total.mean == pytest.approx(sum(s.mean for s in told))
    assert pairs_among(parts, 6) == (frozenset(("small", "large")),)


def test_futures_without_a_logarithm_are_left_out() -> None:
    values = np.array([1.0, 0.0, np.nan, 2.0])
    assert comparable(RATIO, values, np.ones(4)).tolist() == [True, False, False, True]
    assert comparable(INDEX, values, np.ones(4)).tolist() == [True, True, False, True]


def test_an_explanation_whose_parts_do_not_add_up_is_refused() -> None:
    total, told = shares(RATIO, {"tension": np.array([0.1]), DIRECT: np.zeros(1), REMAINDER: np.zeros(1)})
    said = ("p", "use_risk", "all", "ratio", "down", total)
    Explanation(*said, told, (), n=1, failed=0, start_year=2026, end_year=2056)
    with pytest.raises(ValueError, match="add up"):
        Explanation(*said, told[1:], (), n=1, failed=0, start_year=2026, end_year=2056)
