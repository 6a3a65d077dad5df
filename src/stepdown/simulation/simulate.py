"""One package over all futures: checks the draws, cuts them into chunks, runs them on every core."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Literal

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import ACTOR_COLUMNS, SIGNAL, Program, Rows
from stepdown.contracts.trajectories import SERIES, ResultCode, Trajectories
from stepdown.contracts.world import World
from stepdown.simulation.integrate import run
from stepdown.simulation.measures import Package, RowSlots
from stepdown.simulation.slots import Slots, fill
from stepdown.simulation.structure import structure

CHUNK = 128
Precision = Literal["float32", "float64"]
Drivers = Literal["documented", "frozen"]
COMPILER = {"xla_disable_hlo_passes": "cse_barrier_expander,cpu-parallel-task-assigner"}
"""Keeps the barriers of `shapes.once` until loops are merged; runs a chunk on one core, for chunks share them."""
SIGNAL_COLUMN = ACTOR_COLUMNS.index((SIGNAL, ""))
_SLACK = 1e-6


def simulate(
    world: World,
    draws: Mapping[str, Float[np.ndarray, "..."]],
    program: Program,
    *,
    horizon_years: int = 30,
    dt: float = 0.5,
    drivers: Drivers = "documented",
    precision: Precision = "float32",
    keep: Sequence[str] | None = None,
    chunk: int = CHUNK,
    threads: int | None = None,
    either_sign: Collection[str] = (),
) -> Trajectories:
    """Yearly trajectories of one package, years 0 ... `horizon_years`, for every future of `draws`.

    `draws`: symbol -> array [*axes, N] for every symbol of `PARAMETERS`. `dt` in years, 1/dt whole. `keep`
    limits the series (all by default); `threads` chunks run at a time (as many as there are cores). Programs
    of one shape (`contracts.program.align`) share one compilation. The same inputs give the same bits on one
    machine for any number of threads: the chunk is fixed and the last one is padded. `either_sign`: symbols
    whose range holds for their size alone, so that a mechanism may be turned round. Raises `ValueError`
    with every missing, unknown or misshapen symbol; a future with a bad value keeps its place and gets a
    result code.
    """
    steps = round(1.0 / dt)
    if steps < 1 or abs(steps * dt - 1.0) > 1e-9:
        raise ValueError(f"dt must divide a year into whole steps; found {dt}")
    names = tuple(SERIES) if keep is None else tuple(keep)
    if unknown := sorted(set(names) - set(SERIES)):
        raise ValueError(f"unknown series {unknown}; allowed: {', '.join(SERIES)}")
    futures = _check(world, draws)
    bad = _bad_values(draws, futures, either_sign)
    dtype = np.dtype(precision)
    flag = np.asarray(float(drivers == "documented"), dtype)
    parts = [slice(a, a + chunk) for a in range(0, futures, chunk)]

    def one(part: slice) -> dict[str, np.ndarray]:
        with jax.enable_x64(precision == "float64"):
            p = {symbol: _cut(draws[symbol], part, chunk, dtype) for symbol in PARAMETERS}
            package = device_package(program, part, chunk, dtype, futures)
            out = _compiled(world, p, package, flag, years=horizon_years, steps_per_year=steps, keep=names)
            width = min(part.stop, futures) - part.start
            return {name: np.asarray(x)[..., :width] for name, x in out.items()}

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        done = [one(parts[0]), *pool.map(one, parts[1:])]
    joined = {name: np.concatenate([d[name] for d in done], axis=-1) for name in done[0]}
    code = np.where(bad, ResultCode.BAD_INPUT.value, joined.pop("code")).astype(np.int32)
    axes = {axis for name in names for axis in SERIES[name]}
    return Trajectories(
        series=joined,
        years=np.arange(horizon_years + 1, dtype=float),
        coordinates={axis: world.axis(axis) for axis in sorted(axes)},
        code=code,
    )


def keep_compiled(directory: Path) -> None:
    """Keep compiled programs in `directory` between processes: the first run of a shape takes longest."""
    update: Callable[[str, object], None] = jax.config.update
    update("jax_compilation_cache_dir", str(directory))
    update("jax_persistent_cache_min_compile_time_secs", 0.5)


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
    *,
    years: int,
    steps_per_year: int,
    keep: tuple[str, ...],
) -> dict[str, Array]:
    return run(
        structure(world), p, package, documented, years=years, steps_per_year=steps_per_year, keep=keep
    )


def _check(world: World, draws: Mapping[str, np.ndarray]) -> int:
    faults = [f"{name}: missing" for name in PARAMETERS if name not in draws]
    faults += [f"{name}: not a symbol of the model" for name in draws if name not in PARAMETERS]
    sizes = {np.shape(x)[-1] if np.ndim(x) else 0 for x in draws.values()}
    if len(sizes) != 1 or sizes == {0}:
        faults.append(f"the last axis must be the same number of futures everywhere; found {sorted(sizes)}")
    for name, x in draws.items():
        if name in PARAMETERS and np.shape(x)[:-1] != (wanted := world.shape(PARAMETERS[name].axes)):
            faults.append(f"{name}: shape {np.shape(x)[:-1]}, wanted {wanted} = {PARAMETERS[name].axes}")
    if faults:
        raise ValueError("draws do not fit the model:\n  " + "\n  ".join(faults))
    return int(sizes.pop())


def _bad_values(draws: Mapping[str, np.ndarray], futures: int, either_sign: Collection[str]) -> np.ndarray:
    bad = np.zeros(futures, dtype=bool)
    for name, spec in PARAMETERS.items():
        x = np.asarray(draws[name]).reshape(-1, futures)
        if name in either_sign:
            x = np.abs(x)
        outside = ~(
            (x >= spec.low - _SLACK * abs(spec.low) - 1e-9) & (x <= spec.high + _SLACK * abs(spec.high))
        )
        bad |= outside.any(axis=0)
    return bad


def _cut(x: np.ndarray, part: slice, chunk: int, dtype: np.dtype) -> np.ndarray:
    piece = np.asarray(x[..., part], dtype)
    missing = chunk - piece.shape[-1]
    return np.pad(piece, [(0, 0)] * (piece.ndim - 1) + [(0, missing)], mode="edge") if missing else piece


def device_package(program: Program, part: slice, chunk: int, dtype: np.dtype, futures: int) -> Package:
    """The package on the device for the futures of `part`; amounts that vary by future are cut like draws."""

    def amount(x: np.ndarray) -> Array:
        per_future = x.shape[-1] == futures and futures > 1
        return jnp.asarray(_cut(x, part, chunk, dtype) if per_future else x, dtype)

    crowded, most, lowers = program.crowding
    targets = program.programme_target

    def _slots(table: np.ndarray, wide: int | None = None) -> Slots:
        filled = fill(table, len(table) if wide is None else wide, crowded, most)
        return jax.tree.map(jnp.asarray, filled)

    def rows(r: Rows) -> RowSlots:
        return RowSlots(
            measure=jnp.asarray(np.eye(len(program.start))[r.measure], dtype),
            number=jnp.asarray(r.measure),
            strength=amount(r.strength),
            delay=amount(r.delay),
            ramp=amount(r.ramp),
            raises=jnp.asarray(r.raises, dtype),
            raising=_slots(r.raises * (np.arange(len(r.raises)) != SIGNAL_COLUMN)[:, None]),
            lowering=_slots(r.lowers) if lowers else None,
        )

    return Package(
        participants=jnp.asarray(program.participants, dtype),
        places=jnp.asarray(program.places, dtype),
        start=amount(program.start),
        condition=jnp.asarray(program.condition, dtype),
        gate=jnp.asarray(program.gate, dtype),
        money=amount(program.money),
        political=amount(program.political),
        reversal=amount(program.reversal),
        actor_rows=rows(program.actor_rows),
        theatre_rows=rows(program.theatre_rows),
        global_rows=rows(program.global_rows),
        programme_slots=_slots(targets.reshape(targets.shape[0] * targets.shape[1], targets.shape[2]), targets.shape[-1]),
        programme_strength=amount(program.programme_strength),
        programme_fielded=amount(program.programme_fielded),
        programme_ramp=amount(program.programme_ramp),
    )
