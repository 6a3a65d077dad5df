"""A whole study: paired, repeatable, honest about failures, leaving whole files or none."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts.facts import Facts
from stepdown.study.output import failed_futures, summary, write_study
from stepdown.study.plan import StudyPlan
from stepdown.study.run import StudyRun, run_study
from stepdown.study.table import effects_table
from stepdown.study.tell import tell
from stepdown.vocabulary.errors import StudyError
from stepdown.vocabulary.ids import LANGUAGES

ON = date(2026, 11, 23)


def test_every_package_and_order_ran_on_the_same_futures(small_run: StudyRun) -> None:
    ensemble = small_run.ensemble
    assert set(ensemble.outcomes) == {BASELINE, "talks", "both", "talks_later"}
    assert ensemble.ok.all()
    assert ensemble.years == tuple(range(2026, 2033))
    for package, values in ensemble.series.items():
        assert np.array_equal(values["use_risk"][0], ensemble.series[BASELINE]["use_risk"][0]), package


def test_same_numbers_twice(small_run: StudyRun, small_plan: StudyPlan, facts: Facts) -> None:
    again = run_study(small_plan, facts, 64, 7)
    told = [summary(tell(r, facts, "v", "r", ON)) for r in (small_run, again)]
    assert json.dumps(told[0]) == json.dumps(told[1])


def test_another_seed_gives_other_futures(small_run: StudyRun, small_plan: StudyPlan, facts: Facts) -> None:
    other = run_study(small_plan, facts, 64, 8)
    ours, theirs = (r.ensemble.outcomes["talks"]["use_risk"] for r in (small_run, other))
    assert not np.array_equal(ours, theirs)


def test_futures_are_shared_out_between_lenses(small_run: StudyRun) -> None:
    assert np.bincount(small_run.assumptions.lens).tolist() == [32, 32]


def test_too_few_futures(small_plan: StudyPlan, facts: Facts) -> None:
    with pytest.raises(StudyError, match="2 lenses need at least as many futures; found 1"):
        run_study(small_plan, facts, 1, 7)


def test_absolute_levels_stand_with_their_sources_only(small_run: StudyRun, facts: Facts) -> None:
    """No bare probability of war: the one absolute level is the prior, and it names its sources."""
    findings = tell(small_run, facts, "v", "r", ON)
    assert all(f.level_note.en.endswith("= 100") for f in findings.fans if f.outcome == "use_risk")
    (level,) = findings.prior.levels
    assert level.p05 < level.median < level.p95
    cited = {note.source for note in findings.sources}
    assert set(findings.prior.sources) <= cited
    assert "src.hellman_2008" in cited


def test_findings_are_complete_in_both_languages(small_run: StudyRun, facts: Facts) -> None:
    findings = tell(small_run, facts, "v", "r", ON)
    headline = [o.id for o in findings.outcomes if o.headline]
    assert {"use_risk", "reliance", "adequacy", "assurance", "proliferation", "disarming_fear"} <= set(
        headline
    )
    groups = {o.group for o in findings.outcomes}
    assert groups == {
        *("use_risk", "reliance", "adequacy", "assurance", "proliferation"),
        *("rival_posture", "domestic", "forces", "cost"),
    }
    for outcome in findings.outcomes:
        assert outcome.label.en != outcome.label.ja, outcome.id
        assert "." not in outcome.label.en, "an id is no label"
    assert len(findings.roles.states) == 9
    for lang in LANGUAGES:
        table = effects_table(findings, lang)
        assert len(table.rows) == len(headline) * 2


def test_orders_are_compared_with_their_package(small_run: StudyRun, facts: Facts) -> None:
    (order,) = tell(small_run, facts, "v", "r", ON).order
    assert order.package == "talks"
    values = small_run.ensemble.outcomes
    change = values["talks_later"]["use_risk"] / values["talks"]["use_risk"] - 1
    effect = next(e for e in order.effects if e.outcome == "use_risk")
    assert effect.median == pytest.approx(float(np.median(change)))


def test_files_are_whole(small_run: StudyRun, facts: Facts, tmp_path: Path) -> None:
    findings = tell(small_run, facts, "v", "r", ON)
    folder = tmp_path / "out" / "small"
    files = write_study(small_run, findings, folder)
    names = [f.name for f in files]
    assert names == ["brief.en.html", "brief.ja.html", "run-card.json", "summary.json", "effects.csv"]
    assert all(f.stat().st_size > 0 for f in files)
    card = json.loads((folder / "run-card.json").read_text(encoding="utf-8"))
    assert (card["seed"], card["futures"], card["failed"]) == (7, 64, 0)
    assert card["record_hash"] == facts.digest
    assert [p.name for p in folder.parent.iterdir()] == ["small"]
    write_study(small_run, findings, folder)
    assert [p.name for p in folder.parent.iterdir()] == ["small"], "a second run replaces the first whole"


def test_nothing_is_left_when_writing_fails(
    small_run: StudyRun, facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = tell(small_run, facts, "v", "r", ON)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stepdown.study.output.summary", fail)
    with pytest.raises(StudyError, match="cannot be written: No space left on device"):
        write_study(small_run, findings, tmp_path / "out" / "small")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_note_beside_a_run_is_never_lost(small_run: StudyRun, facts: Facts, tmp_path: Path) -> None:
    findings = tell(small_run, facts, "v", "r", ON)
    write_study(small_run, findings, tmp_path / "out")
    (tmp_path / "out" / "my-notes.md").write_text("thoughts", encoding="utf-8")
    with pytest.raises(StudyError, match=r"something else than a run.*found my-notes\.md"):
        write_study(small_run, findings, tmp_path / "out")
    assert (tmp_path / "out" / "my-notes.md").read_text(encoding="utf-8") == "thoughts"


def test_two_runs_into_one_folder_follow_each_other(
    small_run: StudyRun, facts: Facts, tmp_path: Path
) -> None:
    findings = tell(small_run, facts, "v", "r", ON)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(4):
            pair = [pool.submit(write_study, small_run, findings, tmp_path / "a" / "out") for _ in range(2)]
            assert all(len(job.result()) == 5 for job in pair)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["out"]
    assert len(list((tmp_path / "a" / "out").iterdir())) == 5


def test_a_failed_future_is_kept_with_its_inputs(small_run: StudyRun, facts: Facts, tmp_path: Path) -> None:
    codes = {p: code.copy() for p, code in small_run.ensemble.codes.items()}
    codes["both"][5] = 1
    run = replace(small_run, ensemble=replace(small_run.ensemble, codes=codes))
    findings = tell(run, facts, "v", "r", ON)
    assert findings.run.failed == 1
    effect = findings.effect("talks", "use_risk")
    assert effect is not None
    assert (effect.n, effect.failed) == (63, 1)
    (kept,) = failed_futures(run)
    assert kept["future"] == 5
    assert kept["codes"] == {BASELINE: "OK", "talks": "OK", "both": "NON_FINITE", "talks_later": "OK"}
    assert len(kept["inputs"]) == len(run.coordinates)
    files = write_study(run, findings, tmp_path / "out")
    assert files[-1].name == "failed-futures.json"
    assert "1 of 64 futures failed" in " ".join(effects_table(findings, "en").notes)
