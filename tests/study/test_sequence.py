"""Does the order matter: variants change one track alone, on the same futures; no more is told than is so."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from stepdown.cli import app
from stepdown.contracts.effects import ALL_LENSES
from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey
from stepdown.contracts.facts import Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.discovery import paired_effects
from stepdown.study.assess.folder import check_folder
from stepdown.study.load import find_study, load_study
from stepdown.study.run import StudyRun
from stepdown.study.sequence import find, report_sequence
from stepdown.study.sequence.design import SequenceDesign, Unmoved, Variant, sequence_design
from stepdown.study.sequence.find import PLANNED
from stepdown.vocabulary.errors import StudyError
from stepdown.vocabulary.ids import TRACKS

SMALL = str(Path(__file__).parent / "small.yaml")
P, D, M, R = TRACKS


def _starts(design: SequenceDesign) -> dict[str, tuple[int, ...]]:
    return {v.id: v.starts for v in design.variants}


def test_every_variant_of_a_shipped_package_changes_one_track_and_nothing_else(
    facts: Facts, world: World
) -> None:
    plan = load_study(find_study("right-sizing"), facts, world)
    for package in plan.packages:
        uses = plan.measures(package.id)
        tracks = [facts.get(Measure, use.measure).track for use in uses]
        starts = [use.start for use in uses]
        design = sequence_design(starts, tracks, (2, 5), plan.horizon.start, plan.horizon.end)
        assert design.variants
        for variant in design.variants:
            moved = {t for t, was, now in zip(tracks, starts, variant.starts, strict=True) if was != now}
            assert moved == {variant.track}
            assert plan.horizon.start <= min(variant.starts) <= max(variant.starts) <= plan.horizon.end
        told = {v.track for v in design.variants} | {u.track for u in design.unmoved}
        assert told == set(TRACKS), "every track is moved, or it is said why not"
        assert len({v.id for v in design.variants}) == len(design.variants)


def test_moves_end_where_the_period_does_and_say_so() -> None:
    design = sequence_design([2027, 2030, 2026], [D, D, R], (2, 5), 2026, 2031)
    assert _starts(design) == {
        f"{D}.earlier.1": (2026, 2029, 2026),
        f"{D}.later.1": (2028, 2031, 2026),
        f"{D}.reversed": (2030, 2027, 2026),
        f"{R}.later.2": (2027, 2030, 2028),
        f"{R}.later.5": (2027, 2030, 2031),
    }
    assert [v.asked for v in design.variants] == [(2, 5), (2, 5), (), (2,), (5,)]
    assert set(design.unmoved) == {
        Unmoved(P, None, "absent"),
        Unmoved(M, None, "absent"),
        Unmoved(R, "earlier", "edge", (2, 5)),
        Unmoved(R, "reversed", "one_year"),
    }


def test_a_reversed_order_keeps_together_what_starts_together() -> None:
    design = sequence_design([2027, 2034, 2027, 2030, 2028], [D, D, D, D, P], (1,), 2026, 2056)
    assert _starts(design)[f"{D}.reversed"] == (2034, 2027, 2034, 2030, 2028)


def test_the_package_as_planned_has_the_effects_of_the_study(
    small_run: StudyRun, facts: Facts, world: World
) -> None:
    """Same seed, same futures: the report on order and the study speak of the same package."""
    plan = small_run.plan
    uses = plan.measures("both")
    design = sequence_design([u.start for u in uses], [R, D], (2,), plan.horizon.start, plan.horizon.end)
    keys = [k for k in small_run.keys if k.headline]
    found = find.run_sequence(facts, world, uses, design, keys, plan.horizon, 64, 7, plan.lenses)
    drawn = small_run.assumptions
    of_study = paired_effects(small_run.ensemble, keys, drawn.lenses, drawn.lens, ["both"])
    for ours, theirs in zip(found.own, [e for e in of_study if e.lens == ALL_LENSES], strict=True):
        assert ours.outcome == theirs.outcome
        np.testing.assert_allclose(
            [ours.median, ours.p05, ours.p95], [theirs.median, theirs.p05, theirs.p95], rtol=1e-4, atol=1e-6
        )
    later = next(s for s in found.of("reliance") if s.variant == f"{D}.later.2")
    assert max(abs(later.effect.p05), abs(later.effect.p95)) > 0, "a sole purpose two years later is felt"
    assert len(found.shifts) == len(keys) * len(design.variants)
    assert {len(s.by_lens) for s in found.shifts} == {len(plan.lenses)}


KEY = OutcomeKey("use_risk", "use_risk", "ratio", "down", 0.02, headline=True)
VARIANTS = tuple(Variant(t, "later", (), 2, (2,)) for t in (P, D, M))


def _found(*factors: float) -> tuple[tuple[find.Shift, ...], find.Lead]:
    """Risk halved by the package; each variant multiplies what is left by its factor, within a per cent."""
    base = np.linspace(0.01, 0.02, 40)
    spread = 1 + 0.01 * np.sin(np.arange(40))
    outcomes = {BASELINE: base, PLANNED: base / 2}
    outcomes |= {v.id: base / 2 * f * spread for v, f in zip(VARIANTS, factors, strict=True)}
    codes = {name: np.zeros(40, dtype=int) for name in outcomes}
    ran = Ensemble({k: {"use_risk": v} for k, v in outcomes.items()}, {}, (), codes, {}, 0.0)
    drawn = SimpleNamespace(lenses=("a", "b"), lens=np.arange(40) % 2)
    pooled = [e for e in paired_effects(ran, [KEY], drawn.lenses, drawn.lens, [PLANNED]) if e.lens == "all"]
    own = {"use_risk": pooled[0]}
    shifts = tuple(find._shifts(ran, drawn, SequenceDesign(VARIANTS, ()), [KEY], own))  # type: ignore[arg-type]
    return shifts, find._lead("use_risk", shifts)


def test_a_move_tells_where_its_median_is_clearly_beyond_a_little_change() -> None:
    (worse, better, hardly), lead = _found(1.2, 0.9, 1.015)
    assert (worse.telling, better.telling, hardly.telling) == (True, True, False)
    assert (worse.effect.backfires, better.effect.improves) == (1.0, 1.0)
    assert worse.effect.median == pytest.approx(0.2, abs=0.01)
    assert worse.of_effect == pytest.approx(0.2, abs=0.01), "a tenth of the baseline, of a half"
    assert lead.shift == worse
    assert lead.close == ()


def test_order_hardly_matters_where_no_interval_leaves_the_margin() -> None:
    shifts, lead = _found(1.02, 1.0, 0.985)
    assert not any(s.telling for s in shifts)
    assert lead.shift is None


def test_tracks_that_cannot_be_told_apart_are_named_together() -> None:
    _, lead = _found(1.1, 0.9, 1.05)
    assert lead.shift is not None
    assert lead.close == (({P, D} - {lead.shift.track}).pop(),)


def test_the_command_leaves_pages_in_both_languages_and_the_numbers(tmp_path: Path) -> None:
    out = tmp_path / "order"
    command = ["sequence", SMALL, "--package", "both", "--futures", "64", "--seed", "7"]
    done = CliRunner().invoke(app, [*command, "--years", "5,2", "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert sorted(p.name for p in out.iterdir()) == ["brief.en.html", "brief.ja.html", "sequence.json"]
    assert json.loads((out / "sequence.json").read_text(encoding="utf-8")) == told
    assert [v["id"] for v in told["variants"]] == [
        *(f"{D}.earlier.1", f"{D}.later.2", f"{D}.later.5"),
        *(f"{R}.earlier.2", f"{R}.later.2", f"{R}.later.4"),
    ]
    assert {s["effect"]["outcome"] for s in told["shifts"]} >= {"use_risk", "reliance", "gate"}
    for lang, words in (("en", "hardly matters for:"), ("ja", "ほとんど影響しない：")):
        page = (out / f"brief.{lang}.html").read_text(encoding="utf-8")
        assert words in page
        assert page.count("<figure") == page.count('class="twin-frame"') > 6, "every chart has its table"
        assert "<script" not in page
    with pytest.raises(StudyError, match="something else than an assessment"):
        check_folder(out)


def test_everything_wrong_with_a_request_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        report_sequence(SMALL, "bth", (0, 9), 3, lenses=("spirals",))
    told = str(caught.value)
    for words in (
        "unknown package; found bth; allowed: talks, both; did you mean both?",
        "found 0; allowed: 1 to 6 years",
        "found 9; allowed: 1 to 6 years",
        "did you mean spiral_model?",
        "found 3; allowed: 6 or more",
    ):
        assert words in told
    with pytest.raises(StudyError, match=r"two measures or more.*found talks; allowed: both"):
        report_sequence(SMALL, "talks")
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(StudyError, match="something else than a report on order"):
        report_sequence(SMALL, "both", out=tmp_path)


def test_years_are_whole_numbers() -> None:
    done = CliRunner().invoke(app, ["sequence", SMALL, "--package", "both", "--years", "2,soon"])
    assert done.exit_code == 2
    assert "'soon'" in done.output
