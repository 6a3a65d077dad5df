"""A pathway's run: paired, repeatable, its log true to the decisions, told in both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import yaml

from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import Pathway
from stepdown.contracts.shocks import Shock
from stepdown.contracts.triggers import StepState
from stepdown.experiments.adaptive import floor_subjects
from stepdown.pathways import changes_of
from stepdown.study.pathways import (
    PathwayRun,
    future_lines,
    log_lines,
    run_pathway,
    set_up,
    summary,
    verdicts,
    what_if_rivals,
)
from stepdown.study.pathways.report import (
    default_shocks,
    explanation,
    parse_shock,
    rival_lines,
    run_lines,
    tipping_lines,
)
from stepdown.study.pathways.run import PATIENCE, WITH, WITHOUT
from stepdown.study.pathways.stress import stress_shares
from stepdown.study.pathways.words import table
from stepdown.vocabulary.errors import StudyError


def test_variants_share_futures_and_luck(euro_run: PathwayRun) -> None:
    runs = euro_run.runs
    for name in (WITH, WITHOUT):
        assert np.array_equal(runs[name].sampled.regime, runs[BASELINE].sampled.regime)
        assert np.array_equal(
            runs[name].trajectories["reliance"][0], runs[BASELINE].trajectories["reliance"][0]
        )
    assert not runs[BASELINE].opened.any()
    assert euro_run.failed == 0


def test_on_schedule_nothing_holds_and_nobody_is_compensated(euro_run: PathwayRun) -> None:
    blind = euro_run.runs[WITHOUT]
    assert set(np.unique(blind.state)) == {StepState.WAITING, StepState.PROCEEDING}
    called = [s for s, step in enumerate(blind.plan.steps) if blind.plan.called[s]]
    assert not blind.opened[:, called].any()
    main = [s for s in range(len(blind.plan.steps)) if s not in called]
    assert blind.opened[-1, main].all()


def test_steps_hold_in_some_futures_and_compensation_follows_calls(euro_run: PathwayRun) -> None:
    run = euro_run.runs[WITH]
    share = np.mean(run.state == StepState.HOLDING)
    assert 0 < share < 0.5
    answer = run.plan.steps.index("reassure")
    callers = [run.plan.steps.index("language")]
    ever_called = (run.calling[:, callers] > 0.5).any(axis=(0, 1))
    opened = run.opened[-1, answer] > 0.5
    assert not np.any(opened & ~ever_called)
    # A call of the last year cannot be answered within the run.
    assert opened.sum() >= (run.calling[:-2, callers] > 0.5).any(axis=(0, 1)).sum()


def test_the_log_of_a_future_is_its_states(euro_run: PathwayRun, euro: Pathway) -> None:
    run, first = euro_run.runs[WITH], euro.horizon.start
    for future in range(8):
        state = np.zeros(len(euro.steps), dtype=int)
        changes = list(changes_of(run, future, first))
        for year in range(run.state.shape[0]):
            for change in [c for c in changes if c.year == first + year]:
                state[run.plan.steps.index(change.step)] = change.state
                if change.reason.kind == "signpost":
                    _, _, trigger = euro_run.setting.built.rules[change.reason.rule]
                    assert change.observed is not None
                    if not trigger.change and change.state == StepState.HOLDING:
                        assert change.observed >= trigger.level - trigger.band
            assert np.array_equal(state, run.state[year, :, future])


def test_shares_add_up_in_every_year(euro_run: PathwayRun) -> None:
    total: dict[tuple[int, str], float] = {}
    for share in euro_run.shares:
        total[share.year, share.step] = total.get((share.year, share.step), 0.0) + share.share
        assert 0 < share.of_these <= 1
    assert all(value == pytest.approx(1.0) for value in total.values())


def test_same_setting_same_summary(euro_run: PathwayRun, euro: Pathway, facts: Facts) -> None:
    again = run_pathway(set_up(euro, facts, 60, 3, threads=1))
    assert json.dumps(summary(again)) == json.dumps(summary(euro_run))


def test_the_report_says_plainly_whether_triggers_help(euro_run: PathwayRun) -> None:
    lines = [line.en for line in verdicts(euro_run)]
    helped = euro_run.breaks[WITHOUT] - euro_run.breaks[WITH] > 0.02
    assert ("the triggers help" in lines[0]) == helped
    assert f"without compensation: {100 * euro_run.breaks[PATIENCE]:.0f} %" in lines[1]
    assert any("at most 15 % of futures; with its triggers it keeps that" in line for line in lines)


def test_where_hardly_anything_breaks_the_report_claims_nothing(euro_run: PathwayRun) -> None:
    calm = replace(euro_run, breaks={WITH: 0.014, WITHOUT: 0.014, PATIENCE: 0.014})
    first = next(iter(verdicts(calm)))
    assert "little for triggers to prevent" in first.en
    broken = replace(euro_run, breaks={WITH: 0.19, WITHOUT: 0.2, PATIENCE: 0.2})
    lines = [line.en for line in verdicts(broken)]
    assert "make little difference" in lines[0]
    assert any("even with its triggers it does not keep that (19 %)" in line for line in lines)


def test_what_could_be_done_instead_names_whose_floor_and_three_ways(euro_run: PathwayRun) -> None:
    points = {t.step: t for t in euro_run.tipping}
    tips = points["sole-purpose"]
    assert tips.whose in {*floor_subjects(euro_run.setting.world, euro_run.setting.parties)[str(tips.floor)]}
    assert [i.way for i in tips.instead] == ["stop_before", "with_compensation", "with_triggers"]
    line = next(x for x in tipping_lines(euro_run) if "Sole purpose" in x.en)
    assert "most often of" in line.en
    assert "補償を最初から併せて実施する" in line.ja


def test_lines_are_told_in_both_languages(euro_run: PathwayRun) -> None:
    lines = [*run_lines(euro_run), *future_lines(euro_run, 3)]
    assert any("because" in line.en and "理由" in line.ja for line in lines)
    for line in lines:
        assert line.en != line.ja
        assert not {"forecast", "optimal", "winner"} & set(line.en.lower().split())
        assert not any(word in line.ja for word in ("予測", "最適解", "勝敗", "危険度"))


def test_words_have_the_same_placeholders_in_both_languages() -> None:
    import re

    for group, entries in table().items():
        for key, entry in entries.items():
            assert set(entry) == {"en", "ja"}, (group, key)
            en, ja = (set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("en", "ja"))
            assert en == ja, (group, key)


def test_a_crisis_makes_more_futures_hold(euro_run: PathwayRun) -> None:
    shock = Shock("crisis", "euro_atlantic", 10.0, size=3.0)
    lines = list(stress_shares(euro_run, shock))
    assert "a crisis in Euro-Atlantic" in lines[0].en
    assert any("held" in line.en and "points more" in line.en for line in lines[1:])
    alone = list(future_lines(euro_run, 2, [shock]))
    assert any(line.ja.startswith("2036年：ストレス事象") for line in alone)


def test_default_shocks_are_four_and_can_be_written(euro_run: PathwayRun) -> None:
    shocks = default_shocks(euro_run)
    assert [s.kind for s in shocks] == ["crisis", "leader", "confidence", "treaty"]
    world = euro_run.setting.world
    parsed = parse_shock("confidence:POL:2033", 2026, world)
    assert (parsed.start, parsed.subject) == (7.0, "POL")
    for wrong in ("crisis:moon:2030", "crisis", "quake:korea:2030", "crisis:korea:soon"):
        with pytest.raises(StudyError, match="--stress"):
            parse_shock(wrong, 2026, world)


def test_a_future_that_was_not_run_is_refused(euro_run: PathwayRun) -> None:
    with pytest.raises(StudyError, match="0 to 59"):
        explanation(euro_run, 60, (), False)
    assert explanation(euro_run, None, (), False) == tuple(log_lines(euro_run))


def test_summary_is_plain_data(euro_run: PathwayRun) -> None:
    told = json.loads(json.dumps(summary(euro_run), ensure_ascii=False))
    assert told["run"]["mode"] == "sampled"
    assert {t["step"] for t in told["tipping"]} == set(euro_run.setting.main_steps)
    assert yaml.safe_load(json.dumps(told["floors"]))["most"] == 0.15


def test_rivals_of_three_kinds_and_regret_with_hindsight(euro_run: PathwayRun) -> None:
    cases = what_if_rivals(euro_run.setting)
    assert [c.rival for c in cases] == ["reciprocates", "ignores", "exploits"]
    reliance = {c.rival: c.changes[WITH]["reliance"][1] for c in cases}
    assert reliance["reciprocates"] <= reliance["exploits"]
    for case in cases:
        assert len(case.changes) == 2 + len(euro_run.setting.main_steps) - 1
        for outcome in ("use_risk", "reliance", "assurance"):
            found = [r for r in case.regrets if r.outcome == outcome]
            assert all(r.median >= 0 and r.p90 >= r.median for r in found)
            assert sum(r.best for r in found) >= 1
    reciprocates, ignores, exploits = (c.answers for c in cases)
    assert ignores == ()
    assert "RUS" in [a.state for a in reciprocates]
    for kind, cruel in zip(reciprocates, exploits, strict=True):
        assert kind.change[1] <= 0 <= cruel.change[1]
        assert 0 <= kind.gate <= 1
    # What Russia returns is bounded by its own gate, whatever it would like to return.
    russia = next(a for a in reciprocates if a.state == "RUS")
    assert abs(russia.change[1]) < russia.gate
    lines = list(rival_lines(euro_run, cases))
    assert len(lines) == 3 + 2 * len(reciprocates) + 1
    assert "つけ込む" in lines[2].ja
