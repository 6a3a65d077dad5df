"""Back-casts scored on a made-up ensemble whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.calibration import benchmark, score, tally

EVEN = np.ones(10)
CHANGE = np.array([0.3] * 6 + [0.0] * 3 + [-0.3])


def test_shares_and_verdicts() -> None:
    up, down = score(CHANGE, EVEN, 0.1, "up"), score(CHANGE, EVEN, 0.1, "down")
    assert up.shares == pytest.approx((0.6, 0.3, 0.1))
    assert (up.call, up.verdict, up.share_observed, up.same_sign) == ("up", "hit", 0.6, 0.6)
    assert down.verdict == "miss"
    assert down.share_observed == pytest.approx(0.1)
    assert score(CHANGE, EVEN, 0.5, "flat").verdict == "hit"
    assert score(CHANGE, EVEN, 0.5, "up").same_sign == pytest.approx(0.6)
    assert score(CHANGE, EVEN, 0.5, "flat").same_sign is None


def test_no_majority_is_unclear() -> None:
    split = np.array([1.0] * 5 + [-1.0] * 5)
    assert score(split, EVEN, 0.1, "up").verdict == "unclear"


def test_weights_decide() -> None:
    heavy = np.array([0.01] * 9 + [10.0])
    assert score(CHANGE, heavy, 0.1, "down").verdict == "hit"


def test_tally_counts_and_scores() -> None:
    seen = ["up", "down", "flat"]
    found = tally([score(CHANGE, EVEN, 0.1, s) for s in seen], seen)  # type: ignore[arg-type]
    assert (found.hits, found.misses, found.unclear, found.moved, found.moved_hits) == (1, 2, 0, 2, 1)
    marks = [0.4**2 + 0.3**2 + 0.1**2, 0.6**2 + 0.3**2 + 0.9**2, 0.6**2 + 0.7**2 + 0.1**2]
    assert found.brier == pytest.approx(np.mean(marks))


def test_benchmarks_have_the_scores_that_arithmetic_gives() -> None:
    seen, before = ["up", "flat", "down", "flat"], ["up", None, "up", "flat"]
    coin = benchmark("coin", seen, before)  # type: ignore[arg-type]
    still = benchmark("nothing_changes", seen, before)  # type: ignore[arg-type]
    trend = benchmark("trend_continues", seen, before)  # type: ignore[arg-type]
    assert (coin.hits, coin.unclear) == (0, 4)
    assert coin.brier == pytest.approx(2 / 3)
    assert (still.hits, still.moved_hits, still.brier) == (2, 0, 1.0)
    assert (trend.hits, trend.moved_hits, trend.brier) == (3, 1, 0.5)
