"""One small run, shared by the tests that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.load import load_study
from stepdown.study.plan import StudyPlan
from stepdown.study.run import StudyRun, run_study


@pytest.fixture(scope="session")
def small_plan(facts: Facts, world: World) -> StudyPlan:
    return load_study(Path(__file__).parent / "small.yaml", facts, world)


@pytest.fixture(scope="session")
def small_run(small_plan: StudyPlan, facts: Facts) -> StudyRun:
    return run_study(small_plan, facts, 64, 7)
