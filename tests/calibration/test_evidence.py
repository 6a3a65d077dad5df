"""Likelihoods against closed forms, weights against a synthetic truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from stepdown.calibration import (
    TiltError,
    discounted_count,
    discounted_years,
    effective_size,
    from_log,
    jeffreys,
    log_likelihood,
    median_feature,
    movements,
    predictions,
    tilt,
    weighted_quantile,
)

RNG = np.random.default_rng(7)
N = 4000


def test_no_use_in_eighty_years_has_the_jeffreys_mean() -> None:
    alone = jeffreys(0, 80)
    assert alone.mean == pytest.approx(0.00625, rel=1e-12)
    assert alone.high == pytest.approx(stats.gamma(0.5, scale=1 / 80).ppf(0.95), rel=1e-9)


def test_weights_by_likelihood_are_the_conjugate_posterior() -> None:
    prior = stats.gamma(2.0, scale=0.02).ppf((np.arange(20_000) + 0.5) / 20_000)
    weight = from_log(log_likelihood(prior, 3, 50))
    exact = stats.gamma(2 + 3, scale=1 / (1 / 0.02 + 50))
    assert weight @ prior == pytest.approx(exact.mean(), rel=1e-3)
    for level in (0.05, 0.5, 0.95):
        assert weighted_quantile(prior, weight, level) == pytest.approx(exact.ppf(level), rel=5e-3)


def test_zero_events_weigh_by_survival() -> None:
    rate = np.array([0.0, 0.01, 0.05])
    weight = from_log(log_likelihood(rate, 0, 81))
    assert weight[1] / weight[0] == pytest.approx(np.exp(-0.81), rel=1e-12)
    assert weight[2] / weight[0] == pytest.approx(np.exp(-4.05), rel=1e-12)


def test_an_event_excludes_a_rate_of_zero() -> None:
    assert from_log(log_likelihood(np.array([0.0, 0.01]), 1, 81)).tolist() == [0.0, 1.0]


def test_a_discount_for_age_shrinks_years_and_events_alike() -> None:
    assert discounted_years(1945, 2026, None) == 81
    years = discounted_years(1945, 2026, 20)
    ages = np.linspace(0, 81, 100_001)
    assert years == pytest.approx(np.trapezoid(2 ** (-ages / 20), ages), rel=1e-6)
    assert discounted_count([2026, 2006, 1986], 2026, 20) == pytest.approx(1.75)
    assert discounted_count([2026, 2006], 2026, None) == 2


def test_tilt_meets_medians_and_keeps_shares_with_the_least_change() -> None:
    x, y = RNG.normal(size=N), RNG.normal(size=N)
    group = (np.arange(N) % 2).astype(float)
    weight = tilt(
        np.full(N, 1 / N), [median_feature(x, -0.5), median_feature(y, 0.3), group], [0.5, 0.5, 0.5]
    )
    assert weighted_quantile(x, weight, 0.5) == pytest.approx(-0.5, abs=0.01)
    assert weighted_quantile(y, weight, 0.5) == pytest.approx(0.3, abs=0.01)
    assert weight @ group == pytest.approx(0.5, abs=1e-8)
    # One median alone has a closed form: both sides of it get half of the weight, evenly.
    alone = tilt(np.full(N, 1 / N), [median_feature(x, -0.5)], [0.5])
    below = x <= -0.5
    assert np.allclose(alone[below], 0.5 / below.sum())
    assert np.allclose(alone[~below], 0.5 / (~below).sum())


def test_tilt_recovers_the_mean_of_the_truth() -> None:
    """Draws from N(0, 1) tilted to mean .6 become N(.6, 1): the exponential family's own closed form."""
    x = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    weight = tilt(np.full(len(x), 1 / len(x)), [x], [0.6])
    assert weight @ x**2 - 0.36 == pytest.approx(1.0, abs=0.01)
    assert effective_size(weight) / len(x) == pytest.approx(np.exp(-(0.6**2)), abs=0.02)


def test_tilt_says_when_no_weights_will_do() -> None:
    x = RNG.normal(size=200)
    with pytest.raises(TiltError, match="no weights"):
        tilt(np.full(200, 1 / 200), [median_feature(x, x.min() - 1)], [0.5])


def test_a_future_without_weight_stays_without() -> None:
    x = RNG.normal(size=200)
    base = np.ones(200)
    base[:50] = 0
    assert tilt(base / base.sum(), [median_feature(x, 0.2)], [0.5])[:50].max() == 0


def test_held_out_targets_hit_where_they_follow_and_miss_where_they_do_not() -> None:
    cause = RNG.normal(size=N)
    values = {
        "a": cause,
        "follows": 2 * cause + 0.01 * RNG.normal(size=N),
        "other": RNG.normal(size=N),
    }
    wanted = {"a": -0.5, "follows": -1.0, "other": -1.0}
    found = predictions(np.full(N, 1 / N), values, wanted, dict.fromkeys(values, 0.1))
    by = {(p.target, p.fitted): p for p in found}
    assert not by["follows", ()].hit
    assert by["follows", ("a",)].hit
    assert not by["other", ("a",)].hit
    assert by["a", ("follows", "other")].hit
    assert len(found) == 3 + 6 + 3
    assert by["a", ()].effective == pytest.approx(1)


def test_movements_rank_what_moved_and_know_chance() -> None:
    x, still = RNG.normal(size=N), RNG.normal(size=N)
    weight = tilt(np.full(N, 1 / N), [x], [0.5])
    first, second = movements([("still", still, still), ("x", x, x), ("fixed", x * 0, x * 0)], weight, 5)
    assert first.name == "x"
    assert first.shift == pytest.approx(0.5, abs=0.05)
    assert abs(second.shift) < 4 * second.noise


def test_the_bound_of_the_reference_problems_is_the_same_likelihood() -> None:
    """Reference problem 16: 95 % bound of a rate with zero events in 80 years."""
    assert log_likelihood(np.array([0.0374467]), 0, 80)[0] == pytest.approx(np.log(0.05), rel=1e-5)
