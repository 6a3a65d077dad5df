"""The automatic choice: the true inputs and no others; nothing out of nothing; the rounded box is told."""

from __future__ import annotations

import numpy as np
import pytest
from jaxtyping import Float

from stepdown.contracts.assumptions import Coordinate
from stepdown.discovery.boxes import box_of, inside
from stepdown.discovery.columns import Columns
from stepdown.discovery.prim import prim
from stepdown.discovery.simple_box import rounded, simple_box


def sample(seed: int, n: int, k: int, dense: float, else_: float) -> tuple[Columns, Float[np.ndarray, " n"]]:
    rng = np.random.default_rng(seed)
    x = rng.random((k, n))
    within = (x[0] < 0.4) & (x[1] > 0.5) & (x[2] < 0.6)
    hits = rng.random(n) < np.where(within, dense, else_)
    return tuple(Coordinate(f"x{i}", f"x{i}", v) for i, v in enumerate(x)), hits


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("n", "dense", "else_"), [(1000, 1.0, 0.0), (5000, 0.8, 0.15)])
def test_the_three_inputs_of_a_synthetic_box_are_restricted_and_no_others(seed, n, dense, else_) -> None:
    columns, hits = sample(seed, n, 20, dense, else_)
    found = simple_box(columns, hits, seed)
    assert found is not None
    assert set(found.box.inputs) == {"x0", "x1", "x2"}
    assert found.box.limit("x0").high == pytest.approx(0.4, abs=0.05)
    assert found.box.limit("x1").low == pytest.approx(0.5, abs=0.05)
    assert found.box.limit("x2").high == pytest.approx(0.6, abs=0.05)
    assert all(s.stability >= 0.6 and s.quasi_p < 0.05 / 20 for s in found.support)
    assert found.held_out[0] == pytest.approx(found.box.count.density, abs=0.12)


def test_the_last_box_of_the_plain_peeling_restricts_more_than_the_truth() -> None:
    """What the rule is for: without it chance inputs come along."""
    columns, hits = sample(0, 1000, 20, 0.8, 0.15)
    assert len(prim(columns, hits).last.inputs) > 3


@pytest.mark.parametrize("seed", range(6))
def test_pure_chance_gives_no_box(seed) -> None:
    columns, hits = sample(seed, 600, 30, 0.3, 0.3)
    assert simple_box(columns, hits, seed, resamples=10) is None


def test_a_switch_and_a_number_are_found_together() -> None:
    rng = np.random.default_rng(8)
    n = 2000
    switch = rng.integers(0, 3, n)
    x = rng.random((10, n))
    hits = rng.random(n) < np.where((switch == 1) & (x[4] < 0.35), 0.85, 0.1)
    columns = tuple(Coordinate(f"x{i}", f"x{i}", v) for i, v in enumerate(x))
    columns += (Coordinate("s", "s", switch.astype(float), ("strong", "weak", "none")),)
    found = simple_box(columns, hits, 1)
    assert found is not None
    assert set(found.box.inputs) == {"s", "x4"}
    assert found.box.limit("s").options == ("weak",)


def test_few_futures_of_interest_give_no_box() -> None:
    columns, hits = sample(0, 200, 5, 1.0, 0.0)
    few = hits & (np.cumsum(hits) <= 9)
    assert simple_box(columns, few) is None
    assert simple_box(columns, ~few) is None


def test_same_seed_same_box() -> None:
    columns, hits = sample(3, 800, 12, 0.9, 0.1)
    assert simple_box(columns, hits, 5) == simple_box(columns, hits, 5)


def test_rounded_limits_keep_nearly_all_futures_of_the_box_and_are_counted_anew() -> None:
    columns, hits = sample(0, 4000, 3, 0.9, 0.1)
    exact = max(prim(columns, hits).boxes, key=lambda b: b.count.kappa)
    told = rounded(exact, columns, hits)
    assert told == box_of(told.limits, columns, hits)
    moved = inside(told.limits, columns) != inside(exact.limits, columns)
    assert moved.sum() <= 0.01 * exact.count.n * len(exact.limits)
    ends = [e for limit in told.limits for e in limit.ends if e is not None]
    assert all(float(f"{e:.3g}") == e for e in ends)
