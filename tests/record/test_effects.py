"""Effects keep to the scales of docs/method/effects.md, move every lever, and stay within their rules."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from stepdown.contracts.facts import Effect, Measure
from stepdown.contracts.facts.amounts import Pert, Point, ScalarAmount
from stepdown.contracts.facts.base import Evidence, Judgement
from stepdown.contracts.facts.measures import LeverEffect
from stepdown.record import data_folder, load_record
from stepdown.vocabulary.ids import CAPABILITIES, ENABLERS, LEVERS, ROLE_GROUPS

METHOD = Path(__file__).parents[2] / "docs" / "method" / "effects.md"
SOURCES = {"src.paper", "src.fri_onn_2024"}
PATHS = {
    "establish policy": ("M04", "M05", "M13"),
    "assess utility": ("M14",),
    "examine alternatives": ("M26", "M44"),
    "pursue risk reduction": tuple(f"M{n}" for n in range(45, 61)),
}
REVERSAL = {
    "high": {"high"},
    "medium": {"declaratory", "medium", "mixed"},
    "low_medium": {"low to medium", "mixed"},
    "low": {"mixed"},
}
Step = tuple[float, ...]


facts = cache(load_record)


@cache
def effects() -> dict[str, Effect]:
    return {e.measure: e for e in facts().all(Effect)}


@cache
def measures() -> dict[str, Measure]:
    return {m.id: m for m in facts().all(Measure)}


def levers() -> Iterator[tuple[str, LeverEffect]]:
    for measure, effect in effects().items():
        for lever in effect.levers:
            yield measure, lever


def cells(lever: LeverEffect) -> set[tuple[str, str]]:
    """(lever, role or capability) that an entry moves; the second is empty for levers without an index."""
    return {(lever.lever, cell) for cell in (*lever.roles, *lever.capabilities)} or {(lever.lever, "")}


def numbers(amount: ScalarAmount) -> Step:
    if isinstance(amount, Point):
        return (amount.value,) * 3
    assert isinstance(amount, Pert)
    assert amount.shape == 4
    return amount.low, amount.mode, amount.high


@cache
def scale(heading: str) -> dict[str, Step]:
    """Steps of one scale as the method note prints them."""
    section = METHOD.read_text(encoding="utf-8").split(f"\n### {heading}\n")[1].split("\n#")[0]
    width = 6 if heading == "Time" else 3
    row = re.compile(r"^\| ([a-z -]+?) \|" + r" ([\d.]+) \|" * width, re.MULTILINE)
    return {name: tuple(map(float, values)) for name, *values in row.findall(section)}


def test_every_measure_has_an_effect_in_the_file_of_its_track() -> None:
    assert set(effects()) == set(measures()) == {f"M{n:02}" for n in range(1, 67)}
    for measure, effect in effects().items():
        assert effect.id == f"eff.{measure}"
        file = data_folder() / "effects" / f"{measures()[measure].track}.yaml"
        assert f"- id: {effect.id}\n" in file.read_text(encoding="utf-8")


def test_every_lever_capability_and_role_beyond_the_core_is_moved() -> None:
    moved = {cell for _, lever in levers() if lever.sign > 0 for cell in cells(lever)}
    assert {name for name, _ in moved} == set(LEVERS)
    assert {cell for name, cell in moved if name == "capability"} == {*CAPABILITIES, *ENABLERS}
    by_doctrine = {cell for name, cell in moved if name == "doctrine"}
    assert by_doctrine == {*ROLE_GROUPS["secondary"], "coercion", "regime_survival"}


def test_no_lever_of_doctrine_names_a_core_role() -> None:
    assert not [m for m, lever in levers() if set(lever.roles) & set(ROLE_GROUPS["core"])]


def test_the_note_prints_the_scales() -> None:
    sizes = {h: len(scale(h)) for h in ("Strength", "Cost", "Signal cost", "Reversal", "Time")}
    assert sizes == {"Strength": 5, "Cost": 5, "Signal cost": 6, "Reversal": 5, "Time": 10}
    shares = [v for h in ("Strength", "Cost", "Signal cost", "Reversal") for v in scale(h).values()]
    assert all(0 <= low <= mode <= high <= 1 for low, mode, high in shares)


@pytest.mark.parametrize("measure", [f"M{n:02}" for n in range(1, 67)])
def test_values_are_steps_of_the_scales(measure: str) -> None:
    effect = effects()[measure]
    for lever in effect.levers:
        assert numbers(lever.strength) in scale("Strength").values()
        assert (*numbers(lever.delay), *numbers(lever.ramp)) in scale("Time").values()
    assert numbers(effect.money_cost) in scale("Cost").values()
    assert numbers(effect.political_cost) in scale("Cost").values()
    assert numbers(effect.signal_cost) in scale("Signal cost").values()
    allowed = REVERSAL[measures()[measure].reversibility]
    assert numbers(effect.reversal) in [scale("Reversal")[step] for step in allowed]


def test_an_effect_moves_each_cell_once() -> None:
    seen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for measure, lever in levers():
        seen[measure] += cells(lever)
    assert [m for m, found in seen.items() if len(found) != len(set(found))] == []


def test_undoing_levers_are_few_and_have_something_to_undo() -> None:
    undoing = [(m, lever) for m, lever in levers() if lever.sign < 0]
    assert {m for m, _ in undoing} == {"M12", "M23", "M38"}
    for measure, lever in undoing:
        others = [cells(b) for m, b in levers() if m != measure and b.sign > 0]
        assert cells(lever) <= set().union(*others)


def test_gates_hold_back_only_what_no_lever_gates() -> None:
    gates = {m: e.gate for m, e in effects().items() if e.gate != "none"}
    assert gates == {
        **dict.fromkeys(("M42", "M43"), "adequacy"),
        **dict.fromkeys(("M50", "M51"), "saturation"),
        **dict.fromkeys(("M52", "M60"), "tension"),
    }
    doctrine = {m for m, lever in levers() if lever.lever == "doctrine" and lever.sign > 0}
    assert not doctrine & set(gates)


def test_every_ceiling_waits_for_saturation() -> None:
    ceilings = {m for m, lever in levers() if lever.lever == "numerical_limits"}
    assert ceilings
    assert {effects()[m].gate for m in ceilings} == {"saturation"}


def test_sizes_are_judged_and_only_known_sources_are_cited() -> None:
    for measure, lever in levers():
        judged = [b for b in lever.basis if isinstance(b, Judgement)]
        cited = [b for b in lever.basis if isinstance(b, Evidence)]
        assert [b.judgement for b in judged] == ["stepdown editors"], measure
        assert {b.source for b in cited} <= SOURCES, measure
        assert all(b.anchor and b.at.section for b in cited if b.source == "src.paper"), measure


def test_the_main_lever_of_a_proposal_rests_on_the_paper() -> None:
    for measure, effect in effects().items():
        if effect.levers and measures()[measure].in_paper != "complement":
            cited = [b.source for b in effect.levers[0].basis if isinstance(b, Evidence)]
            assert "src.paper" in cited, measure


def test_complements_are_marked_and_no_proposal_needs_them() -> None:
    complements = {m for m, record in measures().items() if record.in_paper == "complement"}
    marked = {m for m, e in effects().items() if e.notes and e.notes.en.startswith("A complement")}
    assert marked == complements == {"M62", "M63", "M64", "M65", "M66"}
    assert not [m for m, e in effects().items() if set(e.needs) & complements]


def test_needs_stay_few_and_form_no_circle() -> None:
    needs = {m: set(e.needs) for m, e in effects().items() if e.needs}
    assert needs == {"M43": {"M42"}, "M60": {"M25"}}
    assert not [m for m, wanted in needs.items() for other in wanted if m in needs.get(other, set())]


def test_only_the_rule_of_order_is_evidence_only() -> None:
    assert [m for m, e in effects().items() if e.evidence_only] == ["M61"]


def test_build_ups_signal_no_restraint() -> None:
    for measure, effect in effects().items():
        if effect.levers and all(lever.lever == "capability" for lever in effect.levers):
            assert numbers(effect.signal_cost) == (0, 0, 0), measure


@pytest.mark.parametrize("path", PATHS)
def test_each_concluding_path_moves_something(path: str) -> None:
    assert [m for m in PATHS[path] if not effects()[m].levers] == []
