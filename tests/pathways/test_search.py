"""The search: true fronts where they are known, a published benchmark, and a kill at any moment."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tests.pathways import lake

from stepdown.pathways.archive import Archive
from stepdown.pathways.search import Front, Space, front_of, hypervolume, search
from stepdown.vocabulary.errors import StudyError

STEPS, LATEST = 4, 2
GAIN, COST = np.array([5.0, 3.0, 2.0, 1.0]), np.array([4.0, 1.0, 2.0, 0.5])
RISK = np.array([2.0, 0.5, 1.5, 0.1])


def whole(x: np.ndarray) -> np.ndarray:
    return np.round(x)


SMALL = Space(
    tuple(f"{what}{i}" for i in range(STEPS) for what in ("take", "year")),
    np.zeros(2 * STEPS),
    np.array([1.0, float(LATEST)] * STEPS),
    ("gain", "cost"),
    ("risk",),
    whole,
)


def small_case(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which step, and when: later steps cost less and gain less; a risky pair may not come in one year."""
    take, year = x.reshape(STEPS, 2).T
    gain = (take * GAIN * (1 - 0.15 * year)).sum()
    cost = (take * COST * (1 - 0.2 * year)).sum()
    worst = max((take * RISK * (year == y)).sum() for y in range(LATEST + 1))
    return np.array([-gain, cost]), np.array([worst - 3.0])


def enumerated() -> np.ndarray:
    values = [np.array(v, dtype=float) for v in itertools.product(*([range(2), range(LATEST + 1)] * STEPS))]
    scores = [small_case(v) for v in values]
    ok = np.array([f for f, g in scores if g[0] <= 0])
    return ok[front_of(ok)]


def run_small(archive: Archive, generations: int = 40) -> Front:
    return search(
        SMALL, small_case, archive, seed=1, population=100, generations=generations, reference=(0.0, 8.0)
    )


def test_the_true_set_is_found_where_it_can_be_enumerated() -> None:
    found = run_small(Archive(None, {}))
    truth = enumerated()
    assert len(truth) > 10
    assert sorted(map(tuple, np.round(found.objectives, 9))) == sorted(map(tuple, np.round(truth, 9)))
    assert found.hypervolume == pytest.approx(hypervolume(truth, np.array([0.0, 8.0])))
    assert found.evaluations < (2 * (LATEST + 1)) ** STEPS


def test_no_point_of_the_front_breaks_a_constraint() -> None:
    found = run_small(Archive(None, {}), generations=10)
    assert all(small_case(x)[1][0] <= 0 for x in found.points)


def test_a_search_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    """After 8 generations and a torn last line: the same front, and nothing is asked twice."""
    straight = run_small(Archive(None, {}), generations=20)
    path = tmp_path / "archive.jsonl"
    run_small(Archive(path, {"case": "small"}), generations=8)
    with path.open("ab") as stream:
        stream.write(b'{"x": [0.0, 1.0')
    archive = Archive(path, {"case": "small"})
    assert archive.resumed > 100
    resumed = run_small(archive, generations=20)
    assert np.array_equal(resumed.objectives, straight.objectives)
    assert np.array_equal(resumed.points, straight.points)
    assert resumed.history == straight.history
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + straight.evaluations


def test_an_archive_of_another_search_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    Archive(path, {"seed": 1})
    with pytest.raises(StudyError, match="belongs to another search"):
        Archive(path, {"seed": 2})


KILLED = """
import sys, time
from pathlib import Path
from tests.pathways.test_search import Archive, SMALL, search, small_case

def slowly(x):
    time.sleep(0.004)
    return small_case(x)

search(SMALL, slowly, Archive(Path(sys.argv[1]), {"case": "small"}), seed=1, population=100, generations=20,
       reference=(0.0, 8.0))
"""


def test_a_kill_loses_nothing(tmp_path: Path) -> None:
    """SIGKILL in the middle, then the rest: as if nothing had happened."""
    path = tmp_path / "archive.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if path.exists() and path.read_bytes().count(b"\n") > 150:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    archive = Archive(path, {"case": "small"})
    assert archive.resumed >= 150
    resumed = run_small(archive, generations=20)
    straight = run_small(Archive(None, {}), generations=20)
    assert np.array_equal(resumed.objectives, straight.objectives)


def test_hypervolume_against_known_bodies() -> None:
    two = np.array([[0.2, 0.6], [0.5, 0.3]])
    assert hypervolume(two, np.ones(2)) == pytest.approx(0.8 * 0.4 + 0.5 * 0.3)
    five = np.array([[0.5] * 5])
    assert hypervolume(five, np.ones(5)) == pytest.approx(0.5**5)
    split = np.array([[0.0, 0.5, 0.5, 0.5, 0.5], [0.5, 0.0, 0.5, 0.5, 0.5]])
    assert hypervolume(split, np.ones(5)) == pytest.approx(2 * 0.5**4 - 0.5**5, rel=0.03)


def test_equal_objectives_count_once() -> None:
    scores = np.array([[1.0, 2.0], [1.0, 2.0], [2.0, 1.0], [2.0, 2.0]])
    assert front_of(scores).tolist() == [0, 2]


def test_the_lake_has_its_threshold_where_the_literature_has_it() -> None:
    # For b = .42, q = 2 the unstable point solves x/(1 + x^2) = b: x = (1 - sqrt(1 - 4 b^2))/(2 b).
    assert pytest.approx((1 - np.sqrt(1 - 4 * 0.42**2)) / (2 * 0.42), rel=1e-9) == lake.CRITICAL


@pytest.mark.slow
def test_lake_problem_reaches_the_hypervolume_of_the_published_set() -> None:
    """Within 5 % of the set of Quinn, Reed & Keller 2017, from fifty runs of another algorithm."""
    found = search(
        lake.SPACE,
        lake.evaluate,
        Archive(None, {}),
        seed=5,
        population=250,
        generations=60,
        reference=lake.REFERENCE,
    )
    assert found.hypervolume >= 0.95 * lake.PUBLISHED
    assert len(found.points) > 200
