"""Run every package over the same futures and keep outcomes and series."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

import numpy as np

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.ensemble import BudgetKind, Ensemble
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program, align
from stepdown.contracts.sampled import Noise
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.experiments.outcomes import SERIES_NEEDED, outcome_values, series_values
from stepdown.simulation import simulate, simulate_sampled

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Sampling:
    """What is drawn in a sampled run, and the seed it is drawn with."""

    noise: Noise
    seed: int


def run_packages(
    world: World,
    assumptions: Assumptions,
    programs: Mapping[str, Program],
    first_year: int,
    last_year: int,
    drivers: Literal["documented", "frozen"] = "documented",
    progress: Progress = lambda package: None,
    threads: int | None = None,
    sampling: Sampling | None = None,
) -> Ensemble:
    """Common random numbers: future i has the same assumptions, and the same luck, under every package.

    Programs are padded to one shape, so that the kernel compiles once; `progress` is called after each.
    `sampling`: crises, regimes and leaders are sampled (stochastic mode); without it the mean field is run.
    """
    started = perf_counter()
    outcomes, series, codes, budget = {}, {}, {}, {}
    for package, program in align(programs).items():
        run = run_trajectories(
            world,
            assumptions,
            program,
            first_year,
            last_year,
            SERIES_NEEDED,
            drivers,
            threads,
            sampling=sampling,
        )
        outcomes[package] = outcome_values(world, run)
        series[package] = series_values(world, run)
        codes[package] = run.code
        budget[package] = _budget_use(world, run)
        progress(package)
    years = tuple(range(first_year, last_year + 1))
    return Ensemble(outcomes, series, years, codes, budget, perf_counter() - started)


def run_trajectories(
    world: World,
    assumptions: Assumptions,
    program: Program,
    first_year: int,
    last_year: int,
    keep: Sequence[str],
    drivers: Literal["documented", "frozen"] = "documented",
    threads: int | None = None,
    either_sign: Collection[str] = (),
    sampling: Sampling | None = None,
) -> Trajectories:
    """One program over all futures with the yearly series named in `keep` (see `contracts.trajectories`)."""
    if sampling is not None:
        sampled = simulate_sampled(
            world,
            assumptions.symbols,
            program,
            sampling.noise,
            seed=sampling.seed,
            horizon_years=last_year - first_year,
            drivers=drivers,
            keep=keep,
            threads=threads,
        )
        return sampled.trajectories
    return simulate(
        world,
        assumptions.symbols,
        program,
        horizon_years=last_year - first_year,
        drivers=drivers,
        keep=keep,
        threads=threads,
        either_sign=either_sign,
    )


def prepare(world: World, programs: Mapping[str, Program], first_year: int, last_year: int) -> None:
    """Compile the kernel for these programs by running two idle futures, e.g. while others are drawn."""
    draws = {
        symbol: np.full((*world.shape(spec.axes), 2), (spec.low + spec.high) / 2)
        for symbol, spec in PARAMETERS.items()
    }
    program = next(iter(align({name: p.first(2) for name, p in programs.items()}).values()))
    simulate(world, draws, program, horizon_years=last_year - first_year, keep=SERIES_NEEDED)


def _budget_use(world: World, run: Trajectories) -> dict[tuple[str, BudgetKind], float]:
    kinds: tuple[tuple[BudgetKind, str], ...] = (("money", "money_used"), ("political", "political_used"))
    return {
        (actor, kind): float(np.median(run[name][:, i].max(axis=0)))
        for kind, name in kinds
        for i, actor in enumerate(world.actors)
    }
