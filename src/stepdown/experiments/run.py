"""Run every package over the same futures and keep outcomes and series."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

import jax
import numpy as np

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.ensemble import BudgetKind, Ensemble
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program, align
from stepdown.contracts.sampled import Noise
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.experiments.outcomes import AT_END, SERIES_NEEDED, YEARLY, outcome_values, series_values
from stepdown.simulation import Placed as Placed
from stepdown.simulation import place, simulate, simulate_sampled

Progress = Callable[[str], None]

BLOCK = 4096
PLACED_BLOCKS = 8
"""Blocks kept on the device between packages, some 60 MB each; more are cut from the draws anew."""


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
    blocks = _blocks(world, assumptions, sampling)
    for package, program in align(programs).items():
        pieces = []
        for part, given in blocks:
            run = (
                run_trajectories(
                    *(world, assumptions, program, first_year, last_year, SERIES_NEEDED, drivers, threads),
                    sampling=sampling,
                )
                if given is None
                else simulate(
                    world,
                    given,
                    program.part(part),
                    horizon_years=last_year - first_year,
                    drivers=drivers,
                    keep=YEARLY,
                    at_end=AT_END,
                    threads=threads,
                )
            )
            found = outcome_values(world, run), series_values(world, run), run.code, _most_used(run)
            pieces.append(found)
        outcomes[package], series[package], codes[package], used = jax.tree.map(
            lambda *x: np.concatenate(x, axis=-1), *pieces
        )
        budget[package] = _budget_use(world, used)
        progress(package)
    years = tuple(range(first_year, last_year + 1))
    return Ensemble(outcomes, series, years, codes, budget, perf_counter() - started)


def run_trajectories(
    world: World,
    assumptions: Assumptions | Placed,
    program: Program,
    first_year: int,
    last_year: int,
    keep: Sequence[str],
    drivers: Literal["documented", "frozen"] = "documented",
    threads: int | None = None,
    sampling: Sampling | None = None,
) -> Trajectories:
    """One program over all futures with the yearly series named in `keep` (see `contracts.trajectories`).

    `assumptions` that many programs are run under are better placed once (`placed`); the sampled mode takes
    them as they are drawn.
    """
    if sampling is not None:
        if isinstance(assumptions, Placed):
            raise TypeError("the sampled mode takes assumptions as they are drawn, not placed")
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
        assumptions if isinstance(assumptions, Placed) else assumptions.symbols,
        program,
        horizon_years=last_year - first_year,
        drivers=drivers,
        keep=keep,
        threads=threads,
    )


def placed(world: World, assumptions: Assumptions, either_sign: Collection[str] = ()) -> Placed:
    """Futures checked and put on the device once, to be run under many programs."""
    return place(world, assumptions.symbols, either_sign=either_sign)


def prepare(world: World, programs: Mapping[str, Program], first_year: int, last_year: int) -> None:
    """Compile the kernel for these programs by running two idle futures, e.g. while others are drawn."""
    draws = {
        symbol: np.full((*world.shape(spec.axes), 2), (spec.low + spec.high) / 2)
        for symbol, spec in PARAMETERS.items()
    }
    program = next(iter(align({name: p.first(2) for name, p in programs.items()}).values()))
    simulate(world, draws, program, horizon_years=last_year - first_year, keep=YEARLY, at_end=AT_END)


def blocks(futures: int) -> list[slice]:
    """Futures whose yearly series are in memory at one time; outcomes are all that is kept of them."""
    return [slice(a, min(a + BLOCK, futures)) for a in range(0, futures, BLOCK)]


Given = Mapping[str, np.ndarray] | Placed


def _blocks(
    world: World, assumptions: Assumptions, sampling: Sampling | None
) -> list[tuple[slice, Given | None]]:
    """Blocks of futures, on the device as long as they are few; None where a run samples its own way."""
    if sampling is not None:
        return [(slice(None), None)]
    parts = blocks(assumptions.futures)
    cut = [{symbol: x[..., part] for symbol, x in assumptions.symbols.items()} for part in parts]
    stay = len(parts) <= PLACED_BLOCKS
    return [(part, place(world, draws) if stay else draws) for part, draws in zip(parts, cut, strict=True)]


_KINDS: tuple[tuple[BudgetKind, str], ...] = (("money", "money_used"), ("political", "political_used"))


def _most_used(run: Trajectories) -> dict[BudgetKind, np.ndarray]:
    return {kind: run[name].max(axis=0) for kind, name in _KINDS}


def _budget_use(world: World, used: Mapping[BudgetKind, np.ndarray]) -> dict[tuple[str, BudgetKind], float]:
    return {
        (actor, kind): float(np.median(used[kind][i]))
        for kind, _ in _KINDS
        for i, actor in enumerate(world.actors)
    }
