"""Variants of a pathway: what a vector means, and a search over the model that can be cut and resumed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import Pathway
from stepdown.study.pathways import PathwayRun, set_up
from stepdown.study.pathways.build import NEVER
from stepdown.study.pathways.run import WITH
from stepdown.study.pathways.search import OBJECTIVES, PathwaySearch, search_pathway


@pytest.fixture(scope="module")
def task(euro_run: PathwayRun) -> PathwaySearch:
    return PathwaySearch(euro_run.setting, euro_run.runs[BASELINE])


def as_written(task: PathwaySearch) -> np.ndarray:
    return np.array([1.0, 0.0, 1.0] * len(task.setting.main_steps) + [1.0, 1.0])


def test_the_pathway_as_written_is_a_variant(task: PathwaySearch, euro_run: PathwayRun) -> None:
    variant = task.meaning(task.snap(as_written(task)))
    plan = task.plan(variant)
    assert np.array_equal(plan.start, euro_run.setting.built.plan.start)
    assert np.array_equal(plan.level, euro_run.setting.built.plan.level)
    run = task.setting.run(plan)
    assert np.array_equal(run.state, euro_run.runs[WITH].state)


def test_what_is_not_taken_does_not_start_and_delays_are_whole_years(task: PathwaySearch) -> None:
    x = as_written(task)
    x[12:15] = 0.2, 3.0, 0.5  # sole-purpose not taken
    x[9:12] = 0.9, 1.7, 0.6  # language two years later, at half strength
    variant = task.meaning(task.snap(x))
    assert "sole-purpose" not in variant.steps
    assert variant.steps["language"] == 2032
    assert variant.strength["language"] == 0.5
    plan = task.plan(variant)
    assert plan.start[plan.steps.index("sole-purpose")] == NEVER
    assert plan.start[plan.steps.index("language")] == 6.0
    program = task.program(variant)
    inside = [m for m, s in enumerate(task.setting.built.measures) if s == "language"]
    full = task.setting.built.program
    assert np.allclose(program.political[inside], 0.5 * full.political[inside])


def test_doing_nothing_scores_nothing(task: PathwaySearch) -> None:
    x = as_written(task)
    x[:-2:3] = 0.0
    f, g = task.evaluate(task.snap(x))
    named = dict(zip(OBJECTIVES, f, strict=True))
    assert all(named[n] == pytest.approx(0, abs=1e-6) for n in ("reliance", "use_risk", "irreversibility"))
    assert np.all(g == pytest.approx(-task.setting.pathway.floors.most))


def test_caution_scales_the_distance_at_which_steps_act(task: PathwaySearch) -> None:
    wide = replace(task.meaning(as_written(task)), caution=2.0)
    plan, rules = task.plan(wide), task.setting.built.rules
    for level, before, (_, action, trigger) in zip(
        plan.level, task.setting.built.plan.level, rules, strict=True
    ):
        assert level == (2 * before if trigger.change and action != "proceed" else before)


@pytest.mark.slow
def test_a_search_over_the_model_resumes(euro: Pathway, facts: Facts, tmp_path: Path) -> None:
    setting = set_up(euro, facts, 20, 5)
    path = tmp_path / "search.jsonl"
    first = search_pathway(setting, path, population=8, generations=1)
    again = search_pathway(setting, path, population=8, generations=2)
    assert again["resumed"] == first["evaluations"] == 8
    assert again["history"][0] == first["history"][0]
    assert json.loads(json.dumps(again))["hypervolume"] >= first["hypervolume"]
    allowed = set(setting.main_steps)
    for variant in again["variants"]:
        assert set(variant["steps"]) <= allowed
        assert set(variant["scores"]) == set(OBJECTIVES)
