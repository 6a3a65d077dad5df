"""The only place that knows the order of the rooms: record -> assumptions -> experiments -> discovery."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import perf_counter

from stepdown.assumptions import (
    Planned,
    build_world,
    documented_programmes,
    sample_futures,
    sampled_noise,
    steps_of,
    under_role_mapping,
)
from stepdown.assumptions.audit import role_mappings
from stepdown.assumptions.calibrated import calibrated_futures, chosen_futures, is_stale, shipped_ensemble
from stepdown.assumptions.design import Method
from stepdown.contracts.assumptions import Assumptions, Coordinate
from stepdown.contracts.calibrated import ChosenFutures, EnsembleName
from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.findings import RankingFlip
from stepdown.contracts.program import CapabilityProgramme, Program, Step
from stepdown.contracts.sampled import Mode
from stepdown.contracts.world import World
from stepdown.discovery import ranking_flips
from stepdown.experiments import Sampling, outcome_keys, prepare, run_packages
from stepdown.study.plan import StudyPlan
from stepdown.study.progress import Progress, RunCounter
from stepdown.vocabulary.errors import Problem, StudyError

MAPPING_FUTURES = 256
"""Other readings of the role codes are run on at most so many of the same futures: enough for medians."""


@dataclass(frozen=True)
class StudyRun:
    """Everything a study computed. `flips`: mapping id -> rankings that turn under it.

    `source`: the prior, or the id of the calibrated ensemble; `stale`: its inputs have changed since.
    """

    plan: StudyPlan
    world: World
    assumptions: Assumptions
    coordinates: tuple[Coordinate, ...]
    ensemble: Ensemble
    keys: tuple[OutcomeKey, ...]
    flips: Mapping[str, tuple[RankingFlip, ...]]
    seed: int
    seconds: Mapping[str, float]
    mode: Mode = "mean-field"
    source: str = "prior"
    stale: bool = False


def run_study(
    plan: StudyPlan,
    facts: Facts,
    futures: int,
    seed: int,
    lenses: tuple[str, ...] = (),
    progress: Progress = lambda step, done, total: None,
    threads: int | None = None,
    design: Method = "lhs",
    mode: Mode = "mean-field",
    ensemble: EnsembleName = "prior",
) -> StudyRun:
    """Sample futures, run every package over them, and run them again under other readings of the codes.

    `design` is that of the inputs; effects and programmes are always drawn by Latin hypercube, keyed by name.
    `mode` sampled draws crises, regimes and leaders along every future, with the same seed. `ensemble`
    calibrated takes futures by weight from the ensemble that ships, as many under every lens.
    Same plan, record, futures, seed, lenses, design, mode and ensemble: same numbers. Raises StudyError for
    fewer than one future per lens, a lens named twice, or a design that the ensemble does not have.
    """
    chosen = lenses or plan.lenses
    doubled = sorted({lens for lens in chosen if chosen.count(lens) > 1})
    if doubled:
        raise StudyError([Problem(plan.id, 0, "lens", "a lens is named twice", ", ".join(doubled))])
    if futures < len(chosen):
        message = f"{len(chosen)} lenses need at least as many futures"
        raise StudyError([Problem(plan.id, 0, "futures", message, str(futures), f"{len(chosen)} or more")])
    if ensemble == "calibrated" and design != "lhs":
        message = "the calibrated ensemble was drawn by Latin hypercube"
        raise StudyError([Problem(plan.id, 0, "design", message, design, "lhs")])
    clock = _Clock()
    world = build_world(facts)
    source = shipped_ensemble() if ensemble == "calibrated" else None
    of = chosen_futures(source, futures, seed, chosen) if source else ChosenFutures(futures, seed)
    first = plan.horizon.start
    drivers, of_drivers = documented_programmes(facts, world, first, of.size, of.seed, only=of.index)
    programs, of_steps = _programs(plan, facts, world, of, drivers)
    with ThreadPoolExecutor(1) as pool:
        compiled = pool.submit(prepare, world, programs, plan.horizon.start, plan.horizon.end)
        if source:
            assumptions, _ = calibrated_futures(facts, world, futures, seed, chosen, source)
        else:
            assumptions = sample_futures(facts, world, futures, seed, chosen, design)
        clock.lap("sample")
        compiled.result()
    sampling = Sampling(sampled_noise(facts, futures, seed)[0], seed) if mode == "sampled" else None
    mappings = role_mappings(facts)[1:]
    ranked = {BASELINE, *(p.id for p in plan.packages)}
    steps = RunCounter(progress, len(programs) + len(ranked) * len(mappings))

    def evaluate(drawn: Assumptions, packages: Mapping[str, Program]) -> Ensemble:
        first, last = plan.horizon.start, plan.horizon.end
        luck = sampling and replace(sampling, noise=sampling.noise.first(drawn.futures))
        return run_packages(
            world, drawn, packages, first, last, progress=steps.done, threads=threads, sampling=luck
        )

    results = evaluate(assumptions, programs)
    clock.lap("simulate")
    keys = tuple(
        replace(key, headline=True) if key.id in plan.headline else key for key in outcome_keys(world)
    )
    headline = [k for k in keys if k.headline]
    flips = {}
    few = min(futures, MAPPING_FUTURES)
    fewer = {name: program.first(few) for name, program in programs.items() if name in ranked}
    for mapping in mappings:
        other = under_role_mapping(facts, world, assumptions, mapping)
        flips[mapping] = ranking_flips(results.first(few), evaluate(other.first(few), fewer), headline)
    clock.lap("other_readings")
    return StudyRun(
        plan,
        world,
        assumptions,
        (*assumptions.coordinates, *of_drivers, *of_steps),
        results,
        keys,
        flips,
        seed,
        clock.laps,
        mode,
        source.id if source else "prior",
        bool(source and is_stale(source, facts, world)),
    )


def _programs(
    plan: StudyPlan,
    facts: Facts,
    world: World,
    of: ChosenFutures,
    drivers: tuple[CapabilityProgramme, ...],
) -> tuple[dict[str, Program], tuple[Coordinate, ...]]:
    """Baseline, packages and permuted orders as programs, and the coordinates of their effects."""
    uses = {p.id: plan.measures(p.id) for p in plan.packages} | {o.id: plan.permuted(o) for o in plan.orders}
    programs = {BASELINE: Program.build(world, (), drivers)}
    coordinates: dict[str, Coordinate] = {}
    for package, chosen in uses.items():
        steps, drawn = _steps(plan, facts, world, chosen, of)
        programs[package] = Program.build(world, steps, drivers)
        coordinates |= {c.name: c for c in drawn}
    return programs, tuple(coordinates.values())


def _steps(
    plan: StudyPlan, facts: Facts, world: World, uses: tuple[MeasureUse, ...], of: ChosenFutures
) -> tuple[tuple[Step, ...], tuple[Coordinate, ...]]:
    planned = [Planned.of(u) for u in uses]
    return steps_of(facts, world, planned, plan.horizon.start, of.size, of.seed, only=of.index)


class _Clock:
    """Seconds since the last lap, by name."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now
