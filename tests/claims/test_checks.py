"""Checks, conditions and verdicts on made-up futures whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from stepdown.claims import claim_verdict, part_verdict, share_of, simulated_outcome
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.facts.claim_tests import Check, ClaimTest, Quantity, Simulated
from stepdown.contracts.verdicts import Guard, Share

LENSES = ("one", "two")
LENS = np.array([0, 0, 1, 1])
OK = np.ones(4, dtype=bool)
NORM = {"series": "norm"}
WORDS = {"en": "x", "ja": "x"}


def part(*checks: dict[str, object], **more: object) -> Simulated:
    fields = {"no_coupling": WORDS, "hedge": "firm", "label": WORDS, **more}
    return Simulated.model_validate({"by": "simulation", "checks": list(checks), **fields})


def check(arm: str, relation: str, than: object, **more: object) -> dict[str, object]:
    return {"of": NORM, "in": arm, "is": relation, "than": than, **more}


def table(**arms: list[float]) -> dict[tuple[str, str], np.ndarray]:
    key = Quantity.model_validate(NORM).key
    return {(f"arm.{name}", key): np.array(values) for name, values in arms.items()}


def outcome(asked: Simulated, values: dict[tuple[str, str], np.ndarray], named: tuple[Coordinate, ...] = ()):
    return simulated_outcome(asked, values, named, OK, LENSES, LENS)


@pytest.mark.parametrize(
    ("relation", "by", "expected"),
    [
        ("higher", 0.0, [True, False, False, True]),
        ("higher", 0.15, [False, False, False, True]),
        ("lower", 0.0, [False, False, True, False]),
        ("about_the_same", 0.15, [True, True, True, False]),
        ("not_lower", 0.0, [True, True, False, True]),
        ("not_higher", 0.1, [True, True, True, False]),
    ],
)
def test_relations(relation: str, by: float, expected: list[bool]) -> None:
    asked = part(check("arm.a", relation, {"in": "arm.b"}, by=by))
    found = outcome(asked, table(a=[0.6, 0.5, 0.4, 0.9], b=[0.5, 0.5, 0.5, 0.5]))
    assert found.holds.tolist() == expected


def test_effects_relative_to_another_arm() -> None:
    """The effect of a over b against the effect of c over d."""
    asked = part(check("arm.a", "lower", {"in": "arm.c", "less": "arm.d"}, less="arm.b"))
    found = outcome(asked, table(a=[1.0, 1.0, 1.0, 1.0], b=[0.9, 0.5, 1.0, 2.0], c=[0.7] * 4, d=[0.5] * 4))
    assert found.holds.tolist() == [True, False, True, True]


def test_ratios_and_numbers() -> None:
    values = table(a=[1.0, 1.1, 0.0, 2.0], b=[1.0, 1.0, 0.0, 1.0])
    by_ratio = part(check("arm.a", "higher", {"in": "arm.b"}, by=0.05, scale="ratio"))
    assert outcome(by_ratio, values).holds.tolist() == [False, True, False, True]
    against_number = part(check("arm.a", "higher", 1.05))
    assert outcome(against_number, values).holds.tolist() == [False, True, False, True]


def test_all_checks_must_hold_in_the_same_future() -> None:
    asked = part(check("arm.a", "higher", 0.5), check("arm.b", "higher", 0.5))
    found = outcome(asked, table(a=[1.0, 1.0, 0.0, 0.0], b=[0.0, 1.0, 1.0, 0.0]))
    assert found.share.holds == 0.25
    assert [c.share for c in found.checks] == [0.5, 0.5]


def test_conditions_choose_the_futures_spoken_of() -> None:
    named = (
        Coordinate("switch.s", "switch.s", np.array([0.0, 1.0, 1.0, 0.0]), ("off", "on")),
        Coordinate("x", "input.x", np.array([4.0, 1.0, 2.0, 3.0])),
    )
    values = table(a=[1.0, 1.0, 0.0, 0.0])
    by_switch = part(check("arm.a", "higher", 0.5), where=[{"switch": "switch.s", "option": "on"}])
    found = outcome(by_switch, values, named)
    assert (found.share.holds, found.share.n) == (0.5, 2)
    assert {lens: share.holds for lens, share in found.by_lens.items()} == {"one": 1.0, "two": 0.0}
    by_third = part(check("arm.a", "higher", 0.5), where=[{"input": "x", "third": "high"}])
    assert outcome(by_third, values, named).asked.tolist() == [True, False, False, False]
    by_level = part(check("arm.a", "higher", 0.5), where=[{"of": NORM, "in": "arm.a", "below": 0.5}])
    assert outcome(by_level, values, named).share.holds == 0.0


def test_a_failed_future_is_not_asked() -> None:
    asked = part(check("arm.a", "higher", 0.5))
    found = simulated_outcome(
        asked, table(a=[1.0, 1.0, np.nan, 0.0]), (), np.array([True, True, False, True]), LENSES, LENS
    )
    assert (found.share.n, found.share.holds) == (3, pytest.approx(2 / 3))


def test_jeffreys_interval() -> None:
    """Brown, Cai & DasGupta 2001: ends 0 and 1 where none or all hold; else Beta quantiles."""
    assert share_of(np.zeros(10, dtype=bool)).low == 0.0
    assert share_of(np.ones(10, dtype=bool)).high == 1.0
    half = share_of(np.array([True] * 5 + [False] * 5))
    assert half.low == pytest.approx(1 - half.high)
    assert half.low < 0.5 < half.high


@pytest.mark.parametrize(
    ("hedge", "share", "verdict"),
    [
        ("firm", 0.9, "holds"),
        ("firm", 0.89, "mixed"),
        ("firm", 0.49, "fails"),
        ("likely", 0.66, "holds"),
        ("likely", 0.32, "fails"),
        ("possible", 0.34, "holds"),
        ("possible", 0.2, "mixed"),
        ("possible", 0.05, "fails"),
    ],
)
def test_a_hedged_claim_is_judged_against_its_hedge(hedge: str, share: float, verdict: str) -> None:
    holds = np.arange(100) < round(share * 100)
    asked = part(check("arm.a", "higher", 0.5), hedge=hedge)
    found = simulated_outcome(
        asked, table(a=holds.astype(float).tolist()), (), np.ones(100, bool), ("one",), np.zeros(100, int)
    )
    assert part_verdict("a", asked.hedge, found).verdict == verdict


def test_half_of_the_futures_do_not_make_a_possibility_found() -> None:
    """A claim that one coupling makes keeps half its futures under a symmetric prior: still only assumed."""
    asked = part(check("arm.a", "higher", 0.5), hedge="possible")
    found = outcome(asked, table(a=[1.0, 1.0, 1.0, 0.0]))
    half, none, all_ = Share(0.5, 0.4, 0.6, 100), Share(0.0, 0.0, 0.1, 50), Share(1.0, 0.9, 1.0, 50)
    assert part_verdict("a", "possible", found, Guard(half, none)).standing == "assumed"
    assert part_verdict("a", "possible", found, Guard(half, all_)).standing == "found"
    assert part_verdict("a", "possible", found, by_construction=True).standing == "assumed"


def test_the_weakest_part_decides_and_untestable_parts_stay_aside() -> None:
    nothing = {"by": "nothing", "id": "b", "label": WORDS, "why": WORDS}
    test = ClaimTest.model_validate(
        {
            "id": "test.X",
            "claim": "X",
            "method": "simulated",
            "parts": [part(check("arm.a", "higher", 0.5)).model_dump(by_alias=True), nothing],
        }
    )
    good = part_verdict("a", "firm", outcome(part(check("arm.a", "higher", 0.5)), table(a=[1.0] * 4)))
    untestable = part_verdict("b", "firm", None)
    assert claim_verdict(test, [good, untestable]).verdict == "holds"
    assert claim_verdict(test, [untestable]).verdict == "not_testable"
    bad = part_verdict("c", "firm", outcome(part(check("arm.a", "higher", 0.5)), table(a=[0.0] * 4)))
    assert claim_verdict(test, [good, bad]).by_lens == {"one": "fails", "two": "fails"}


@pytest.mark.parametrize(
    "broken",
    [
        {"of": {"series": "mood"}, "in": "arm.a", "is": "higher", "than": 0.5},
        {"of": {"series": "norm", "of": {"actor": ["USA"]}}, "in": "arm.a", "is": "higher", "than": 0.5},
        {"of": NORM, "in": "arm.a", "is": "bigger", "than": 0.5},
        {"of": NORM, "in": "arm.a", "is": "higher", "than": 0.5, "by": -1},
        {"of": NORM, "in": "arm.a", "is": "higher", "than": 0.5, "unknown": 1},
    ],
)
def test_a_check_that_asks_for_what_is_not_there_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Check.model_validate(broken)


def test_a_part_says_exactly_once_what_could_have_built_it_in() -> None:
    with pytest.raises(ValidationError, match="exactly one"):
        part(check("arm.a", "higher", 0.5), couplings=["a_R"])
    with pytest.raises(ValidationError, match="not symbols"):
        part(check("arm.a", "higher", 0.5), no_coupling=None, couplings=["a_X"])
