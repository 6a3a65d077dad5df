"""No verdict is fixed: every testable claim turns under some admissible assumption or record, and claims
that rest on a mechanism fail when the mechanism is turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace as copied
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from stepdown.claims import answer, reduction_of
from stepdown.claims.readings import ReadingError, read
from stepdown.claims.verdict import THRESHOLDS
from stepdown.contracts.facts import KINDS, ClaimTest, Record
from stepdown.contracts.facts.claim_tests import FromRecord, Reading, Shift, Simulated
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.experiments import placed, run_reduced
from stepdown.experiments.reduced import joined_places, joined_years
from stepdown.simulation import keep_compiled
from stepdown.simulation.oracle import run_in_numpy
from stepdown.study.claims import ClaimsRun, run_claims
from stepdown.study.claims.stage import staged
from stepdown.study.claims.suite import FIRST_YEAR, LAST_YEAR, claim_suite
from stepdown.study.installation import cache_folder
from stepdown.vocabulary.ids import LENSES

FUTURES, SEED = 64, 7


def run(facts: Facts, claim: str | None = None, **more: Any) -> ClaimsRun:
    return run_claims(facts, FUTURES, SEED, claim=claim, guard=False, **more)


@pytest.fixture(scope="module")
def judged(facts: Facts) -> ClaimsRun:
    keep_compiled(cache_folder())
    return run(facts)


def test_a_claim_alone_runs_in_the_compiled_code_of_all(facts: Facts, judged: ClaimsRun) -> None:
    shapes, asked = set(), set()
    for suite in (judged.suite, claim_suite(facts, claim="C64")):
        stage, _ = staged(facts, suite, 5, SEED, LENSES)
        shapes |= {(p.counts, p.crowding) for p in map(stage.program, suite.arms)}
        asked.add(tuple(q.key for q in stage.quantities))
    assert len(shapes) == 1
    assert len(asked) == 1


def test_quantities_are_those_of_the_oracle(facts: Facts, judged: ClaimsRun) -> None:
    """What is reduced inside the compiled kernel is what the NumPy oracle's series reduce to."""
    stage, _ = staged(facts, claim_suite(facts, claim="C64"), 5, SEED, LENSES)
    wanted = tuple(reduction_of(stage.world, q) for q in stage.quantities)
    program = stage.program("arm.baseline")
    given = placed(stage.world, stage.assumptions)
    found, code = run_reduced(stage.world, given, program, FIRST_YEAR, LAST_YEAR, wanted)
    keep = tuple(dict.fromkeys(r.series for r in wanted))
    oracle = run_in_numpy(stage.world, stage.assumptions.symbols, program, keep=keep)
    assert not code.any()
    for reduction, values in zip(wanted, found, strict=True):
        yearly = np.array([joined_places(reduction.yearly, x) for x in oracle[reduction.series]])
        assert values == pytest.approx(joined_years(reduction, yearly), rel=2e-3, abs=2e-4), reduction


def shares(found: ClaimsRun, claim: str) -> dict[str, float]:
    return {
        part.part: part.outcome.share.holds  # type: ignore[union-attr]
        for part in found.verdicts[claim].parts
        if hasattr(part.outcome, "by_lens")
    }


def test_most_claims_are_answered(judged: ClaimsRun) -> None:
    assert len(judged.verdicts) >= 122
    answered = [v for v in judged.verdicts.values() if v.verdict != "not_testable"]
    assert len(answered) >= 75


@pytest.mark.slow
def test_every_simulated_part_turns_under_admissible_assumptions(facts: Facts, judged: ClaimsRun) -> None:
    """A part on which futures differ turns with the future; one on which all agree turns with a shift."""
    stubborn = []
    for claim, part in judged.suite.simulated:
        before = shares(judged, claim)[part.id]
        if 0 < before < 1:
            continue
        if not any(_turns(facts, claim, part, before, shifts) for shifts in _shifts(part)):
            stubborn.append(f"{claim}.{part.id}")
    assert not stubborn


def _shifts(part: Simulated) -> Iterator[tuple[Shift, ...]]:
    """Ways to turn a part: its own, its couplings at the low end, no budget for any measure."""
    if part.flip:
        yield part.flip
    if part.couplings:
        yield tuple(Shift(symbol=c, set=PARAMETERS[c].low) for c in part.couplings)
    budgets = ("budget_money", "budget_political")
    yield tuple(Shift(symbol=b, set=PARAMETERS[b].low) for b in budgets)


def _turns(facts: Facts, claim: str, part: Simulated, before: float, shifts: Sequence[Shift]) -> bool:
    """Another verdict, by the thresholds of the part's hedge."""
    after = shares(run(facts, claim, assume=shifts), claim)[part.id]
    return _judged(part, after) != _judged(part, before)


def _judged(part: Simulated, share: float) -> str:
    holds, fails = THRESHOLDS[part.hedge]
    return "holds" if share >= holds else "fails" if share < fails else "mixed"


MECHANISMS = {
    "C09": ("b_A",),
    "C100": ("theta_tau",),
    "C37": ("a_R",),
    "C32": ("p_W",),
    "C31": ("theta_St",),
    "C39": ("lam",),
    "C42": ("w_enabler",),
    "C52": ("b_chi", "b_g"),
    "C64": ("x_C",),
    "C82": ("theta_V", "theta_I", "x_C"),
    "C70": ("a_O",),
    "C92": ("gamma_c",),
}


@pytest.mark.parametrize(("claim", "symbols"), MECHANISMS.items())
def test_turning_a_mechanism_round_fails_the_claims_that_rest_on_it(
    facts: Facts, judged: ClaimsRun, claim: str, symbols: tuple[str, ...]
) -> None:
    assert judged.verdicts[claim].verdict in ("holds", "mixed")
    assert run(facts, claim, turn=symbols).verdicts[claim].verdict == "fails"


def recorded(facts: Facts) -> list[tuple[str, FromRecord]]:
    return [
        (test.claim, part)
        for test in facts.all(ClaimTest)
        for part in test.parts
        if isinstance(part, FromRecord)
    ]


def test_every_answer_of_the_record_turns_with_the_record(facts: Facts) -> None:
    stubborn = [
        claim
        for claim, part in recorded(facts)
        if all(_same(other, part, facts) for other in _other_records(facts, part))
    ]
    assert not stubborn


def _same(other: Facts, part: FromRecord, facts: Facts) -> bool:
    try:
        return [r.holds for r in answer(other, part)] == [r.holds for r in answer(facts, part)]
    except ReadingError:
        return True


def _other_records(facts: Facts, part: FromRecord) -> Iterator[Facts]:
    """The record without what a reading rests on, with it twice, and with other values where it looks."""
    for check in part.checks:
        for reading in [check.read, *([check.than] if isinstance(check.than, Reading) else [])]:
            kind = KINDS[reading.kind]
            used = read(facts, reading)[1]
            yield _with(facts, kind, dict.fromkeys(used))
            for path in (p for p in reading.where if p.startswith("roles.")):
                every = {r.id: _altered(r, path.split("."), "N") for r in facts.all(kind)}
                yield _with(facts, kind, every)
            if target := reading.take or next(iter(reading.that), None):
                for value in ("Y", "N", 0, 1_000_000):
                    changed = {i: _altered(facts.get(kind, i), target.split("."), value) for i in used}
                    yield _with(facts, kind, changed)
            if not used:
                sample = facts.all(kind)[0]
                altered: Record = sample
                for path, wanted in reading.where.items():
                    only = wanted[0] if isinstance(wanted, tuple) else wanted
                    altered = _altered(altered, path.split("."), only)
                yield _with(facts, kind, {sample.id: altered})
            if used:
                first = facts.get(kind, used[0])
                yield _with(facts, kind, {f"copy.{i}": first for i in range(2)})


def _with(facts: Facts, kind: type[Record], changes: dict[str, Record | None]) -> Facts:
    records = {**facts.by_type[kind], **{i: r for i, r in changes.items() if r is not None}}
    for name, record in changes.items():
        if record is None:
            records.pop(name, None)
    return copied(facts, by_type={**facts.by_type, kind: records})


def _altered(value: Any, path: Sequence[str], new: Any) -> Any:
    """A copy with `new` at the path."""
    head, rest = path[0], path[1:]
    if isinstance(value, BaseModel):
        inner = _altered(getattr(value, head), rest, new) if rest else new
        return value.model_copy(update={head: inner})
    key = int(head) if head.isdigit() and head not in value else head
    return {**value, key: _altered(value[key], rest, new) if rest else new}
