"""Influence by design: points of one's own are the futures of the study; few runs, both methods."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from stepdown.cli import app
from stepdown.contracts.design import Design
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.experiments import outcome_keys
from stepdown.study import influence
from stepdown.study.exploration import StudyExperiment
from stepdown.study.influence import LENS, designed_influence
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.errors import ExplorationError, UnknownNameError

SMALL = str(Path(__file__).parent / "small.yaml")
FEW = {"inputs": 2, "screened": 64}


def test_points_of_ones_own_are_the_futures_of_the_study(
    small_plan: StudyPlan, facts: Facts, world: World
) -> None:
    """Every coordinate and the lens named: the effect is that of the design's own futures."""
    design = Design(12, 7, small_plan.lenses)
    experiment = StudyExperiment(small_plan, design)
    key = next(k for k in outcome_keys(world) if k.id == "use_risk")
    effect = influence._Effect(experiment, "both", key, world)
    draw, names = experiment._design.draw(0, 12), experiment.names
    lens = (draw.lens + 0.5) / len(small_plan.lenses)
    points = np.column_stack([lens, draw.points(names).T])
    own = effect.at((LENS, *names), points)
    np.testing.assert_array_equal(own, effect._change(experiment.draw(0, 12)))
    assert np.ptp(own) > 0
    one = effect.at((LENS, *names[:5]), points[:, :6])
    assert not np.array_equal(one, own), "the others stand at their medians"


@pytest.mark.slow
def test_morris_and_sobol_tell_the_same_inputs(small_plan: StudyPlan) -> None:
    (morris,) = designed_influence(SMALL, "both", method="morris", samples=2, **FEW).found
    report = designed_influence(SMALL, "both", samples=8, **FEW)
    first, total = report.found
    assert {i.name for i in morris.influences} == {i.name for i in total.influences}
    assert len(total.influences) == 3
    assert total.of(LENS).value >= 0
    assert (morris.futures, total.futures, total.failed) == (2 * 4, 8 * 5, 0)
    assert max(i.value for i in morris.influences) > 0
    for lang, word in (("en", "lens"), ("ja", "見方")):
        title, heads, rows = report.table(lang)
        assert "40" in title
        assert {len(row) for row in rows} == {len(heads)} == {5}
        assert any(row[0] == word for row in rows)
        assert "64" in report.note(lang)
    assert first.kind == "sobol_first"


def test_what_cannot_be_asked_is_told() -> None:
    with pytest.raises(UnknownNameError, match="bold"):
        designed_influence(SMALL, "bold")
    with pytest.raises(UnknownNameError, match="use_rsk"):
        designed_influence(SMALL, "both", "use_rsk")
    with pytest.raises(ExplorationError, match="power of two, not 9"):
        designed_influence(SMALL, "both", samples=9, **FEW)


def test_the_command_prints_a_table_or_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(influence, "SCREENED", 64)
    monkeypatch.setitem(influence.SAMPLES, "morris", 2)
    command = ["sensitivity", SMALL, "--package", "both", "--method", "morris", "--inputs", "1"]
    done = CliRunner().invoke(app, [*command, "--lang", "ja"])
    assert done.exit_code == 0, done.output
    assert "見方" in done.output
    plain = json.loads(CliRunner().invoke(app, [*command, "--json"]).output)
    assert plain["method"] == "morris"
    assert len(plain["found"][0]["influences"]) == 2
