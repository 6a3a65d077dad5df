"""Floors, tipping points and regret on numbers that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.contracts.pathways import Floors
from stepdown.pathways import broken, first_broken, regrets, tipping_point

FLOORS = Floors(assurance=0.1, adequacy=0.1, use_risk=0.05, most=0.1)
YEARS, FUTURES = 10, 4


def series(**changes: np.ndarray) -> dict[str, np.ndarray]:
    base = {n: np.full((YEARS, 2, FUTURES), 0.5) for n in ("assurance", "adequacy")}
    base["use_risk"] = np.full((YEARS, 1, FUTURES), 0.01)
    return base | changes


def falling(state: int, future: int, year: int, to: float) -> np.ndarray:
    values = np.full((YEARS, 2, FUTURES), 0.5)
    values[year:, state, future] = to
    return values


def test_a_floor_breaks_for_anybody_and_must_stay_broken() -> None:
    changed = falling(1, 2, 6, 0.44)
    changed[3, 0, 0] = 0.1
    breaks = broken(series(assurance=changed), series(), FLOORS)
    year, floor = first_broken(breaks)
    assert year.tolist() == [-1, -1, 6, -1]
    assert floor.tolist() == [-1, -1, 0, -1]


def test_use_risk_breaks_upwards_only() -> None:
    risk = np.full((YEARS, 1, FUTURES), 0.01)
    risk[2:, 0, 1], risk[2:, 0, 3] = 0.0106, 0.005
    year, floor = first_broken(broken(series(use_risk=risk), series(), FLOORS))
    assert year.tolist() == [-1, 2, -1, -1]
    assert floor[1] == 2


def test_tipping_years_and_what_could_be_done_instead() -> None:
    values = falling(0, 0, 5, 0.3)
    values[7:, 0, 1] = 0.3
    with_step = series(adequacy=values)
    half = series(adequacy=falling(0, 0, 5, 0.3))
    point = tipping_point(
        "step",
        2029,
        with_step,
        {"stop_before": series(), "with_triggers": half},
        series(),
        FLOORS,
        np.ones(FUTURES, bool),
        2026,
        {"adequacy": ("IND", "PAK")},
    )
    assert (point.tips, point.p10, point.p90, point.floor) == (0.5, 2031, 2033, "adequacy")
    assert point.whose == "IND"
    assert {i.way: i.share for i in point.instead} == {"stop_before": 1.0, "with_triggers": 0.5}


def test_a_break_before_the_step_is_not_its_own() -> None:
    early = np.full((YEARS, 2, FUTURES), 0.5)
    early[1:3] = 0.1
    point = tipping_point(
        "step", 2030, series(assurance=early), {}, series(), FLOORS, np.ones(FUTURES, bool), 2026, {}
    )
    assert point.tips == 0
    assert point.median is None


def test_regret_is_against_the_best_in_each_future() -> None:
    changes = {"a": np.array([-0.1, 0.0, -0.2]), "b": np.array([0.0, -0.1, -0.2])}
    a, b = regrets(changes, "use_risk", lower_is_better=True)
    assert (a.median, b.median) == (0.0, 0.0)
    assert a.best == pytest.approx(2 / 3)
    assert a.p90 == pytest.approx(np.quantile([0, 0.1, 0], 0.9))
    (up, down) = regrets(changes, "assurance", lower_is_better=False)
    assert up.p90 > 0
    assert down.best == pytest.approx(2 / 3)
