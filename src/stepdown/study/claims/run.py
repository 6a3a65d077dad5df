"""Run every arm once over the same futures, judge every part, and ask each coupling for its sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from jaxtyping import Bool, Int

from stepdown.assumptions import Planned, build_world, documented_programmes, sample_futures, steps_of
from stepdown.claims import (
    answer,
    claim_verdict,
    part_verdict,
    series_needed,
    share_of,
    shifted,
    sides_needed,
    simulated_outcome,
    symmetric_draws,
    turned_round,
    value_of,
)
from stepdown.contracts.assumptions import Assumptions, Coordinate
from stepdown.contracts.facts import ClaimArm, ClaimTest
from stepdown.contracts.facts.claim_tests import (
    Analysed,
    FromRecord,
    Part,
    Quantity,
    Shift,
    Simulated,
    Untestable,
)
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import CapabilityProgramme, Program, align
from stepdown.contracts.verdicts import AnalysisOutcome, ClaimVerdict, Guard, PartVerdict, Values
from stepdown.contracts.world import World
from stepdown.experiments import placed, run_trajectories
from stepdown.games import RELATIONS, holds_over
from stepdown.study.claims.suite import FIRST_YEAR, LAST_YEAR, ROOM, SLOTS, Suite, claim_suite
from stepdown.study.progress import Progress, RunCounter
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import LENSES

BLOCK = 1024
"""Futures simulated at a time: the series of one block are reduced to numbers before the next is run."""
GUARD_FUTURES = 1000
"""At most so many of the same futures are run again with a coupling free in sign."""

Needed = Mapping[str, tuple[Quantity, ...]]


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


@dataclass(frozen=True)
class Stage:
    """What all arms share: the world, the futures and the programs."""

    world: World
    assumptions: Assumptions
    programs: Mapping[str, Program]
    keep: tuple[str, ...]


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
    world = build_world(facts)
    suite = claim_suite(facts, world, section, claim)
    started = perf_counter()
    stage, coordinates = staged(facts, world, suite, futures, seed, tuple(lenses))
    stage = _changed(stage, assume, turn)
    sampled = perf_counter()
    guards = guards_of(suite) if guard else {}
    total = len(suite.arms) + sum(len(arms) for arms in guards.values())
    counter = RunCounter(progress, total)
    table, ok = quantities_of(
        stage, suite, needed_by(p for _, p in suite.simulated), tuple(turn), counter, threads
    )
    simulated = perf_counter()
    guarded = guard_of(stage, suite, guards, coordinates, seed, counter, threads)
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


def staged(
    facts: Facts, world: World, suite: Suite, futures: int, seed: int, lenses: tuple[str, ...]
) -> tuple[Stage, tuple[Coordinate, ...]]:
    """Futures and programs of all arms, and every draw by name."""
    drivers, of_drivers = documented_programmes(facts, world, FIRST_YEAR, futures, seed)
    programs, named = {}, {c.name: c for c in of_drivers}
    for arm in suite.arms.values():
        program, drawn = _program(facts, world, arm, drivers, futures, seed)
        programs[arm.id] = program
        named |= {c.name: c for c in drawn}
    assumptions = sample_futures(facts, world, futures, seed, lenses)
    parts = (part for test in facts.all(ClaimTest) for part in test.parts if isinstance(part, Simulated))
    keep = series_needed(q for of_arm in needed_by(parts).values() for q in of_arm)
    stage = Stage(world, assumptions, align(programs, SLOTS, ROOM) if programs else {}, keep)
    return stage, (*assumptions.coordinates, *named.values())


def _changed(stage: Stage, assume: Sequence[Shift], turn: Sequence[str]) -> Stage:
    symbols = shifted(stage.world, stage.assumptions.symbols, assume)
    everywhere = np.ones(stage.assumptions.futures, dtype=bool)
    symbols = symmetric_draws(symbols, turn, everywhere)
    return replace(stage, assumptions=replace(stage.assumptions, symbols=symbols))


def _program(
    facts: Facts,
    world: World,
    arm: ClaimArm,
    drivers: tuple[CapabilityProgramme, ...],
    futures: int,
    seed: int,
) -> tuple[Program, tuple[Coordinate, ...]]:
    planned = [Planned.of(u) for u in arm.measures]
    steps, drawn = steps_of(facts, world, planned, FIRST_YEAR, futures, seed)
    return Program.build(world, steps, drivers), drawn


def needed_by(parts: Iterable[Simulated]) -> dict[str, tuple[Quantity, ...]]:
    """arm -> the quantities that these parts look at in it, each once."""
    found: dict[str, dict[str, Quantity]] = {}
    for part in parts:
        for arm, quantity in sides_needed(part):
            found.setdefault(arm, {})[quantity.key] = quantity
    return {arm: tuple(quantities.values()) for arm, quantities in found.items()}


def quantities_of(
    stage: Stage,
    suite: Suite,
    needed: Needed,
    couplings: tuple[str, ...],
    counter: RunCounter,
    threads: int | None,
    draws: Mapping[str, np.ndarray] | None = None,
    futures: int | None = None,
) -> tuple[dict[tuple[str, str], Values], Bool[np.ndarray, " future"]]:
    """Every needed quantity of every arm, and the futures that finished in all of them.

    Arms under the same assumptions share futures that are put in place once.
    """
    count = futures or stage.assumptions.futures
    ok = np.ones(count, dtype=bool)
    found: dict[tuple[str, str], list[Values]] = {}
    for assume, arms in _alike(suite, needed):
        symbols = shifted(stage.world, draws or stage.assumptions.symbols, assume)
        for start in range(0, count, BLOCK):
            part = slice(start, min(start + BLOCK, count))
            cut = {symbol: values[..., part] for symbol, values in symbols.items()}
            given = placed(stage.world, replace(stage.assumptions, symbols=cut), couplings)
            for arm in arms:
                program = stage.programs[arm].part(part)
                run = run_trajectories(
                    stage.world, given, program, FIRST_YEAR, LAST_YEAR, stage.keep, threads=threads
                )
                ok[part] &= run.ok
                for quantity in needed[arm]:
                    found.setdefault((arm, quantity.key), []).append(value_of(run, quantity))
                if part.stop == count:
                    counter.done(arm)
    return {key: np.concatenate(blocks) for key, blocks in found.items()}, ok


def _alike(suite: Suite, arms: Iterable[str]) -> list[tuple[tuple[Shift, ...], list[str]]]:
    """Arms by what they assume."""
    found: list[tuple[tuple[Shift, ...], list[str]]] = []
    for arm in arms:
        assume = suite.arms[arm].assume
        same = next((of for known, of in found if known == assume), None)
        if same is None:
            found.append((assume, [arm]))
        else:
            same.append(arm)
    return found


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
    coordinates: tuple[Coordinate, ...],
    seed: int,
    counter: RunCounter,
    threads: int | None,
) -> dict[tuple[str, str], Guard]:
    """(claim, part) -> its shares where its couplings are free in sign."""
    few = min(stage.assumptions.futures, GUARD_FUTURES)
    named = tuple(replace(c, values=c.values[:few]) for c in coordinates)
    lens = stage.assumptions.lens[:few]
    guarded = {}
    for couplings, needed in guards.items():
        first = {symbol: values[..., :few] for symbol, values in stage.assumptions.symbols.items()}
        turned = turned_round(few, couplings, seed)
        draws = symmetric_draws(first, couplings, turned)
        table, ok = quantities_of(stage, suite, needed, couplings, counter, threads, draws, few)
        for claim, part in suite.simulated:
            if tuple(sorted(part.couplings)) == couplings:
                outcome = simulated_outcome(part, table, named, ok, stage.assumptions.lenses, lens)
                found = share_of(outcome.holds[outcome.asked & turned])
                guarded[claim, part.id] = Guard(outcome.share, found)
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
