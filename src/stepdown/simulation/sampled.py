"""Runs in which something happens on the way: sampled events, adaptive steps, shocks; over all futures."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program
from stepdown.contracts.sampled import NO_USE, QUIET, Noise, SampledRun
from stepdown.contracts.shocks import ShockPlan
from stepdown.contracts.trajectories import SERIES, ResultCode, Trajectories
from stepdown.contracts.triggers import TriggerPlan
from stepdown.contracts.world import World
from stepdown.simulation.events import Luck, NoiseSlots
from stepdown.simulation.indicators import ViewSlots, view_slots
from stepdown.simulation.integrate import steps_in_a_year
from stepdown.simulation.measures import Package
from stepdown.simulation.package import cut, device_package
from stepdown.simulation.path import Happenings, run_path
from stepdown.simulation.shocks import ShockSlots
from stepdown.simulation.simulate import (
    CHUNK,
    COMPILER,
    Drivers,
    Precision,
    bad_values,
    checked_futures,
)
from stepdown.simulation.triggers import plan_slots

Draws = Mapping[str, Float[np.ndarray, "..."]]
Out = dict[str, np.ndarray]
EVENT_STEP = 0.5
"""Years: events, observations and decisions come every half year (decision 0110)."""
PLAN_SLOTS = (12, 32, 8)
"""Steps, rules and indicators are padded to multiples of these, so that plans share one compilation."""


def simulate_sampled(
    world: World,
    draws: Draws,
    program: Program,
    noise: Noise,
    *,
    seed: int,
    horizon_years: int = 30,
    dt: float = EVENT_STEP,
    drivers: Drivers = "documented",
    precision: Precision = "float32",
    keep: Sequence[str] | None = None,
    shocks: ShockPlan | None = None,
    first_future: int = 0,
    chunk: int = CHUNK,
    threads: int | None = None,
) -> SampledRun:
    """One package with sampled crises, regime switches, changes of leader and a race of the hazards.

    Arguments as in `simulate`. The same seed gives a future the same luck under every program, for any chunk
    and number of threads; `first_future` shifts the index that luck is keyed by, so that runs can be cut or
    repeated with other luck. Raises `ValueError` as `simulate` does.
    """
    done = _run(
        _Setting(world, draws, program, seed, horizon_years, dt, drivers, precision, first_future),
        keep,
        noise,
        None,
        shocks,
        0.0,
        chunk,
        threads,
    )
    return _sampled(world, done, seed, horizon_years)


def simulate_adaptive(
    world: World,
    draws: Draws,
    program: Program,
    plan: TriggerPlan,
    *,
    seed: int,
    noise: Noise | None = None,
    shocks: ShockPlan | None = None,
    softness: float = 0.0,
    horizon_years: int = 30,
    dt: float = EVENT_STEP,
    drivers: Drivers = "documented",
    precision: Precision = "float32",
    keep: Sequence[str] | None = None,
    first_future: int = 0,
    chunk: int = CHUNK,
    threads: int | None = None,
) -> AdaptiveRun:
    """One package whose steps hold, proceed, revert or are compensated, per future, on observations.

    `plan` was built for as many measures as `program` has slots. `softness` 0 is the hard form (decisions),
    a positive one the smooth form (gradients). Without `noise` nothing is sampled but errors of observation.
    Raises `ValueError` when plan and program do not fit, and as `simulate` does.
    """
    if len(plan.of_measure) != len(program.start):
        raise ValueError(f"plan for {len(plan.of_measure)} measures, program of {len(program.start)}")
    if softness < 0:
        raise ValueError(f"softness must be 0 or more; found {softness}")
    done = _run(
        _Setting(world, draws, program, seed, horizon_years, dt, drivers, precision, first_future),
        keep,
        noise or QUIET,
        plan,
        shocks or ShockPlan.build(world),
        softness,
        chunk,
        threads,
    )
    used = {"rule": len(plan.sign), "observed": len(plan.indicators)}
    names = ("opened", "held", "reverted", "calling", "clock", "rule", "observed")
    arrays = {n: done[n][:, : used.get(n, len(plan.steps))] for n in names}
    return AdaptiveRun(_sampled(world, done, seed, horizon_years), plan, **arrays)


@dataclass(frozen=True)
class _Setting:
    """What every chunk shares."""

    world: World
    draws: Draws
    program: Program
    seed: int
    years: int
    dt: float
    drivers: Drivers
    precision: Precision
    first_future: int


def _run(
    of: _Setting,
    keep: Sequence[str] | None,
    noise: Noise | None,
    plan: TriggerPlan | None,
    shocks: ShockPlan | None,
    softness: float,
    chunk: int,
    threads: int | None,
) -> Out:
    steps = steps_in_a_year(of.dt)
    names = tuple(SERIES) if keep is None else tuple(keep)
    if unknown := sorted(set(names) - set(SERIES)):
        raise ValueError(f"unknown series {unknown}; allowed: {', '.join(SERIES)}")
    futures = checked_futures(of.world, of.draws)
    dtype = np.dtype(of.precision)
    flag = np.asarray(float(of.drivers == "documented"), dtype)

    def one(part: slice) -> Out:
        with jax.enable_x64(of.precision == "float64"):
            p = {symbol: cut(of.draws[symbol], part, chunk, dtype) for symbol in PARAMETERS}
            package = device_package(of.program, part, chunk, dtype, futures)
            index = of.first_future + np.minimum(np.arange(part.start, part.start + chunk), futures - 1)
            happen = Happenings(
                Luck(jnp.asarray(of.seed, jnp.uint32), jnp.asarray(index, jnp.uint32)),
                None if noise is None else _noise_slots(noise, part, chunk, dtype, futures),
                None if plan is None else plan_slots(plan, softness, dtype, PLAN_SLOTS),
                None if plan is None else _view(of.world, plan, steps, dtype),
                None if shocks is None else _shock_slots(shocks, dtype),
            )
            out = _compiled(
                of.world,
                p,
                package,
                flag,
                happen,
                years=of.years,
                steps_per_year=steps,
                keep=names,
            )
            width = min(part.stop, futures) - part.start
            return {name: np.asarray(x)[..., :width] for name, x in out.items()}

    parts = [slice(a, a + chunk) for a in range(0, futures, chunk)]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        done = [one(parts[0]), *pool.map(one, parts[1:])]
    joined = {name: np.concatenate([d[name] for d in done], axis=-1) for name in done[0]}
    bad = bad_values(of.draws, futures)
    joined["code"] = np.where(bad, ResultCode.BAD_INPUT.value, joined["code"]).astype(np.int32)
    return joined


@partial(
    jax.jit,
    static_argnums=0,
    static_argnames=("years", "steps_per_year", "keep"),
    compiler_options=COMPILER,
)
def _compiled(
    world: World,
    p: dict[str, Array],
    package: Package,
    documented: Array,
    happen: Happenings,
    *,
    years: int,
    steps_per_year: int,
    keep: tuple[str, ...],
) -> dict[str, Array]:
    return run_path(
        world,
        p,
        package,
        documented,
        happen,
        years=years,
        steps_per_year=steps_per_year,
        keep=keep,
    )


def _view(world: World, plan: TriggerPlan, steps_per_year: int, dtype: np.dtype) -> ViewSlots:
    slots = -(-len(plan.indicators) // PLAN_SLOTS[2]) * PLAN_SLOTS[2]
    return view_slots(world, plan.indicators, steps_per_year, dtype, slots)


def _noise_slots(noise: Noise, part: slice, chunk: int, dtype: np.dtype, futures: int) -> NoiseSlots:
    def amount(x: np.ndarray) -> Array:
        # Always per future: one shape, one compilation.
        return jnp.asarray(cut(np.broadcast_to(x, futures), part, chunk, dtype))

    return NoiseSlots(**{f.name: amount(getattr(noise, f.name)) for f in fields(noise)})


def _shock_slots(shocks: ShockPlan, dtype: np.dtype) -> ShockSlots:
    return ShockSlots(**{f.name: jnp.asarray(getattr(shocks, f.name), dtype) for f in fields(shocks)})


def _sampled(world: World, done: Out, seed: int, years: int) -> SampledRun:
    series = {name: x for name, x in done.items() if name in SERIES}
    axes = {axis for name in series for axis in SERIES[name]}
    run = Trajectories(
        series=series,
        years=np.arange(years + 1, dtype=float),
        coordinates={axis: world.axis(axis) for axis in sorted(axes)},
        code=done["code"],
    )
    # The race goes on through the last year of the loop, which belongs to no year of the run.
    ended = done["use_year"] <= years
    path = np.where(ended, done["use_path"], NO_USE)
    return SampledRun(
        trajectories=run,
        seed=seed,
        crises=done["crises"][:-1].astype(np.int32),
        regime=done["political_regime"].astype(np.int32),
        leader=done["leader"].astype(np.int32),
        use_year=np.where(ended, done["use_year"], np.inf),
        use_cause=np.where(ended, path // len(world.theatres), NO_USE),
        use_theatre=np.where(ended, path % len(world.theatres), NO_USE),
    )
