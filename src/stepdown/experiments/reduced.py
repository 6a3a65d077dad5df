"""One program over many futures, reduced inside the compiled kernel to a few numbers per future.

A run that is asked for numbers alone need not bring its series back: of some 1,400 rows a year, claims read
about ninety, and of most of them one year. Places are joined in every step, years at the end of a chunk.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.program import Program
from stepdown.contracts.reductions import Reduction
from stepdown.contracts.trajectories import SERIES, ResultCode
from stepdown.contracts.world import World
from stepdown.simulation import Placed
from stepdown.simulation.integrate import STEP, Progress, advance, idle
from stepdown.simulation.levels import Start
from stepdown.simulation.measures import Package
from stepdown.simulation.outputs import health, largest_force
from stepdown.simulation.package import cut_package, whole_package
from stepdown.simulation.simulate import COMPILER, every_chunk
from stepdown.simulation.structure import structure

_JOINS = {"mean": "mean", "sum": "sum", "lowest": "min", "highest": "max"}


def run_reduced(
    world: World,
    given: Placed,
    program: Program,
    first_year: int,
    last_year: int,
    wanted: tuple[Reduction, ...],
    threads: int | None = None,
) -> tuple[Float[np.ndarray, "reduction future"], Int[np.ndarray, " future"]]:
    """Every reduction in every future, and the result codes. Steps of a year, documented drivers.

    Programs of one shape (`contracts.program.align`) share one compilation, whatever their futures. Same
    inputs, same bits, for any number of threads.
    """
    dtype = np.dtype(given.precision)
    values = np.empty((len(wanted), given.futures), dtype)
    code = np.empty(given.futures, np.int32)
    whole = whole_package(program, dtype)

    def one(number: int) -> None:
        part = given.parts[number]
        with jax.enable_x64(given.precision == "float64"):
            p, begin = given.chunk_of(number)
            package = cut_package(whole, part, given.chunk, given.futures)
            found, health = _compiled(world, p, begin, package, last_year - first_year, wanted)
            values[:, part] = np.asarray(found)[:, : part.stop - part.start]
            code[part] = np.asarray(health)[: part.stop - part.start]

    sizes = program.counts, program.crowding, given.chunk, given.precision
    every_chunk(len(given.parts), one, (world, sizes, last_year - first_year, wanted), threads)
    return values, np.where(given.bad, ResultCode.BAD_INPUT.value, code).astype(np.int32)


@partial(jax.jit, static_argnums=(0, 4, 5), compiler_options=COMPILER)
def _compiled(
    world: World,
    p: dict[str, Array],
    begin: Start,
    package: Package,
    years: int,
    wanted: tuple[Reduction, ...],
) -> tuple[Float[Array, "reduction N"], Int[Array, " N"]]:
    s = structure(world)
    keep = tuple(name for name in SERIES if any(r.series == name for r in wanted))
    rows = {r.yearly: row for row, r in enumerate({r.yearly: r for r in wanted}.values())}
    documented = jnp.ones_like(p["H0"][0])

    def year(carry: Progress, number: Array) -> tuple[Progress, tuple[Array, Array]]:
        time = number.astype(p["H0"].dtype)
        after, kept = advance(s, p, package, documented, begin, carry, time, number == 0, STEP, keep)
        joined = jnp.stack([joined_places(r, kept[r[0]]) for r in rows])
        return after, (joined, largest_force(carry.state))

    last, (joined, force) = jax.lax.scan(year, idle(s, p, package, begin, STEP), jnp.arange(years + 1))
    values = jnp.stack([joined_years(r, joined[:, rows[r.yearly]]) for r in wanted])
    return values, health(last.state, last.risk.cif, jnp.max(force, axis=0))


def joined_places(yearly: tuple[str, tuple[tuple[int, ...] | None, ...], str], x: Any) -> Any:
    """[*axes, future] -> [future], in the array library of `x`."""
    _, places, over = yearly
    for axis, taken in enumerate(places):
        if taken is not None:
            x = x[(slice(None),) * axis + (np.array(taken),)]
    return getattr(x, _JOINS[over])(axis=tuple(range(x.ndim - 1))) if x.ndim > 1 else x


def joined_years(reduction: Reduction, x: Any) -> Any:
    """[year, future] -> [future]."""
    if reduction.at == "start":
        return x[0]
    if reduction.at == "end":
        return x[-1]
    if reduction.at == "rise":
        return x[-1] - x[0]
    return getattr(x, _JOINS[reduction.at])(axis=0)
