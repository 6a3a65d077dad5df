"""Paired effects, fans and rankings on ensembles whose answers are known."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey
from stepdown.discovery import changes, fan_series, paired_effects, ranking_flips
from stepdown.discovery.effects import LEVELS, median_interval, quantiles

RISK = OutcomeKey("risk", "use_risk", "ratio", "down", 0.02, headline=True)
TRUST = OutcomeKey("trust", "assurance", "difference", "up", 0.01)
NOTE = Bilingual("note", "注")


def ensemble(risk: dict[str, list[float]], codes: dict[str, list[int]] | None = None) -> Ensemble:
    """An ensemble whose only outcome is `risk`, with a two-year series that ends there."""
    n = len(risk[BASELINE])
    return Ensemble(
        {p: {"risk": np.array(v)} for p, v in risk.items()},
        {p: {"risk": np.stack([np.array(risk[BASELINE]), np.array(v)])} for p, v in risk.items()},
        (2026, 2027),
        {p: np.array((codes or {}).get(p, [0] * n)) for p in risk},
        {p: {} for p in risk},
        0.0,
    )


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_quantiles_are_those_of_numpy(values: list[float]) -> None:
    assert np.allclose(quantiles(np.array(values)), np.quantile(values, LEVELS), rtol=1e-9, atol=1e-6)


def test_changes() -> None:
    assert changes(RISK, np.array([2.0, 0.5, 0.0]), np.array([1.0, 1.0, 0.0])) == pytest.approx([1, -0.5, 0])
    assert changes(TRUST, np.array([0.2]), np.array([0.5])) == pytest.approx([-0.3])
    assert changes(RISK, np.array([1.0]), np.array([0.0]))[0] == np.inf


def test_shares_count_the_way_intended() -> None:
    """Of ten futures: six fall, one moves by less than 2 %, three rise."""
    package = [0.5] * 6 + [1.01] + [1.5] * 3
    (pooled, only) = paired_effects(
        ensemble({BASELINE: [1.0] * 10, "p": package}), [RISK], ("one",), np.zeros(10, dtype=int)
    )
    assert (pooled.improves, pooled.little_change, pooled.backfires) == pytest.approx((0.6, 0.1, 0.3))
    assert pooled.median == pytest.approx(-0.5)
    assert pooled.sign_agreement == 1
    assert only.lens == "one"
    assert only.n == pooled.n == 10


def test_lenses_that_disagree() -> None:
    lens = np.array([0, 0, 0, 1, 1])
    effects = list(
        paired_effects(ensemble({BASELINE: [1.0] * 5, "p": [0.5, 0.5, 0.5, 2, 2]}), [RISK], ("a", "b"), lens)
    )
    assert [e.lens for e in effects] == ["all", "a", "b"]
    assert effects[0].sign_agreement == 0.5
    assert effects[2].backfires == 1


def test_futures_that_failed_anywhere_are_left_out() -> None:
    made = ensemble({BASELINE: [1.0] * 4, "p": [0.5, 0.5, np.nan, 0.5], "q": [2.0] * 4}, {"p": [0, 0, 1, 0]})
    effects = [e for e in paired_effects(made, [RISK], ("a",), np.zeros(4, dtype=int)) if e.lens == "all"]
    assert [(e.package, e.n, e.failed) for e in effects] == [("p", 3, 1), ("q", 3, 1)]
    assert all(np.isfinite(e.median) for e in effects)


def test_effect_against_another_package() -> None:
    made = ensemble({BASELINE: [1.0] * 3, "p": [0.5] * 3, "late": [0.6] * 3})
    effects = [
        e
        for e in paired_effects(made, [RISK], ("a",), np.zeros(3, dtype=int), against="p")
        if e.package == "late" and e.lens == "all"
    ]
    assert effects[0].median == pytest.approx(0.2)


def test_fan_is_paired_and_scaled_future_by_future() -> None:
    """Baselines that differ a hundredfold: scaled, the package's halving is the same in all of them."""
    made = ensemble({BASELINE: [0.01, 0.1, 1.0], "p": [0.005, 0.05, 0.5]})
    fan = fan_series(made, "risk", "p", NOTE, base_year=2026)
    assert fan.baseline.p05 == pytest.approx((100, 100))
    assert fan.with_package.p95[-1] == pytest.approx(50)
    assert fan.difference.p50 == pytest.approx((0, -50))


def test_ranking_flip_needs_a_clear_turn() -> None:
    before = ensemble({BASELINE: [1.0], "p": [0.5], "q": [0.9]})
    turned = ensemble({BASELINE: [1.0], "p": [0.9], "q": [0.5]})
    hardly = ensemble({BASELINE: [1.0], "p": [0.51], "q": [0.5]})
    (flip,) = ranking_flips(before, turned, [RISK])
    assert (flip.outcome, flip.overtaken, flip.now_before) == ("risk", "p", "q")
    assert ranking_flips(before, hardly, [RISK]) == ()
    assert ranking_flips(before, before, [RISK]) == ()


def test_the_interval_of_a_median_holds_it_in_95_of_100_samples() -> None:
    """Ranks 40 and 61 of 100: fewer than 40 heads in 100 tosses come up in less than 2.5 % of cases."""
    fewer = [sum(comb(100, k) for k in range(heads)) / 2**100 for heads in (40, 41)]
    assert fewer[0] < 0.025 < fewer[1]
    values = np.random.default_rng(3).permutation(np.arange(1.0, 101.0))
    assert median_interval(values) == (40.0, 61.0)
    assert median_interval(np.array([3.0, 1.0, 2.0, 6.0, 5.0, 4.0])) == (1.0, 6.0)
    with pytest.raises(ValueError, match="needs six"):
        median_interval(np.arange(5.0))
