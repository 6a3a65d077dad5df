"""PRIM: the boxes of EMA Workbench on its published example, known boxes, ties, switches, pasting."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.scenarios import Box, Count
from stepdown.discovery import boxes
from stepdown.discovery.columns import Columns, columns_of
from stepdown.discovery.prim import further_boxes, prim


def numbers(values: np.ndarray) -> Columns:
    return tuple(Coordinate(f"x{i}", f"x{i}", v) for i, v in enumerate(values))


@pytest.fixture(scope="module")
def workbench():
    """EMA Workbench's PRIM, if installed; it warns on import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("ema_workbench.analysis.prim")


@pytest.fixture(scope="module")
def bryant(workbench) -> tuple[pd.DataFrame, np.ndarray]:
    """The data of Bryant & Lempert (2010) that EMA Workbench ships: 882 futures, nine numbers."""
    folder = Path(workbench.__file__).parents[1] / "examples" / "data"
    data = pd.read_csv(folder / "bryant et al 2010 data.csv", index_col=False)
    return data.iloc[:, 2:11], data.iloc[:, 15].to_numpy()


def same_boxes(workbench, x: pd.DataFrame, y: np.ndarray, alpha: float) -> None:
    """Every box of the trajectory: limits bit for bit, coverage, density, quasi-p-values."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = workbench.Prim(x, y, threshold=0.1, peel_alpha=alpha).find_box()
    columns = columns_of(x)
    ours = prim(columns, y == 1, alpha=alpha).boxes
    path = theirs.peeling_trajectory
    assert len(ours) == len(path) > 5
    for i, box in enumerate(ours):
        assert (box.count.n, box.count.hits) == (path.n[i], path.k[i])
        assert box.count.coverage == pytest.approx(path.coverage[i], abs=1e-12)
        assert box.count.density == pytest.approx(path.density[i], abs=1e-12)
        for c in columns:
            assert ends(box, c, x) == their_ends(theirs.box_lims[i][c.name], c), (i, c.name)
        p = boxes.quasi_p_by_end(box.limits, columns, y == 1)
        for name in box.inputs:
            assert p[name] == pytest.approx(theirs.qp[i][name], rel=1e-9)


def ends(box: Box, column: Coordinate, x: pd.DataFrame) -> object:
    limit = box.limit(column.name)
    if column.options:
        return set(limit.options if limit else column.options)
    low, high = limit.ends if limit else (None, None)
    whole = x[column.name]
    return (whole.min() if low is None else low, whole.max() if high is None else high)


def their_ends(limits: pd.Series, column: Coordinate) -> object:
    return set(limits[0]) if column.options else (limits[0], limits[1])


@pytest.mark.parametrize("alpha", [0.1, 0.05])
def test_boxes_equal_those_of_ema_workbench_on_its_published_example(workbench, bryant, alpha) -> None:
    same_boxes(workbench, *bryant, alpha)


def test_boxes_equal_those_of_ema_workbench_with_switches_ties_and_pasting(workbench) -> None:
    rng = np.random.default_rng(5)
    x = pd.DataFrame(
        {
            "a": rng.random(600),
            "tied": np.round(rng.random(600), 1),
            "switch": pd.Categorical(rng.choice(["strong", "weak", "none"], 600)),
        }
    )
    y = ((x.a > 0.6) & (x.switch == "weak") | (rng.random(600) < 0.1)).to_numpy().astype(int)
    same_boxes(workbench, x, y, 0.05)


def overlapping() -> tuple[pd.DataFrame, np.ndarray]:
    """A band and a half-space with noise: a coarse peel cuts into both."""
    rng = np.random.default_rng(4)
    x = pd.DataFrame(rng.random((500, 3)), columns=list("abc"))
    return x, rng.random(500) < np.where(((x.a - 0.6).abs() < 0.25) & (x.b > 0.3), 0.8, 0.2)


def test_pasting_gives_back_what_a_coarse_peel_took() -> None:
    x, hits = overlapping()
    path = prim(columns_of(x), hits, alpha=0.3)
    assert path.pasted > 2
    before, after = path.boxes[-path.pasted - 1].count, path.last.count
    assert after.coverage > before.coverage
    assert after.density > before.density


def test_pasting_equals_ema_workbench(workbench) -> None:
    x, hits = overlapping()
    same_boxes(workbench, x, hits.astype(int), 0.3)


def test_a_box_of_three_dimensions_is_found() -> None:
    rng = np.random.default_rng(0)
    x = rng.random((6, 5000))
    hits = (x[0] < 0.4) & (x[1] > 0.5) & (x[2] < 0.6)
    best = max(prim(numbers(x), hits).boxes, key=lambda b: b.count.kappa)
    assert set(best.inputs) >= {"x0", "x1", "x2"}
    assert best.limit("x0").high == pytest.approx(0.4, abs=0.03)
    assert best.limit("x1").low == pytest.approx(0.5, abs=0.03)
    assert best.limit("x2").high == pytest.approx(0.6, abs=0.03)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 60), st.integers(1, 4), st.integers(0, 2**31), st.sampled_from([0.05, 0.2]), st.booleans()
)
def test_every_box_counts_what_its_limits_hold_and_peels_shrink(n, k, seed, alpha, coarse) -> None:
    rng = np.random.default_rng(seed)
    values = rng.random((k, n))
    columns = numbers(np.round(values, 1) if coarse else values)
    columns += (Coordinate("s", "s", rng.integers(0, 3, n).astype(float), ("p", "q", "r")),)
    hits = rng.random(n) < 0.4
    path = prim(columns, hits, alpha=alpha)
    for box in path.boxes:
        within = boxes.inside(box.limits, columns)
        assert box.count == Count(within.sum(), (within & hits).sum(), n, hits.sum())
    sizes = [b.count.n for b in path.boxes[: len(path.boxes) - path.pasted]]
    assert sizes == sorted(set(sizes), reverse=True)
    assert all(b.count.mass >= 0.05 for b in path.boxes)


def test_the_order_of_columns_decides_nothing_when_gains_differ() -> None:
    rng = np.random.default_rng(4)
    x = rng.random((4, 800))
    hits = (x[3] > 0.7) & (x[1] < 0.5)
    forward, backward = numbers(x), tuple(reversed(numbers(x)))
    told = [
        {n: b.limit(n) for n in b.inputs}
        for b in (prim(forward, hits).boxes[20], prim(backward, hits).boxes[20])
    ]
    assert told[0] == told[1]


def test_a_second_box_is_sought_among_the_futures_the_first_left() -> None:
    rng = np.random.default_rng(3)
    x = rng.random((2, 3000))
    hits = (x[0] > 0.85) | (x[1] > 0.9)
    first, second = further_boxes(numbers(x), hits, 2, least_density=0.8)
    assert {first.last.limits[0].name, second.last.limits[0].name} == {"x0", "x1"}
    assert second.last.count.total < first.last.count.total
    assert len(further_boxes(numbers(x), hits, 5, least_density=0.8)) < 5


def test_wrong_input_is_refused() -> None:
    column = numbers(np.random.default_rng(0).random((1, 10)))
    with pytest.raises(ValueError, match="alpha"):
        prim(column, np.ones(10, bool), alpha=0.6)
    with pytest.raises(ValueError, match="one value per future"):
        prim(column, np.ones(9, bool))
    with pytest.raises(ValueError, match="missing or infinite values: x"):
        columns_of(pd.DataFrame({"x": [1.0, np.nan]}))
