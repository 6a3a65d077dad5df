"""A finished run analysed: the planted condition is found and told, failures are counted, pages are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from tests.study.sample_run import sample_run
from typer.testing import CliRunner

from stepdown.cli import app
from stepdown.contracts.design import Design
from stepdown.contracts.facts import Switch
from stepdown.experiments.store import dataset_of
from stepdown.study.analysis import METHODS, Analysis, analyse, as_data, figures, render, sections
from stepdown.study.analysis import main as analysis_main
from stepdown.study.analysis.report import write_analysis
from stepdown.study.analysis.words import wording
from stepdown.study.exploration import Keep, StudyExperiment
from stepdown.vocabulary.errors import ExplorationError, UnknownNameError


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyse(sample_run(), methods=METHODS)


def test_the_planted_condition_is_found_and_told_in_both_languages(found) -> None:
    (scenario,) = found.scenarios
    assert scenario.package == "bold"
    assert set(scenario.box.inputs) == {"s08", "will"}
    assert scenario.box.limit("s08").options == ("strong",)
    assert scenario.box.limit("will").high == pytest.approx(0.4, abs=0.04)
    assert scenario.sentence.en.startswith("Package A backfires on nuclear-use risk when ")
    assert "“Entanglement” stands at “strong”" in scenario.sentence.en
    assert "「政治的意思」が" in scenario.sentence.ja
    density, coverage = scenario.held_out
    assert density > 0.7
    assert coverage > 0.7


def test_a_package_that_never_backfires_is_said_to_be_too_rare(found) -> None:
    assert found.too_rare == (("steady", "use_risk", 0.0),)


def test_failed_futures_are_counted_and_left_out(found) -> None:
    assert (found.futures, found.failed) == (600, 1)
    (robust,) = found.robustness
    assert (robust.futures, robust.failed) == (599, 1)


def test_robustness_prefers_the_steady_package_when_the_worst_future_counts(found) -> None:
    (robust,) = found.robustness
    assert robust.packages == ("baseline", "bold", "steady")
    assert robust.row("maximin", "all").ranks == (2.0, 3.0, 1.0)
    assert robust.row("maximax", "all").ranks == (3.0, 1.0, 2.0)


def test_inputs_that_matter_stand_out_from_the_idle_one_by_every_index(found) -> None:
    of_bold = [i.found for i in found.influences if i.package == "bold"]
    assert {f.kind for f in of_bold} == {"binned_first", "delta", "pawn", "features"}
    for index in of_bold:
        above = {i.name for i in index.influences if i.value > index.noise}
        assert above == {"will", "s08"}, index.kind


def test_levels_ask_for_larger_harm() -> None:
    many = analyse(sample_run(), packages=("bold",), methods=("prim",), levels=(0.1, 0.25, 0.5))
    assert [s.level for s in many.scenarios] == [0.1, 0.25]
    assert many.too_rare == (("bold", "use_risk", 0.0),)
    assert "worsens nuclear-use risk by more than 10\u00a0%" in many.scenarios[0].sentence.en


def test_same_run_same_findings(found) -> None:
    assert analyse(sample_run(), methods=METHODS) == found


def test_unknown_names_are_errors_with_the_nearest() -> None:
    run = sample_run(60)
    for wrong in ({"outcomes": ("use_rsk",)}, {"packages": ("bald",)}, {"methods": ("prism",)}):
        with pytest.raises(UnknownNameError):
            analyse(run, **wrong)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_holds_every_figure_and_nothing_from_elsewhere(found, lang) -> None:
    page = render(found, lang)
    for name in figures(found, lang):
        assert page.count(f'id="{name}-t"') == 1
    assert len(figures(found, lang)) == 1 + 2 + 8 + 1
    assert not re.search(r"<script|https?://(?!www\.w3\.org)", page)
    assert (found.scenarios[0].sentence.text(lang) in page) or "&" in found.scenarios[0].sentence.text(lang)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    said = re.sub(r"Explores assumptions; does not forecast|予測ではない", "", page)
    for word in ("forecast", "winner", "optimal", "threat level", "予測", "勝敗", "最適解", "危険度"):
        assert word not in said


def test_both_pages_have_the_same_outline(found) -> None:
    outline = [[(s.id, len(s.items)) for s in sections(found, lang)] for lang in ("en", "ja")]
    assert outline[0] == outline[1]
    assert len(outline[0]) == 4


def test_files_are_written_and_numbers_read_back(found, tmp_path: Path) -> None:
    files = write_analysis(found, tmp_path / "made")
    assert {f.name for f in files[:3]} == {"analysis.en.html", "analysis.ja.html", "analysis.json"}
    assert all(f.is_file() for f in files)
    told = json.loads((tmp_path / "made" / "analysis.json").read_text(encoding="utf-8"))
    assert told["scenarios"][0]["box"]["count"]["hits"] == found.scenarios[0].box.count.hits
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(ExplorationError, match="cannot be written"):
        write_analysis(found, blocked)


def test_words_have_both_languages_with_the_same_placeholders() -> None:
    for key, entry in wording().items():
        assert set(entry) == {"en", "ja"}, key
        fields = [{f for _, f, _, _ in Formatter().parse(entry[lang]) if f} for lang in ("en", "ja")]
        assert fields[0] == fields[1], key


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_command_prints_sentences_and_writes_pages(monkeypatch, tmp_path: Path, lang) -> None:
    monkeypatch.setattr(analysis_main, "open_run", lambda folder: sample_run())
    command = ["analyse", str(tmp_path / "run"), "--method", "prim", "--method", "robustness", "--lang", lang]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert ("“Entanglement” stands at" if lang == "en" else "「核・非核の混在」が") in done.output
    assert (tmp_path / "run-analysis" / f"analysis.{lang}.html").is_file()
    plain = CliRunner().invoke(app, [*command, "--json", "--out", str(tmp_path / "other")])
    assert json.loads(plain.output)["scenarios"][0]["package"] == "bold"


def test_discover_tells_the_box_and_writes_nothing(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(analysis_main, "open_run", lambda folder: sample_run())
    command = ["discover", str(tmp_path / "run"), "--outcome", "use_risk", "--package", "bold"]
    done = CliRunner().invoke(app, [*command, "--json"])
    told = json.loads(done.stdout)
    (scenario,) = told["scenarios"]
    assert {x["name"] for x in scenario["box"]["limits"]} == {"s08", "will"}
    counted = scenario["box"]["count"]
    assert scenario["box"]["density"] == pytest.approx(counted["hits"] / counted["n"], abs=1e-4)
    assert scenario["leaves"]
    said = CliRunner().invoke(app, [*command, "--lang", "ja"]).stdout
    assert scenario["sentence"]["ja"] in said
    assert list(tmp_path.iterdir()) == []


def test_the_layout_of_a_real_study_is_read_with_its_words(facts, world, small_plan) -> None:
    """Words, units and switches as a study lays them out; invented outcomes stand for a run"""
    experiment = StudyExperiment(small_plan, Design(128, 3, small_plan.lenses), Keep(outcomes=("use_risk",)))
    layout, drawn = experiment.layout, experiment.draw(0, 128)
    values = {c.name: c.values for c in drawn.coordinates}
    norm = values["s07_norm"]
    risk = np.ones((len(layout.packages), 1, 128), dtype="float32")
    risk[1, 0] = np.where(norm == norm[0], 1.3, 0.9)
    arrays = {
        "outcomes": risk,
        "inputs": np.array([values[v.name] for v in layout.inputs], dtype="float32"),
        "switches": np.array([values[v.name] for v in layout.switches], dtype="int8"),
        "lens": drawn.assumptions.lens.astype("int8"),
        "code": np.zeros((len(layout.packages), 128), dtype="int8"),
    }
    told = analyse(dataset_of(layout, arrays), small_plan, methods=("prim", "robustness"))
    (scenario,) = told.scenarios
    assert scenario.box.inputs == ("s07_norm",)
    switch = facts.get(Switch, "s07_norm")
    assert switch.label.en in scenario.sentence.en
    assert switch.label.ja in scenario.sentence.ja
    assert [p.label.en for p in told.packages] == ["Talks", "Talks and doctrine"]
    assert "talks_later" not in told.robustness[0].packages


def test_json_names_only_inputs_that_findings_name(found) -> None:
    assert set(as_data(found)["words"]) == {"s08", "will"} | {
        n for leaf in found.scenarios[0].leaves for n in leaf.inputs
    }
