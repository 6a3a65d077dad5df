"""Pathway files: three that ship are sound; a broken one shows every defect at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from stepdown.contracts.facts.base import Evidence
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.pathways import find_pathway, load_pathway, shipped_pathways
from stepdown.vocabulary.errors import StudyError


@pytest.mark.parametrize("name", sorted(shipped_pathways()))
def test_shipped_pathways_are_sound(name: str, facts: Facts, world: World) -> None:
    pathway = load_pathway(find_pathway(name), facts, world)
    assert pathway.id == name
    assert any(step.compensates for step in pathway.steps)
    assert any(step.revert for step in pathway.steps)
    assert all(step.basis for step in pathway.steps)


def test_three_pathways_ship() -> None:
    assert set(shipped_pathways()) == {
        "euro-atlantic-sole-purpose",
        "korea-assurance-crisis-communication",
        "south-asia-risk-reduction",
    }


def broken(tmp_path: Path, **changes: object) -> Path:
    content = yaml.safe_load(find_pathway("euro-atlantic-sole-purpose").read_text(encoding="utf-8"))
    for place, value in changes.items():
        node = content
        *path, last = (int(p) if p.isdigit() else p for p in place.split("__"))
        for part in path:
            node = node[part]
        node[last] = value
    file = tmp_path / "broken.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def test_every_defect_is_told_at_once_with_the_nearest_name(
    tmp_path: Path, facts: Facts, world: World
) -> None:
    file = broken(
        tmp_path,
        signposts__0__indicator="tensoin",
        signposts__1__subject="USA",
        steps__2__hold__0__signpost="launch-rsu",
        steps__3__after__0__step="sole-purpose",
        steps__4__measures__0__measure="M155",
        steps__5__start=2090,
        steps__6__compensates=["cuts"],
        steps__0__basis__0__source="src.papre",
    )
    with pytest.raises(StudyError) as found:
        load_pathway(file, facts, world)
    told = str(found.value)
    for part in (
        "did you mean tension?",
        "unknown state under a nuclear guarantee; found USA",
        "did you mean launch-rus?",
        "unknown step above this one; found sole-purpose",
        "unknown measure; found M155",
        "start lies outside the horizon; found 2090",
        "this step never calls for compensation; found cuts",
        "no step answers this call with `compensates`; found language",
        "did you mean src.paper?",
    ):
        assert part in told, part
    assert all(p.line > 0 for p in found.value.problems)


def test_a_trigger_has_one_condition_and_fields_are_closed(
    tmp_path: Path, facts: Facts, world: World
) -> None:
    file = broken(tmp_path, steps__2__hold__0__at_least=0.5, steps__0__colour="blue")
    with pytest.raises(StudyError) as found:
        load_pathway(file, facts, world)
    assert "exactly one of at_least, at_most, rises_by, falls_by" in str(found.value)
    assert "unknown field" in str(found.value)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(StudyError, match="did you mean south-asia-risk-reduction"):
        find_pathway("south-asia-risk-reducton")


def test_grounds_in_the_paper_stand_in_the_measures_and_claims_of_the_record(
    facts: Facts, world: World
) -> None:
    """Anchors are those that the record itself has checked against the paper."""
    known = {
        (ground.at.section, ground.anchor)
        for records in facts.by_type.values()
        for record in records.values()
        for ground in getattr(record, "basis", ())
        if isinstance(ground, Evidence) and ground.source == "src.paper"
    }
    for path in shipped_pathways().values():
        for step in load_pathway(path, facts, world).steps:
            for ground in step.basis:
                if isinstance(ground, Evidence):
                    assert (ground.at.section, ground.anchor) in known, (path.stem, step.id, ground.anchor)
