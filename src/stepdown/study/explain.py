"""Why does a package change an outcome? The same futures, with one mechanism after the other held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stepdown.assumptions import Planned, build_world, documented_programmes, sample_futures, steps_of
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.effects import ALL_LENSES, PairedEffect
from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.explanation import Explanation, Pair
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import Program, align
from stepdown.contracts.world import World
from stepdown.discovery.contributions import comparable, contributions, pairs_among, second_order, shares
from stepdown.experiments import outcome_keys
from stepdown.experiments.mechanisms import HeldRuns, one_by_one, run_held
from stepdown.simulation import keep_compiled
from stepdown.study.failed import FailedFuturesError, too_many
from stepdown.study.installation import cache_folder
from stepdown.study.load import open_study
from stepdown.study.plan import StudyPlan
from stepdown.study.run import StudyRun
from stepdown.vocabulary.errors import Problem, StudyError, nearest

WORTH_A_PAIR = 0.2
"""Pairs are run where the remainder is more than this share of the effect (of the mechanisms, if larger)."""
IN_A_BRIEF = 80
"""Futures behind the explanation in a brief: sixteen for each of five lenses, a few seconds."""
LARGEST = 6
"""Pairs are taken among so many of the largest mechanisms: fifteen pairs, one more run of the kernel."""


@dataclass(frozen=True)
class Question:
    """One package over its futures, ready to be asked why. `lens`: the only one, or all of the study."""

    study: str
    package: str
    lens: str
    world: World
    assumptions: Assumptions
    program: Program
    key: OutcomeKey
    first_year: int
    last_year: int
    threads: int | None = None

    def held(self, sets: tuple[frozenset[str], ...]) -> HeldRuns:
        return run_held(
            self.world,
            self.assumptions,
            self.program,
            self.key.id,
            sets,
            self.first_year,
            self.last_year,
            threads=self.threads,
        )


def explain_package(
    study: str,
    package: str,
    outcome: str = "use_risk",
    futures: int = 256,
    seed: int = 2026,
    lens: str | None = None,
    data: Path | None = None,
    threads: int | None = None,
) -> Explanation:
    """The effect of `package` on `outcome` by mechanism; `study` is a path or a shipped id.

    `lens` limits the futures to one lens; all lenses of the study otherwise. Compiled code is kept in the
    user's cache folder. Raises RecordError, StudyError (unknown study, package, outcome or lens), or
    FailedFuturesError where more than 1 % of futures failed or none can be compared.
    """
    keep_compiled(cache_folder())
    facts, _, plan = open_study(study, data)
    return explain(ask(plan, facts, package, outcome, futures, seed, lens, threads))


def ask(
    plan: StudyPlan,
    facts: Facts,
    package: str,
    outcome: str = "use_risk",
    futures: int = 256,
    seed: int = 2026,
    lens: str | None = None,
    threads: int | None = None,
) -> Question:
    """A package of a study over freshly drawn futures; raises StudyError for an unknown name."""
    world = build_world(facts)
    key = _known(plan, world, package, outcome, lens)
    program = _program(plan, facts, world, package, futures, seed)
    assumptions = sample_futures(facts, world, futures, seed, (lens,) if lens else plan.lenses)
    start, end = plan.horizon.start, plan.horizon.end
    return Question(
        plan.id, package, lens or ALL_LENSES, world, assumptions, program, key, start, end, threads
    )


def explain_run(
    run: StudyRun, facts: Facts, package: str, outcome: str, futures: int, threads: int | None = None
) -> Explanation:
    """The same for a computed study, on the first `futures` of its own futures (all lenses in turn)."""
    key = _known(run.plan, run.world, package, outcome, None)
    everybody = run.assumptions.futures
    few = min(futures, everybody)
    program = _program(run.plan, facts, run.world, package, everybody, run.seed).first(few)
    start, end = run.plan.horizon.start, run.plan.horizon.end
    drawn = run.assumptions.first(few)
    return explain(
        Question(run.plan.id, package, ALL_LENSES, run.world, drawn, program, key, start, end, threads)
    )


def headline_explanations(
    run: StudyRun, facts: Facts, effects: Sequence[PairedEffect], threads: int | None = None
) -> tuple[Explanation, ...]:
    """Use risk by mechanism for the package that lowers it in most futures.

    None for sampled events, and none for futures taken from the calibrated ensemble.
    """
    found = [e for e in effects if (e.outcome, e.lens) == ("use_risk", ALL_LENSES)]
    if run.mode != "mean-field" or run.source != "prior" or not found:
        return ()
    best = max(found, key=lambda e: (e.improves, -e.median))
    return (explain_run(run, facts, best.package, "use_risk", IN_A_BRIEF, threads),)


def _known(plan: StudyPlan, world: World, package: str, outcome: str, lens: str | None) -> OutcomeKey:
    keys = {key.id: key for key in outcome_keys(world)}
    asked = [("package", package, [p.id for p in plan.packages]), ("outcome", outcome, list(keys))]
    if lens is not None:
        asked.append(("lens", lens, list(plan.lenses)))
    problems = [
        Problem(
            plan.id, 0, kind, f"unknown {kind}", name, ", ".join(allowed[:12]), nearest(name, allowed) or ""
        )
        for kind, name, allowed in asked
        if name not in allowed
    ]
    if problems:
        raise StudyError(problems)
    return keys[outcome]


def _program(plan: StudyPlan, facts: Facts, world: World, package: str, futures: int, seed: int) -> Program:
    """The package's program in the shape that all packages of the study share, and with it their kernel."""
    start = plan.horizon.start
    drivers, _ = documented_programmes(facts, world, start, futures, seed)

    def build(name: str) -> Program:
        uses = plan.measures(name)
        wanted = [Planned.of(u) for u in uses]
        return Program.build(world, steps_of(facts, world, wanted, start, futures, seed)[0], drivers)

    return align({p.id: build(p.id) for p in plan.packages})[package]


def explain(question: Question) -> Explanation:
    """The effect by mechanism; raises FailedFuturesError where too few futures can be compared."""
    key = question.key
    sets = one_by_one(key.id)
    runs = question.held(sets)
    usable = runs.ok & comparable(key, runs.baseline, *runs.values)
    failed = int((~runs.ok).sum())
    if too_many(failed, len(runs.ok)) or not usable.any():
        message = (
            f"{failed} of {len(runs.ok)} futures failed, and {int(usable.sum())} can be compared on {key.id}"
        )
        raise FailedFuturesError(
            f"{question.study}: {question.package}: {message}; stepdown run, on this study, shows why"
        )
    baseline, full, none = (x[usable] for x in (runs.baseline, runs.of(), runs.values[-1]))
    held = {name: runs.of(name)[usable] for chosen in sets[1:-1] for name in chosen}
    parts = contributions(key, baseline, full, held, none)
    total, told = shares(key, parts)
    loose = abs(told[-1].mean)
    pairs: tuple[Pair, ...] = ()
    if loose > WORTH_A_PAIR * max(abs(total.mean), key.little_change):
        pairs = _pairs(question, pairs_among(parts, LARGEST), baseline, full, held, usable)
    return Explanation(
        question.package,
        key.id,
        question.lens,
        key.kind,
        key.intended,
        total,
        told,
        pairs,
        n=int(usable.sum()),
        failed=int((~usable).sum()),
        start_year=question.first_year,
        end_year=question.last_year,
    )


def _pairs(
    question: Question,
    wanted: tuple[frozenset[str], ...],
    baseline: np.ndarray,
    full: np.ndarray,
    held: dict[str, np.ndarray],
    usable: np.ndarray,
) -> tuple[Pair, ...]:
    runs = question.held(wanted)
    values = {chosen: runs.of(*chosen)[usable] for chosen in wanted}
    singles = {frozenset((name,)): value for name, value in held.items()}
    return second_order(question.key, baseline, full, {**singles, **values})
