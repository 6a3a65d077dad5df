"""Sensitivity: known answers by design, given-data indices with failures, feature scores, trees, stacking."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.comparison import Sensitivity
from stepdown.discovery import designed
from stepdown.discovery.boxes import box_of
from stepdown.discovery.cart import cart
from stepdown.discovery.columns import Columns
from stepdown.discovery.given_data import given_data
from stepdown.discovery.scoring import feature_scores
from stepdown.discovery.stacking import stack

ISHIGAMI = ("x1", "x2", "x3")
G = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
G_NAMES = tuple(f"x{i}" for i in range(1, 9))


def ishigami(u: np.ndarray) -> np.ndarray:
    """Ishigami & Homma (1990), a = 7, b = .1, inputs uniform in (−pi, pi)."""
    x = (2 * u - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(u: np.ndarray) -> np.ndarray:
    """Sobol's g-function (Saltelli & Sobol' 1995)."""
    return np.prod((np.abs(4 * u - 2) + G) / (1 + G), axis=1)


def by_name(found: Sensitivity, names: tuple[str, ...]) -> list[float]:
    return [found.of(n).value for n in names]


def test_sobol_indices_of_the_ishigami_function() -> None:
    first, total = designed.sobol("y", ISHIGAMI, ishigami, n=8192, seed=1)
    assert by_name(first, ISHIGAMI) == pytest.approx([0.31391, 0.44241, 0], abs=0.01)
    assert by_name(total, ISHIGAMI) == pytest.approx([0.55759, 0.44241, 0.24368], abs=0.01)
    assert first.futures == 8192 * 5
    for i in first.influences:
        assert i.low <= i.value <= i.high


def test_sobol_indices_of_the_g_function() -> None:
    first, total = designed.sobol("y", G_NAMES, sobol_g, n=8192, seed=1)
    assert by_name(first, G_NAMES)[:4] == pytest.approx([0.71619, 0.17905, 0.02368, 0.00716], abs=0.01)
    assert by_name(total, G_NAMES)[:4] == pytest.approx([0.78714, 0.24220, 0.03432, 0.01046], abs=0.01)
    assert max(by_name(total, G_NAMES)[4:]) < 0.001


def test_failed_runs_cost_their_own_base_points_only() -> None:
    points = designed.sobol_points(ISHIGAMI, 4096, 3)
    y = ishigami(points)
    y[np.random.default_rng(0).choice(len(y), 40, replace=False)] = np.nan
    first, total = designed.sobol_indices("y", ISHIGAMI, y)
    assert first.failed == total.failed == 40
    assert len(y) - 40 * 5 <= first.futures < len(y)
    assert by_name(first, ISHIGAMI) == pytest.approx([0.31391, 0.44241, 0], abs=0.03)


def test_morris_ranks_the_inputs_of_the_g_function() -> None:
    found = designed.morris("y", G_NAMES, sobol_g, trajectories=100, seed=2)
    assert [i.name for i in found.influences[:4]] == ["x1", "x2", "x3", "x4"]
    assert max(by_name(found, G_NAMES)[4:]) < 0.1


def test_morris_leaves_out_trajectories_with_a_failure() -> None:
    points = designed.morris_points(G_NAMES, 40, 0)
    y = sobol_g(points)
    y[5] = np.nan
    found = designed.morris_indices("y", G_NAMES, points, y)
    assert (found.futures, found.failed) == (39 * 9, 1)
    assert found.influences[0].name == "x1"


def test_elementary_effects_of_a_linear_model_are_its_slopes() -> None:
    found = designed.morris("y", ("a", "b"), lambda u: 3 * u[:, 0] - 0.5 * u[:, 1], 20)
    assert by_name(found, ("a", "b")) == pytest.approx([3, 0.5])


def test_gradient_influence_is_slope_times_spread() -> None:
    gradient = np.array([[2.0, -1.0], [2.0, 1.0], [np.nan, 0.0]])
    found = designed.gradient_influence("y", ("a", "b"), gradient, np.array([0.5, 3.0]))
    assert by_name(found, ("b", "a")) == pytest.approx([3.0, 1.0])
    assert (found.influences[0].name, found.futures, found.failed) == ("b", 2, 1)


def test_wrong_designs_are_refused() -> None:
    with pytest.raises(ValueError, match="power of two"):
        designed.sobol_points(("a",), 1000, 0)
    with pytest.raises(ValueError, match="complete groups"):
        designed.sobol_indices("y", ("a",), np.full(48, np.nan))
    with pytest.raises(ValueError, match="nothing to explain"):
        designed.sobol("y", ("a",), lambda u: np.ones(len(u)), 16)


def sample(n: int = 4000) -> tuple[Columns, np.ndarray]:
    u = np.random.default_rng(0).random((n, 3))
    return tuple(Coordinate(f"x{i + 1}", f"x{i + 1}", u[:, i]) for i in range(3)), ishigami(u)


def test_given_data_first_order_indices_match_the_known_answer_despite_failures() -> None:
    columns, y = sample(20_000)
    y[::50] = np.nan
    found = given_data("y", columns, y, "binned_first", resamples=20)
    assert by_name(found, ISHIGAMI) == pytest.approx([0.31391, 0.44241, 0], abs=0.025)
    assert (found.futures, found.failed) == (19_600, 400)
    assert all(i.low <= i.value <= i.high for i in found.influences)
    assert found.of("x3").value <= found.noise < found.of("x1").value


def test_delta_sees_what_first_order_indices_cannot() -> None:
    """x3 moves the spread of Y but not its mean. Four million futures in 100 classes give .26, .42, .20."""
    columns, y = sample(20_000)
    found = given_data("y", columns, y, "delta", resamples=10)
    assert by_name(found, ISHIGAMI) == pytest.approx([0.26, 0.42, 0.20], abs=0.03)
    assert found.of("x3").value > found.noise


def test_delta_of_an_outcome_that_is_its_input() -> None:
    """Six classes: within each, Y lies in one sixth of its range, at distance 5/6 from the whole."""
    x = np.linspace(0, 1, 300)
    found = given_data("y", (Coordinate("x", "x", x),), x, "delta", resamples=2)
    assert found.of("x").value == pytest.approx(5 / 6, abs=0.06)


def test_pawn_is_the_kolmogorov_distance() -> None:
    """Y = X: every class of X holds a known stretch of Y, so the distances follow by hand."""
    x = np.linspace(0, 1, 300)
    found = given_data("y", (Coordinate("x", "x", x),), x, "pawn", resamples=2)
    # Six classes; distance of class k from the diagonal: max(k, 5 - k) / 6: 5 4 3 3 4 5 sixths; median 4.
    assert found.of("x").value == pytest.approx(4 / 6, abs=0.01)


@pytest.mark.parametrize("kind", ["binned_first", "delta", "pawn"])
def test_switches_count_and_inputs_without_influence_stay_in_the_noise(kind) -> None:
    rng = np.random.default_rng(6)
    switch = rng.integers(0, 3, 1500)
    idle = [Coordinate(f"idle{i}", "", rng.random(1500)) for i in range(10)]
    constant = Coordinate("constant", "", np.ones(1500))
    columns = (*idle, constant, Coordinate("s", "s", switch.astype(float), ("p", "q", "r")))
    y = (switch == 2) + 0.5 * rng.normal(size=1500)
    found = given_data("y", columns, y, kind, resamples=5, seed=1)
    assert found.influences[0].name == "s"
    assert sum(i.value > found.noise for i in found.influences[1:]) <= 2
    assert "constant" not in {i.name for i in found.influences}


def test_intervals_shrink_with_the_number_of_futures_and_seeds_repeat() -> None:
    few, many = (given_data("y", *sample(n), resamples=30, seed=4) for n in (400, 8000))
    width = [f.of("x2").high - f.of("x2").low for f in (few, many)]
    assert width[1] < 0.5 * width[0]
    assert given_data("y", *sample(400), resamples=30, seed=4) == few


def test_too_few_futures_are_refused() -> None:
    with pytest.raises(ValueError, match="50 futures"):
        given_data("y", *sample(40))
    with pytest.raises(ValueError, match="50 futures"):
        feature_scores("y", *sample(40))


def test_feature_scores_sum_below_one_and_find_the_inputs_that_matter() -> None:
    columns, y = sample(1500)
    rng = np.random.default_rng(3)
    columns += tuple(Coordinate(f"idle{i}", "", rng.random(1500)) for i in range(4))
    columns += (Coordinate("s", "s", rng.integers(0, 2, 1500).astype(float), ("p", "q")),)
    found = feature_scores("y", columns, y, seed=2)
    above = {i.name for i in found.influences if i.value > found.noise}
    assert above >= {"x1", "x2", "x3"}
    assert "s" not in above
    assert sum(i.value for i in found.influences) <= 1
    assert feature_scores("y", columns, y, seed=2) == found


def test_feature_scores_of_a_yes_or_no_outcome() -> None:
    columns, _ = sample(800)
    found = feature_scores("backfires", columns, columns[1].values > 0.7)
    assert found.influences[0].name == "x2"
    assert found.influences[0].value > 0.8


def test_a_tree_finds_the_box_and_its_leaves_count_what_they_hold() -> None:
    rng = np.random.default_rng(1)
    x = rng.random((4, 3000))
    switch = rng.integers(0, 3, 3000)
    hits = (x[0] < 0.4) & (switch != 1) & (rng.random(3000) < 0.9)
    columns = tuple(Coordinate(f"x{i}", "", v) for i, v in enumerate(x))
    columns += (Coordinate("s", "s", switch.astype(float), ("p", "q", "r")),)
    leaves = cart(columns, hits, seed=0)
    assert all(b == box_of(b.limits, columns, hits) for b in leaves)
    densities = [b.count.density for b in leaves]
    assert densities == sorted(densities, reverse=True)
    assert leaves[0].count.density > 0.85
    assert "q" not in {o for b in leaves for o in b.limit("s").options}
    assert max(b.limit("x0").high for b in leaves) == pytest.approx(0.4, abs=0.02)
    assert sum(b.count.coverage for b in leaves) > 0.95
    with pytest.raises(ValueError, match="futures of interest and others"):
        cart(columns, np.zeros(3000, bool))


def test_stacked_cells_hold_the_shares_of_their_classes() -> None:
    x = np.array([0.0, 0.0, 1.0, 1.0, 2.0, 2.0])
    switch = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 0.0])
    columns = (Coordinate("x", "x", x), Coordinate("s", "s", switch, ("p", "q")))
    hits = np.array([True, False, True, True, False, True])
    found = stack(columns, hits, ("x", "s"))
    assert [a.name for a in found.columns] == ["x"]
    assert [a.name for a in found.rows] == ["s"]
    assert found.share == ((1.0, 1.0, 0.5), (0.0, 1.0, None))
    assert found.n == ((1, 1, 2), (1, 1, 0))
    assert found.overall == pytest.approx(4 / 6)


def test_stacking_nests_the_first_input_outermost() -> None:
    rng = np.random.default_rng(0)
    columns = tuple(Coordinate(n, n, rng.random(5000)) for n in "abcd")
    found = stack(columns, columns[0].values > np.quantile(columns[0].values, 2 / 3), "abcd")
    shares = np.array(found.share, dtype=float)
    assert shares.shape == (9, 9)
    assert np.allclose(shares[:, :6], 0)
    assert np.nanmin(shares[:, 6:]) == 1
    assert sum(map(sum, found.n)) == 5000
    with pytest.raises(ValueError, match="two to six"):
        stack(columns, columns[0].values > 0, "a")
