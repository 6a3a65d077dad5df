"""One package over all futures: checks the draws, cuts them into chunks, runs them on every core."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import jax
import numpy as np
from jax import Array
from jaxtyping import Bool, Float

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program
from stepdown.contracts.trajectories import SERIES, ResultCode, Trajectories
from stepdown.contracts.world import World
from stepdown.simulation.integrate import STEP, run, steps_in_a_year
from stepdown.simulation.levels import Start, start
from stepdown.simulation.measures import Package
from stepdown.simulation.package import cut, cut_package, whole_package
from stepdown.simulation.structure import structure

CHUNK = 128
Precision = Literal["float32", "float64"]
Draws = Mapping[str, Float[np.ndarray, "..."]]
Drivers = Literal["documented", "frozen"]
COMPILER = {"xla_disable_hlo_passes": "cse_barrier_expander,cpu-parallel-task-assigner"}
"""Keeps the barriers of `shapes.once` until loops are merged; runs a chunk on one core, as others run chunks
beside it."""
_SLACK = 1e-6
_SEEN: set[object] = set()
"""What was run before in this process, and is compiled."""


def simulate(
    world: World,
    draws: "Draws | Placed",
    program: Program,
    *,
    horizon_years: int = 30,
    dt: float = STEP,
    drivers: Drivers = "documented",
    precision: Precision = "float32",
    keep: Sequence[str] | None = None,
    at_end: Sequence[str] = (),
    chunk: int = CHUNK,
    threads: int | None = None,
    either_sign: Collection[str] = (),
) -> Trajectories:
    """Yearly trajectories of one package, years 0 ... `horizon_years`, for every future of `draws`.

    `draws`: symbol -> array [*axes, N] for every symbol of `PARAMETERS`, or what `place` made of them (then
    `precision`, `chunk` and `either_sign` are those of the placing). `dt` in years, 1/dt whole. `keep`
    limits the series (all by default); of those in `at_end` the last year alone is brought back. `threads`
    chunks run at a time (as many as there are cores). Programs of one shape (`contracts.program.align`)
    share one compilation. The same inputs give the same bits on one machine for any number of threads: the
    chunk is fixed and the last one is padded. `either_sign`: symbols whose range holds for their size alone,
    so that a mechanism may be turned round. Raises `ValueError`
    with every missing, unknown or misshapen symbol; a future with a bad value keeps its place and gets a
    result code.
    """
    steps = steps_in_a_year(dt)
    names = tuple(dict.fromkeys((*(SERIES if keep is None else keep), *at_end)))
    if unknown := sorted(set(names) - set(SERIES)):
        raise ValueError(f"unknown series {unknown}; allowed: {', '.join(SERIES)}")
    given = draws if isinstance(draws, Placed) else _checked(world, draws, precision, chunk, either_sign)
    dtype = np.dtype(given.precision)
    flag = np.asarray(float(drivers == "documented"), dtype)
    years = dict.fromkeys(names, horizon_years + 1) | dict.fromkeys(at_end, 1)
    out = {n: np.empty((y, *world.shape(SERIES[n]), given.futures), dtype) for n, y in years.items()}
    code = np.empty(given.futures, np.int32)
    whole = whole_package(program, dtype)

    def one(number: int) -> None:
        part = given.parts[number]
        with jax.enable_x64(given.precision == "float64"):
            p, begin = given.chunk_of(number)
            package = cut_package(whole, part, given.chunk, given.futures)
            found = _compiled(world, p, begin, package, flag, horizon_years, steps, names)
            width = part.stop - part.start
            code[part] = np.asarray(found.pop("code"))[:width]
            for name, values in found.items():
                out[name][..., part] = np.asarray(values)[-years[name] :, ..., :width]

    sizes = program.counts, program.crowding, program.futures, given.chunk, given.precision
    every_chunk(len(given.parts), one, (world, sizes, horizon_years, steps, names), threads)
    axes = {axis for name in names for axis in SERIES[name]}
    return Trajectories(
        series=out,
        years=np.arange(horizon_years + 1, dtype=float),
        coordinates={axis: world.axis(axis) for axis in sorted(axes)},
        code=np.where(given.bad, ResultCode.BAD_INPUT.value, code).astype(np.int32),
    )


def every_chunk(chunks: int, one: Callable[[int], None], shape: object, threads: int | None) -> None:
    """`one` of every chunk, `threads` at a time.

    Two threads that meet a new `shape` would compile it twice: its first chunk goes ahead, once.
    """
    ahead = 0 if shape in _SEEN else 1
    list(map(one, range(ahead)))
    _SEEN.add(shape)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        list(pool.map(one, range(ahead, chunks)))


def place(
    world: World,
    draws: Draws,
    *,
    precision: Precision = "float32",
    chunk: int = CHUNK,
    either_sign: Collection[str] = (),
) -> "Placed":
    """Futures checked, cut into chunks and put on the device once, to be run under many packages.

    `simulate` takes the result in place of draws; then only the package travels. Raises as `simulate` does.
    """
    given = _checked(world, draws, precision, chunk, either_sign)
    with jax.enable_x64(precision == "float64"):
        held = tuple(jax.device_put(given.chunk_of(number)) for number in range(len(given.parts)))
    return replace(given, draws={}, held=held)


@dataclass(frozen=True, eq=False)
class Placed:
    """Futures ready to run, see `place`; `held` is empty until they are on the device."""

    world: World
    draws: Draws
    precision: Precision
    chunk: int
    futures: int
    bad: Bool[np.ndarray, " future"]
    held: tuple[tuple[dict[str, Array], Start], ...] = ()

    @property
    def parts(self) -> list[slice]:
        """Futures of every chunk."""
        return [slice(a, min(a + self.chunk, self.futures)) for a in range(0, self.futures, self.chunk)]

    def chunk_of(self, number: int) -> tuple[dict[str, Any], Start]:
        """Draws of one chunk and what follows from them alone."""
        if self.held:
            return self.held[number]
        part, dtype = self.parts[number], np.dtype(self.precision)
        p: Any = {symbol: cut(self.draws[symbol], part, self.chunk, dtype) for symbol in PARAMETERS}
        with np.errstate(all="ignore"):
            return p, start(structure(self.world), p)


def _checked(
    world: World, draws: Draws, precision: Precision, chunk: int, either_sign: Collection[str]
) -> Placed:
    futures = checked_futures(world, draws)
    return Placed(world, draws, precision, chunk, futures, bad_values(draws, futures, either_sign))


def keep_compiled(directory: Path) -> None:
    """Keep compiled programs in `directory` between processes: the first run of a shape takes longest."""
    update: Callable[[str, object], None] = jax.config.update
    update("jax_compilation_cache_dir", str(directory))
    update("jax_persistent_cache_min_compile_time_secs", 0.5)


@partial(jax.jit, static_argnums=(0, 5, 6, 7), compiler_options=COMPILER)
def _compiled(
    world: World,
    p: dict[str, Array],
    begin: Start,
    package: Package,
    documented: Array,
    years: int,
    steps_per_year: int,
    keep: tuple[str, ...],
) -> dict[str, Array]:
    return run(
        structure(world),
        p,
        package,
        documented,
        years=years,
        steps_per_year=steps_per_year,
        keep=keep,
        begin=begin,
    )


def checked_futures(world: World, draws: Mapping[str, np.ndarray]) -> int:
    """The number of futures; `ValueError` with every missing, unknown or misshapen symbol."""
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


def bad_values(
    draws: Mapping[str, np.ndarray], futures: int, either_sign: Collection[str] = ()
) -> Bool[np.ndarray, " future"]:
    """Futures with a draw that is no number or outside its admissible range."""
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
