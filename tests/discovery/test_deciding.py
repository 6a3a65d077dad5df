"""Deciding inputs: found when they decide, not named when chance alone speaks."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.contracts.assumptions import Coordinate
from stepdown.discovery.deciding import deciding_inputs, importance

N = 1000
RNG = np.random.default_rng(5)
NOISE = [Coordinate(f"noise{i}", "input.noise", RNG.random(N)) for i in range(800)]
ALL = np.ones(N, dtype=bool)


def test_the_input_that_decides_is_found_among_hundreds() -> None:
    decides = Coordinate("x", "input.x", RNG.random(N))
    helps = Coordinate("s", "s01", RNG.integers(0, 2, N).astype(float), ("mild", "harsh"))
    hit = (decides.values > 0.7) & (helps.values == 1) | (RNG.random(N) < 0.02)
    first, second = deciding_inputs([*NOISE, decides, helps], hit, ALL)
    assert first.coordinate.name == "x"
    assert first.low is not None
    assert first.high is not None
    assert first.high > 0.3 > first.low
    assert (second.coordinate.name, second.option) == ("s", "harsh")


def test_chance_is_not_named() -> None:
    hit = RNG.random(N) < 0.3
    assert deciding_inputs(NOISE, hit, ALL) == ()


@pytest.mark.parametrize("count", [0, 9, N - 9, N])
def test_too_few_cases_say_nothing(count: int) -> None:
    hit = np.arange(N) < count
    assert deciding_inputs([Coordinate("x", "input.x", np.arange(N) / N)], hit, ALL) == ()


def test_importance_of_an_input_that_decides_all() -> None:
    values = np.arange(N) / N
    hit = values >= 0.5
    assert importance(Coordinate("x", "input.x", values), hit, ALL) == pytest.approx(1, abs=0.01)
    assert importance(NOISE[0], hit, ALL) < 0.02


def test_failed_futures_do_not_count() -> None:
    values = np.arange(N) / N
    ok = values < 0.8
    hit = (values > 0.4) & ok
    (found,) = deciding_inputs([Coordinate("x", "input.x", values)], hit, ok)
    assert found.high == pytest.approx(1)
    assert found.low == pytest.approx(0)
