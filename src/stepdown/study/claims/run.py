"""Run every arm once over the same futures, judge every part, and ask each coupling for its sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from jaxtyping import Bool, Int

from stepdown.claims import answer, claim_verdict, part_verdict, share_of, simulated_outcome
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.facts.claim_tests import Analysed, FromRecord, Part, Shift, Simulated, Untestable
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.verdicts import AnalysisOutcome, ClaimVerdict, Guard, PartVerdict, Values
from stepdown.games import RELATIONS, holds_over
from stepdown.study.claims.stage import Needed, Stage, Table, needed_by, quantities_of, staged
from stepdown.study.claims.suite import Suite, claim_suite
from stepdown.study.progress import Progress, RunCounter
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import LENSES

GUARD_FUTURES = 1024
"""The guard looks at so many futures: couplings are turned round in the first half of them."""


@dataclass(frozen=True)
class ClaimsRun:
    """Everything a run of claims found. `table` is the one that `verdicts` were drawn from."""

    suite: Suite
    verdicts: Mapping[str, ClaimVerdict]
    table: Mapping[tuple[str, str], Values]
    coordinates: tuple[Coordinate, ...]
    lenses: tuple[str, ...]
    lens: Int[np.ndarray, " future"]
    ok: Bool[np.ndarray, " future"]
    futures: int
    seed: int
    seconds: Mapping[str, float]


def run_claims(
    facts: Facts,
    futures: int,
    seed: int,
    lenses: Sequence[str] = LENSES,
    section: str | None = None,
    claim: str | None = None,
    progress: Progress = lambda step, done, total: None,
    threads: int | None = None,
    guard: bool = True,
    assume: Sequence[Shift] = (),
    turn: Sequence[str] = (),
) -> ClaimsRun:
    """Judge all claims, those of a section, or one, over `futures` futures drawn evenly under the lenses.

    Every arm is simulated once, whatever the number of claims that look at it. With `guard`, each set of
    couplings is run again with free signs. `assume` changes assumptions in every arm; `turn` turns symbols
    round in every future. Same record, futures, seed and lenses: same verdicts. Raises
    StudyError for faulty tests or fewer futures than lenses, UnknownNameError for an unknown section, claim.
    """
    if futures < len(lenses):
        message = f"{len(lenses)} lenses need at least as many futures"
        raise StudyError([Problem("claims", 0, "futures", message, str(futures), f"{len(lenses)} or more")])
    suite = claim_suite(facts, section, claim)
    started = perf_counter()
    stage, coordinates = staged(facts, suite, futures, seed, tuple(lenses))
    stage = stage.changed(assume, turn)
    sampled = perf_counter()
    guards = guards_of(suite) if guard else {}
    total = len(suite.arms) + sum(len(arms) for arms in guards.values())
    counter = RunCounter(progress, total)
    table, ok = quantities_of(stage, suite, needed_by(p for _, p in suite.simulated), counter, threads)
    simulated = perf_counter()
    guarded = guard_of(stage, suite, guards, (table, ok), coordinates, counter, threads)
    checked = perf_counter()
    lens = stage.assumptions.lens
    verdicts = {}
    for name, test in suite.tests.items():
        parts = [
            judged(facts, name, part, table, coordinates, ok, lenses, lens, guarded) for part in test.parts
        ]
        verdicts[name] = claim_verdict(test, parts)
    laps = {"sample": sampled - started, "simulate": simulated - sampled, "guard": checked - simulated}
    laps["judge"] = perf_counter() - checked
    return ClaimsRun(suite, verdicts, table, coordinates, tuple(lenses), lens, ok, futures, seed, laps)


def guards_of(suite: Suite) -> dict[tuple[str, ...], Needed]:
    """Set of couplings -> what the parts that name it look at."""
    parts: dict[tuple[str, ...], list[Simulated]] = {}
    for _, part in suite.simulated:
        if part.couplings:
            parts.setdefault(tuple(sorted(part.couplings)), []).append(part)
    return {couplings: needed_by(of) for couplings, of in parts.items()}


def guard_of(
    stage: Stage,
    suite: Suite,
    guards: Mapping[tuple[str, ...], Needed],
    known: tuple[Table, Bool[np.ndarray, " future"]],
    coordinates: tuple[Coordinate, ...],
    counter: RunCounter,
    threads: int | None,
) -> dict[tuple[str, str], Guard]:
    """(claim, part) -> its shares where its couplings are free in sign, and where they are turned round.

    The first half of `GUARD_FUTURES` is run again with the couplings turned round; the other half is `known`.
    """
    few = min(stage.futures, GUARD_FUTURES)
    half = few // 2
    table, ok = known
    named = tuple(replace(c, values=c.values[:few]) for c in coordinates)
    guarded = {}
    for couplings, needed in guards.items():
        round_, fine = quantities_of(stage, suite, needed, counter, threads, couplings, half)
        free = {key: np.concatenate([values, table[key][half:few]]) for key, values in round_.items()}
        both = np.concatenate([fine, ok[half:few]])
        for claim, part in suite.simulated:
            if tuple(sorted(part.couplings)) == couplings:
                lens = stage.assumptions.lens[:few]
                outcome = simulated_outcome(part, free, named, both, stage.assumptions.lenses, lens)
                turned_round = outcome.holds[:half][outcome.asked[:half]]
                guarded[claim, part.id] = Guard(outcome.share, share_of(turned_round))
    return guarded


def judged(
    facts: Facts,
    claim: str,
    part: Part,
    table: Mapping[tuple[str, str], Values],
    coordinates: tuple[Coordinate, ...],
    ok: Bool[np.ndarray, " future"],
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
    guarded: Mapping[tuple[str, str], Guard],
) -> PartVerdict:
    """The verdict on one part, by what answers it: futures, a closed form, the record, or nobody."""
    if isinstance(part, Untestable):
        return part_verdict(part.id, "firm", None)
    if isinstance(part, FromRecord):
        return part_verdict(part.id, part.hedge, answer(facts, part))
    if isinstance(part, Analysed):
        share = share_of(np.array(holds_over(part.relation)))
        return part_verdict(part.id, part.hedge, AnalysisOutcome(share, RELATIONS[part.relation].source))
    outcome = simulated_outcome(part, table, coordinates, ok, lenses, lens)
    built_in = part.by_construction is not None
    return part_verdict(part.id, part.hedge, outcome, guarded.get((claim, part.id)), built_in)
