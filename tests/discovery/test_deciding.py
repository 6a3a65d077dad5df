"""Deciding inputs: found when they decide, not named when chance alone speaks."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.contracts.assumptions import Coordinate
from stepdown.discovery import Screen

N = 1000
RNG = np.random.default_rng(5)
NOISE = [Coordinate(f"noise{i}", "input.noise", RNG.random(N)) for i in range(800)]
ALL = np.ones(N, dtype=bool)


def test_the_input_that_decides_is_found_among_hundreds() -> None:
    decides = Coordinate("x", "input.x", RNG.random(N))
    helps = Coordinate("s", "s01", RNG.integers(0, 2, N).astype(float), ("mild", "harsh"))
    hit = (decides.values > 0.7) & (helps.values == 1) | (RNG.random(N) < 0.02)
    first, second = Screen([*NOISE, decides, helps], ALL).deciding(hit)
    assert first.coordinate.name == "x"
    assert first.low is not None
    assert first.high is not None
    assert first.high > 0.3 > first.low
    assert (second.coordinate.name, second.option) == ("s", "harsh")


def test_chance_is_not_named() -> None:
    hit = RNG.random(N) < 0.3
    assert Screen(NOISE, ALL).deciding(hit) == ()


@pytest.mark.parametrize("count", [0, 9, N - 9, N])
def test_too_few_cases_say_nothing(count: int) -> None:
    hit = np.arange(N) < count
    assert Screen([Coordinate("x", "input.x", np.arange(N) / N)], ALL).deciding(hit) == ()


def test_importance_of_an_input_that_decides_all() -> None:
    values = np.arange(N) / N
    hit = values >= 0.5
    strong, weak = Screen([Coordinate("x", "input.x", values), NOISE[0]], ALL).importance(hit)
    assert strong == pytest.approx(1, abs=0.01)
    assert weak < 0.02


def test_failed_futures_do_not_count() -> None:
    values = np.arange(N) / N
    ok = values < 0.8
    hit = (values > 0.4) & ok
    (found,) = Screen([Coordinate("x", "input.x", values)], ok).deciding(hit)
    assert found.high == pytest.approx(1)
    assert found.low == pytest.approx(0)
