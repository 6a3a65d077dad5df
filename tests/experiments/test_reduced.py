"""Series joined over places, then over years, on numbers small enough to count."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.contracts.reductions import Join, Reduction, When
from stepdown.experiments.reduced import joined_places, joined_years

HAZARD = np.arange(24.0).reshape(3, 4, 2, 1)
"""[year, cause, theatre, future]"""


def reduced(places: tuple[tuple[int, ...] | None, ...], over: Join, at: When) -> float:
    reduction = Reduction("hazard", places, over, at)
    yearly = np.array([joined_places(reduction.yearly, x) for x in HAZARD])
    return float(joined_years(reduction, yearly)[0])


@pytest.mark.parametrize(
    ("places", "over", "at", "expected"),
    [
        (((1,), (1,)), "mean", "end", 19.0),
        (((0, 3), None), "sum", "rise", (16 + 17 + 22 + 23) - (0 + 1 + 6 + 7)),
        ((None, None), "highest", "lowest", 7.0),
        ((None, (0,)), "lowest", "mean", 8.0),
        ((None, None), "mean", "start", 3.5),
    ],
)
def test_places_are_joined_before_years(
    places: tuple[tuple[int, ...] | None, ...], over: Join, at: When, expected: float
) -> None:
    assert reduced(places, over, at) == expected
