"""The only place that knows the order of the rooms: record -> assumptions -> experiments -> discovery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from stepdown.assumptions.design import Method
from stepdown.contracts.assumptions import Assumptions, Coordinate
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
from stepdown.vocabulary.errors import Problem, StudyError

Progress = Callable[[str, int, int], None]
"""Called with what was finished, how many runs are done, how many there are."""
MAPPING_FUTURES = 256
"""Other readings of the role codes are run on at most so many of the same futures: enough for medians."""


@dataclass(frozen=True)
class StudyRun:
    """Everything a study computed. `flips`: mapping id -> rankings that turn under it."""

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
) -> StudyRun:
    """Sample futures, run every package over them, and run them again under other readings of the codes.

    `design` is that of the inputs; effects and programmes are always drawn by Latin hypercube, keyed by name.
    `mode` sampled draws crises, regimes and leaders along every future, with the same seed.
    Same plan, record, futures, seed, lenses, design and mode: same numbers. Raises StudyError for fewer than
    one future per lens, or a lens named twice.
    """
    chosen = lenses or plan.lenses
    doubled = sorted({lens for lens in chosen if chosen.count(lens) > 1})
    if doubled:
        raise StudyError([Problem(plan.id, 0, "lens", "a lens is named twice", ", ".join(doubled))])
    if futures < len(chosen):
        message = f"{len(chosen)} lenses need at least as many futures"
        raise StudyError([Problem(plan.id, 0, "futures", message, str(futures), f"{len(chosen)} or more")])
    clock = _Clock()
    world = build_world(facts)
    drivers, of_drivers = documented_programmes(facts, world, plan.horizon.start, futures, seed)
    programs, of_steps = _programs(plan, facts, world, futures, seed, drivers)
    with ThreadPoolExecutor(1) as pool:
        compiled = pool.submit(prepare, world, programs, plan.horizon.start, plan.horizon.end)
        assumptions = sample_futures(facts, world, futures, seed, chosen, design)
        clock.lap("sample")
        compiled.result()
    sampling = Sampling(sampled_noise(facts, futures, seed)[0], seed) if mode == "sampled" else None
    mappings = role_mappings(facts)[1:]
    ranked = {BASELINE, *(p.id for p in plan.packages)}
    steps = _Steps(progress, len(programs) + len(ranked) * len(mappings))

    def evaluate(drawn: Assumptions, packages: Mapping[str, Program]) -> Ensemble:
        first, last = plan.horizon.start, plan.horizon.end
        luck = sampling and replace(sampling, noise=sampling.noise.first(drawn.futures))
        return run_packages(
            world, drawn, packages, first, last, progress=steps.done, threads=threads, sampling=luck
        )

    ensemble = evaluate(assumptions, programs)
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
        flips[mapping] = ranking_flips(ensemble.first(few), evaluate(other.first(few), fewer), headline)
    clock.lap("other_readings")
    return StudyRun(
        plan,
        world,
        assumptions,
        (*assumptions.coordinates, *of_drivers, *of_steps),
        ensemble,
        keys,
        flips,
        seed,
        clock.laps,
        mode,
    )


def _programs(
    plan: StudyPlan,
    facts: Facts,
    world: World,
    futures: int,
    seed: int,
    drivers: tuple[CapabilityProgramme, ...],
) -> tuple[dict[str, Program], tuple[Coordinate, ...]]:
    """Baseline, packages and permuted orders as programs, and the coordinates of their effects."""
    uses = {p.id: plan.measures(p.id) for p in plan.packages} | {o.id: plan.permuted(o) for o in plan.orders}
    programs = {BASELINE: Program.build(world, (), drivers)}
    coordinates: dict[str, Coordinate] = {}
    for package, chosen in uses.items():
        steps, drawn = _steps(plan, facts, world, chosen, futures, seed)
        programs[package] = Program.build(world, steps, drivers)
        coordinates |= {c.name: c for c in drawn}
    return programs, tuple(coordinates.values())


def _steps(
    plan: StudyPlan, facts: Facts, world: World, uses: tuple[MeasureUse, ...], futures: int, seed: int
) -> tuple[tuple[Step, ...], tuple[Coordinate, ...]]:
    planned = [Planned(u.measure, u.actors, u.start, u.share, u.condition, u.theatres) for u in uses]
    return steps_of(facts, world, planned, plan.horizon.start, futures, seed)


class _Clock:
    """Seconds since the last lap, by name."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now


class _Steps:
    """Counts finished runs for a progress bar."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def done(self, what: str) -> None:
        self._done += 1
        self._progress(what, self._done, self._total)
