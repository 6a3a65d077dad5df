"""Study files: the shipped ones are valid; each mistake is named with line and nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepdown.contracts.facts import Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.load import find_study, load_study, shipped_studies
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.errors import StudyError

SMALL = Path(__file__).parent / "small.yaml"
TEXT = SMALL.read_text(encoding="utf-8")


def load(text: str, folder: Path, facts: Facts, world: World) -> StudyPlan:
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return load_study(path, facts, world)


@pytest.mark.parametrize("name", shipped_studies())
def test_shipped_studies_are_valid(name: str, facts: Facts, world: World) -> None:
    plan = load_study(find_study(name), facts, world)
    assert plan.id == name
    assert len(plan.lenses) == 5


def test_right_sizing_is_the_design(facts: Facts, world: World) -> None:
    plan = load_study(find_study("studies/right-sizing.yaml"), facts, world)
    assert [p.id for p in plan.packages] == [
        *("doctrine_only", "substitution_only", "substitution_with_restraint"),
        *("risk_reduction_only", "four_tracks"),
    ]
    tracks = {facts.get(Measure, use.measure).track for use in plan.measures("four_tracks")}
    assert len(tracks) == 4
    assert len(plan.orders) == 2
    for order in plan.orders:
        before, after = plan.measures(order.of), plan.permuted(order)
        moved = [a.measure for a, b in zip(after, before, strict=True) if a != b]
        assert moved == ["M15"], "a controlled permutation moves the doctrine step alone"
        assert all(
            a.model_copy(update={"start": 0}) == b.model_copy(update={"start": 0})
            for a, b in zip(after, before, strict=True)
        )


def test_restraint_adds_to_the_same_build_up(facts: Facts, world: World) -> None:
    plan = load_study(find_study("right-sizing"), facts, world)
    build_up = plan.measures("substitution_only")
    assert plan.measures("substitution_with_restraint")[: len(build_up)] == build_up


MISTAKES = {
    "measure": ("measure: M49", "measure: M490", "unknown measure; found M490", "did you mean M49?"),
    "actor": ("actors: [USA, RUS]", "actors: [USA, RUZ]", "unknown actor; found RUZ", "did you mean RUS?"),
    "lens": ("spiral_model", "spiral", "unknown lens; found spiral", "did you mean spiral_model?"),
    "headline": ("headline: [gate]", "headline: [gates]", "unknown outcome", "did you mean gate?"),
    "fan": ("fans: [use_risk]", "fans: [user_risk]", "unknown outcome", "did you mean use_risk?"),
    "late": ("start: 2028", "start: 2099", "start lies outside the horizon; found 2099", "2026 to 2032"),
    "word": ("strength: moderate", "strength: medium", "packages.0.measures.0.strength", "medium"),
    "condition": (
        "condition: reciprocal",
        "condition: recipocal",
        "not one of the allowed values",
        "did you mean reciprocal?",
    ),
    "field": ("horizon:", "horison:", "unknown field", "did you mean horizon?"),
    "past": ("start: 2026, end: 2032", "start: 2005, end: 2032", "record as it stands in 2026", "found 2005"),
    "rival": ("rival: RUS", "rival: JPN", "unknown nuclear-armed actor", "found JPN"),
    "horizon": ("end: 2032", "end: 2027", "2026 to 2027 is 1 years", "allowed: 5 to 60"),
    "japanese": ("ja: 小さな分析", "jp: 小さな分析", "label.ja: is missing", "label.jp: unknown field"),
    "order": ("start: {M49: 2030}", "start: {M15: 2030}", "talks has no such measure", "found M15"),
    "of": ("of: talks", "of: talk", "unknown package; found talk", "did you mean talks?"),
    "include": ("include: [talks]", "include: [later]", "includes no package above it", "found later"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_explained(name: str, tmp_path: Path, facts: Facts, world: World) -> None:
    right, wrong, *wanted = MISTAKES[name]
    assert right in TEXT
    with pytest.raises(StudyError) as caught:
        load(TEXT.replace(right, wrong, 1), tmp_path, facts, world)
    message = str(caught.value)
    assert all(w in message for w in wanted), message
    line = 1 + TEXT[: TEXT.index(right)].count("\n")
    assert any(p.file == "study.yaml" and abs(p.line - line) <= 1 for p in caught.value.problems), message


def test_an_id_used_twice(tmp_path: Path, facts: Facts, world: World) -> None:
    with pytest.raises(StudyError, match="id is used twice; found talks"):
        load(TEXT.replace("- id: both", "- id: talks"), tmp_path, facts, world)


def test_all_mistakes_at_once(tmp_path: Path, facts: Facts, world: World) -> None:
    text = TEXT.replace("measure: M49", "measure: M490").replace("[use_risk]", "[user_risk]")
    with pytest.raises(StudyError) as caught:
        load(text, tmp_path, facts, world)
    assert len(caught.value.problems) >= 2


def test_a_condition_nobody_can_meet(tmp_path: Path, facts: Facts, world: World) -> None:
    """Australia has no rival in the model: nobody could reciprocate."""
    text = TEXT.replace("actors: [USA, RUS]", "actors: [AUS]", 1)
    with pytest.raises(StudyError, match="cannot be met: these actors have no rival"):
        load(text, tmp_path, facts, world)


def test_a_measure_for_states_with_weapons(tmp_path: Path, facts: Facts, world: World) -> None:
    text = TEXT.replace("actors: [USA, GBR, FRA]", "actors: [JPN]", 1)
    with pytest.raises(StudyError, match="M15 works on a state's own nuclear weapons"):
        load(text, tmp_path, facts, world)


def test_a_measure_that_needs_another(tmp_path: Path, facts: Facts, world: World) -> None:
    text = TEXT.replace("measure: M49", "measure: M43", 1)
    with pytest.raises(StudyError, match="M43 needs M42 in the same package"):
        load(text, tmp_path, facts, world)


def test_unknown_study() -> None:
    with pytest.raises(StudyError, match="did you mean right-sizing"):
        find_study("right-sizeing")
