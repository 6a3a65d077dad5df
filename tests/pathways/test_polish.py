"""Refinement: it climbs where slopes are right, and keeps nothing that the model itself does not confirm."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stepdown.pathways.archive import Archive
from stepdown.pathways.polish import polish
from stepdown.pathways.search import Front, Space, hypervolume, search

SPACE = Space(
    ("taken", "strength"),
    np.array([0.0, 0.0]),
    np.array([1.0, 1.0]),
    ("gain", "cost"),
    ("limit",),
    lambda x: np.array([np.round(x[0]), np.round(x[1] * 2) / 2]),
)
REFERENCE = (0.0, 3.0)
LIMIT = 0.8


def hard(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gain with falling returns, cost in proportion; too much breaks the limit."""
    taken, strength = x
    return np.array([-taken * np.sqrt(strength), taken * strength]), np.array([strength - LIMIT])


def right(x: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.array([[0.0, -0.5 * x[0] / np.sqrt(max(x[1], 1e-3))], [0.0, x[0]]])


def wrong(x: np.ndarray, f: np.ndarray) -> np.ndarray:
    return -right(x, f)


@pytest.fixture
def front() -> Front:
    return search(SPACE, hard, Archive(None, {}), seed=1, population=20, generations=5, reference=REFERENCE)


def test_a_coarse_set_is_refined_and_the_limit_holds(front: Front) -> None:
    found = polish(SPACE, front, hard, Archive(None, {}), right, most=3, rounds=6)
    assert found.kept > 0
    assert found.front.hypervolume > front.hypervolume
    assert found.front.hypervolume == pytest.approx(hypervolume(found.front.objectives, np.array(REFERENCE)))
    assert found.front.points[:, 1].max() <= LIMIT
    assert np.all(np.isin(found.front.points[:, 0], (0.0, 1.0))), "what is not smooth stays as it was found"


def test_slopes_that_mislead_change_nothing(front: Front) -> None:
    found = polish(SPACE, front, hard, Archive(None, {}), wrong, most=3)
    assert (found.kept, found.tried > 0) == (0, True)
    assert np.array_equal(found.front.objectives, front.objectives)


def test_without_slopes_nothing_is_asked(front: Front) -> None:
    found = polish(SPACE, front, hard, Archive(None, {}), lambda x, f: np.zeros((2, 2)), most=3)
    assert found.tried == 0


def test_a_second_time_asks_only_the_archive(front: Front, tmp_path: Path) -> None:
    first = polish(SPACE, front, hard, Archive(tmp_path / "a.jsonl", {"of": "test"}), right, most=3)

    def never(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        raise AssertionError(f"asked again: {x}")

    again = polish(SPACE, front, never, Archive(tmp_path / "a.jsonl", {"of": "test"}), right, most=3)
    assert np.array_equal(again.front.objectives, first.front.objectives)
