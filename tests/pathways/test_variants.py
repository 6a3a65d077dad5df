"""Variants of a pathway: what a vector means, and a search over the model that can be cut and resumed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import Pathway
from stepdown.contracts.program import Program
from stepdown.experiments import run_trajectories
from stepdown.experiments.outcomes import SERIES_NEEDED, outcome_values
from stepdown.experiments.slopes import Slopes, slopes
from stepdown.study.pathways import PathwayRun, set_up
from stepdown.study.pathways.build import NEVER
from stepdown.study.pathways.found import search_pathway
from stepdown.study.pathways.polish import strength_slopes
from stepdown.study.pathways.run import WITH
from stepdown.study.pathways.search import OBJECTIVES, PathwaySearch, Variant


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


def test_slopes_move_the_strengths_of_steps_that_are_taken(
    task: PathwaySearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[np.ndarray] = []

    def flat(world: object, drawn: Assumptions, program: Program, *asking: Any, **_: object) -> Slopes:
        towards, names = asking[:2]
        asked.append(towards)
        ones = np.ones(drawn.futures)
        along = {n: towards.sum(axis=1)[:, None] * ones for n in names}
        return Slopes(dict.fromkeys(names, ones), along)

    monkeypatch.setattr("stepdown.study.pathways.polish.slopes", flat)
    x = as_written(task)
    x[12:15] = 0.0, 0.0, 1.0  # sole-purpose not taken
    x[11] = 0.5  # language at half strength
    f, _ = task.evaluate(x)
    found = strength_slopes(task, x, f)
    strengths = list(range(2, 3 * len(task.setting.main_steps), 3))
    assert np.flatnonzero(found.any(axis=0)).tolist() == [i for i in strengths if i != 14]
    assert asked[0].shape[0] == len(task.setting.main_steps)
    inside = [s == "language" for s in task.setting.built.measures]
    assert asked[0][3].tolist() == [2.0 * i for i in inside], "a unit of strength doubles a half"
    more = x.copy()
    more[11] += 0.25
    exact = (task._irreversible(task.meaning(more)) - task._irreversible(task.meaning(x))) / 0.25
    assert found[OBJECTIVES.index("irreversibility"), 11] == pytest.approx(exact)


@pytest.mark.slow
def test_slopes_are_those_of_the_model(task: PathwaySearch) -> None:
    setting, span = task.setting, task.setting.pathway.horizon
    # Assurance is that of the least assured ally: a difference across the kink is no slope.
    program, names = setting.built.program, ("reliance", "use_risk", "cost")
    towards = np.array([[1.0 if s == "substitute" else 0.0 for s in setting.built.measures]])
    found = slopes(setting.world, setting.assumptions, program, towards, names, span.start, span.end)

    def at(factor: float) -> dict[str, np.ndarray]:
        scaled = task.program(Variant({}, {"substitute": factor}, 1.0, True))
        run = run_trajectories(
            setting.world, setting.assumptions, scaled, span.start, span.end, SERIES_NEEDED
        )
        return outcome_values(setting.world, run)

    low, high = at(0.98), at(1.02)
    for name in names:
        assert found.along[name][0].mean() == pytest.approx(
            np.mean(high[name] - low[name]) / 0.04, rel=0.02, abs=1e-5
        )


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
    refined = search_pathway(setting, path, population=8, generations=2, refine=1)
    assert refined["refined"]["tried"] > 0
    assert len(refined["variants"]) >= len(again["variants"])
