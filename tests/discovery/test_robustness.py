"""Robustness metrics on a table worked by hand, regret, ranks, and what resamples keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stepdown.contracts.comparison import METRICS
from stepdown.discovery import robustness as r

# Three packages in four futures; larger is better. Each expected number below was worked by hand.
WORKED = np.array(
    [
        [0.0, 0.0, 0.0, 0.0],  # the baseline
        [4.0, 2.0, -2.0, 0.0],  # bold
        [1.0, 1.0, 1.0, 1.0],  # steady
    ]
)


def test_regret_is_what_the_best_package_of_the_same_future_would_have_given() -> None:
    assert r.regret(WORKED).tolist() == [[4, 2, 1, 1], [0, 0, 3, 1], [3, 1, 0, 0]]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("maximin", [0, -2, 1]),
        ("maximax", [0, 4, 1]),
        ("hurwicz", [0, 1, 1]),
        ("laplace", [0, 1, 1]),
        ("minimax_regret", [-4, -3, -3]),
        # Regret sorted: 1 1 2 4, 0 0 1 3, 0 0 1 3; rank .9 * 3 = 2.7.
        ("percentile_regret", [-3.4, -2.4, -2.4]),
        # Performance sorted: bold −2 0 2 4; rank .1 * 3 = .3.
        ("percentile", [0, -1.4, 1]),
        # bold: mean 1, variance (9 + 1 + 9 + 1) / 4 = 5.
        ("mean_variance", [1, 2 / (1 + 5**0.5), 2]),
        ("satisficing", [1, 0.75, 1]),
    ],
)
def test_metrics_on_a_worked_table(metric, expected) -> None:
    assert r.METRIC[metric](WORKED) == pytest.approx(expected)


def test_hurwicz_is_between_pessimism_and_optimism() -> None:
    assert r.hurwicz(WORKED, 0.0) == pytest.approx(r.maximin(WORKED))
    assert r.hurwicz(WORKED, 1.0) == pytest.approx(r.maximax(WORKED))
    assert r.hurwicz(WORKED, 0.25)[1] == pytest.approx(0.25 * 4 + 0.75 * -2)


def test_variability_never_pays_in_mean_variance() -> None:
    for mean in (2.0, 0.0, -0.5, -3.0):
        calm, wild = np.full(4, mean), mean + np.array([-1.0, 1, -1, 1])
        scores = r.mean_variance(np.array([calm, wild]))
        assert scores[0] > scores[1]


def test_a_threshold_may_differ_between_futures() -> None:
    assert r.satisficing(WORKED, np.array([4.0, 0, 0, 0.5])).tolist() == [0.5, 0.5, 0.75]


def test_ranks_share_ties() -> None:
    assert r.ranks(np.array([3.0, 1.0, 3.0, 0.0])).tolist() == [1.5, 3, 1.5, 4]


def table(resamples: int = 200) -> r.Robustness:
    rng = np.random.default_rng(1)
    performance = np.stack([np.zeros(400), rng.normal(0.3, 0.1, 400), rng.normal(0.31, 0.5, 400)])
    performance[2, :3] = [np.nan, np.inf, 5.0]
    lens = np.arange(400) % 2
    return r.robustness(
        "use_risk", ("baseline", "calm", "wild"), performance, ("a", "b"), lens, 0.02, resamples
    )


def test_the_table_holds_every_metric_pooled_and_by_lens_and_counts_failures() -> None:
    told = table()
    assert {(x.metric, x.lens) for x in told.rows} == {(m, x) for m in METRICS for x in ("all", "a", "b")}
    assert (told.futures, told.failed) == (398, 2)
    assert told.row("maximin", "all").ranks == (1.0, 2.0, 3.0) or told.row("maximin", "all").ranks[2] == 3.0
    assert np.array(told.regret).shape == (3, 2)
    assert told.median_change[0] == (0.0, 0.0)
    assert told.backfires[0] == (0.0, 0.0)
    assert min(told.backfires[2]) > 0.1


def test_ranks_that_rest_on_noise_are_kept_less_often() -> None:
    told = table()
    sure, close = told.row("percentile", "all").kept, told.row("laplace", "all").kept
    assert sure == (1.0, 1.0, 1.0) or min(sure) > 0.95
    assert close[0] > 0.95
    assert close[1] < 0.95
    assert close[1] == close[2]


def test_agreement_of_metrics_is_symmetric_with_one_on_the_diagonal() -> None:
    tau = np.array(table(0).agreement)
    assert np.allclose(tau, tau.T)
    assert np.allclose(np.diag(tau), 1)


def test_no_usable_future_is_an_error() -> None:
    with pytest.raises(ValueError, match="no future"):
        r.robustness("x", ("a",), np.full((1, 3), np.nan), ("l",), np.zeros(3, int), 0.0)


tables = arrays(float, (3, 7), elements=st.floats(-50, 50))


@settings(max_examples=150, deadline=None)
@given(tables)
def test_properties_that_hold_for_any_table(performance) -> None:
    told = r.regret(performance)
    assert np.all(told >= 0)
    assert np.allclose(told.min(axis=0), 0)
    assert np.all(r.maximin(performance) <= r.percentile(performance) + 1e-9)
    assert np.all(r.percentile(performance) <= r.maximax(performance) + 1e-9)
    assert np.all(r.minimax_regret(performance) <= r.percentile_regret(performance) + 1e-9)


@settings(max_examples=100, deadline=None)
@given(tables, st.integers(0, 2**31))
def test_a_package_that_is_better_in_every_future_never_scores_lower(performance, seed) -> None:
    gain = np.random.default_rng(seed).random(7)
    better = np.vstack([performance, performance[0] + gain])
    for metric in METRICS:
        if metric != "mean_variance":  # known not to respect dominance
            scores = r.METRIC[metric](better)
            assert scores[3] >= scores[0] - 1e-9
