"""The board's laboratory: the numbers of a study run, whole or in parts, and study files that run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.world import World
from stepdown.study.board import (
    Laboratory,
    Look,
    board_plan,
    catalogue,
    dissenters,
    obstacle,
    study_file,
)
from stepdown.study.board.plan import OUTCOMES
from stepdown.study.load import load_study
from stepdown.study.run import run_study

FUTURES = 256
NAMES = {"A": Bilingual("A", "A"), "B": Bilingual("B", "B")}


def use(measure: str, *actors: str, strength: float = 0.5, **more: object) -> MeasureUse:
    content = {"measure": measure, "actors": actors, "start": 2028, "strength": strength, **more}
    return MeasureUse.model_validate(content)


USES = (
    use("M15", "USA", "GBR", "FRA", strength=0.75),
    use("M49", "USA", "RUS", "CHN", condition="reciprocal"),
    use("M24", "USA", strength=0.6),
)


@pytest.fixture(scope="module")
def laboratory(facts: Facts) -> Laboratory:
    made = Laboratory(facts, FUTURES)
    made.prepare()
    return made


def look(laboratory: Laboratory, uses: tuple[MeasureUse, ...], parts: int) -> Look:
    return Look(
        laboratory,
        [laboratory.run(uses, i) for i in range(parts)],
        [laboratory.run((), i) for i in range(parts)],
    )


def test_board_gives_the_numbers_of_a_study_run(laboratory: Laboratory, facts: Facts) -> None:
    plan = board_plan({"A": USES}, NAMES)
    run = run_study(plan, facts, FUTURES, laboratory.seed)
    for i, part in enumerate(laboratory.parts):
        found = laboratory.run(USES, i)
        for name in OUTCOMES:
            expected = run.ensemble.outcomes["package-a"][name][part]
            np.testing.assert_allclose(found.outcomes[name], expected, rtol=2e-4, atol=1e-6)


def test_preview_is_the_beginning_of_the_whole(laboratory: Laboratory) -> None:
    preview, whole = look(laboratory, USES, 1), look(laboratory, USES, len(laboratory.parts))
    assert (preview.futures, preview.whole) == (128, False)
    assert (whole.futures, whole.whole) == (FUTURES, True)
    first = whole.change("reliance")[:128]
    np.testing.assert_array_equal(preview.change("reliance"), first)


def test_order_of_measures_means_nothing(laboratory: Laboratory) -> None:
    assert laboratory.run(USES, 0) is laboratory.run(tuple(reversed(USES)), 0)


def test_nothing_chosen_changes_nothing(laboratory: Laboratory) -> None:
    same = look(laboratory, (), 1)
    assert all(e.median == 0 and e.backfires == 0 for e in same.effects)


def test_effects_and_fans_follow_the_lens(laboratory: Laboratory) -> None:
    shown = look(laboratory, USES, len(laboratory.parts))
    assert {e.outcome for e in shown.effects} == set(OUTCOMES)
    pooled, spiral = shown.effect("reliance"), shown.effect("reliance", "spiral_model")
    assert pooled.n == FUTURES
    assert spiral.n == pytest.approx(FUTURES / 5, abs=1)
    fan, narrow = shown.fan("use_risk", ALL_LENSES), shown.fan("use_risk", "spiral_model")
    assert fan.baseline.p50[0] == pytest.approx(100)
    assert fan.difference != narrow.difference
    assert len(fan.years) == 31


def test_dissenters_go_the_other_way_and_come_strongest_first(laboratory: Laboratory) -> None:
    shown = look(laboratory, USES, len(laboratory.parts))
    found = dissenters(shown, "adequacy")
    assert found
    assert all(d.change < 0 for d in found)  # adequacy is meant to rise
    assert [d.change for d in found] == sorted(d.change for d in found)
    assert all(d.lens == "deterrence_model" for d in dissenters(shown, "adequacy", "deterrence_model"))


def test_study_file_of_a_board_can_be_run(facts: Facts, world: World, tmp_path: Path) -> None:
    plan = board_plan({"A": USES, "B": USES[:1]}, NAMES, ("reliance", "assurance"), ("balanced",))
    path = tmp_path / "lever-board.yaml"
    path.write_text(study_file(plan, "made by a test\nin two lines"), encoding="utf-8")
    read = load_study(path, facts, world)
    assert read == plan
    assert [u.share for u in read.measures("package-a")] == [u.share for u in USES]
    assert read.lenses == ("balanced",)


def test_every_shipped_package_is_on_offer_and_unhindered(facts: Facts, world: World) -> None:
    known = catalogue(facts)
    assert len(known.measures) == 66
    assert known.first.id == "four_tracks"
    for ready in known.ready:
        together = {u.measure for u in ready.uses}
        assert [obstacle(facts, world, u, together) for u in ready.uses] == [None] * len(ready.uses)
    assert [c.id for c in known.measures.values() if c.evidence_only] == ["M61"]
    for card in known.measures.values():
        assert card.use.actors, card.id


@pytest.mark.parametrize(
    ("asked", "together", "kind"),
    [
        (use("M43", "USA"), {"M43"}, "needs"),
        (use("M15", "JPN"), {"M15"}, "no_nuclear_weapons"),
        (use("M61", "USA"), {"M61"}, "evidence_only"),
        (use("M49", "BRA"), {"M49"}, "nobody"),
    ],
)
def test_what_stands_in_the_way_is_named(
    facts: Facts, world: World, asked: MeasureUse, together: set[str], kind: str
) -> None:
    found = obstacle(facts, world, asked, together)
    assert found is not None
    assert found.kind == kind


def test_a_package_too_large_for_the_kernel_is_refused(laboratory: Laboratory, facts: Facts) -> None:
    cards = [c for c in catalogue(facts).measures.values() if not c.evidence_only]
    with pytest.raises(ValueError, match="at most 32 measures"):
        laboratory.run(tuple(c.use for c in cards), 0)
