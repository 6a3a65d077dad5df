"""Side by side: the baseline, the package, and the package with some mechanisms held at the baseline's path.

All of them lie along the futures axis, segment after segment, so that every question about mechanisms shares
one compilation: which mechanism is held in which segment is data.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program
from stepdown.contracts.trajectories import SERIES, ResultCode, Trajectories
from stepdown.contracts.world import World
from stepdown.simulation.integrate import STEP, run, steps_in_a_year
from stepdown.simulation.measures import Package, RowSlots
from stepdown.simulation.moment import Hold
from stepdown.simulation.package import device_package
from stepdown.simulation.simulate import COMPILER, Drivers, Precision, bad_values
from stepdown.simulation.state import State
from stepdown.simulation.structure import structure

LANES = 256
"""About as many columns of arrays at a time as the processor's caches like."""


def simulate_held(
    world: World,
    draws: Mapping[str, Float[np.ndarray, "..."]],
    program: Program,
    held: Sequence[frozenset[str]],
    *,
    horizon_years: int = 30,
    drivers: Drivers = "documented",
    precision: Precision = "float32",
    keep: Sequence[str] | None = None,
    threads: int | None = None,
) -> tuple[Trajectories, ...]:
    """The baseline, then for every set in `held` the package with those state variables on the baseline's
    path, each over all futures of `draws`.

    A held variable takes the baseline's rate in the same future at every stage of every step: everything
    else reads it as if the package had not moved it. Sets name fields of `simulation.state.State`; as many
    sets share one compilation. The step is that of `simulate`. Raises `ValueError` for an unknown name.
    """
    if unknown := sorted(set().union(*held) - set(State._fields)):
        raise ValueError(f"unknown state variables {unknown}; allowed: {', '.join(State._fields)}")
    names = tuple(SERIES) if keep is None else tuple(keep)
    dtype = np.dtype(precision)
    segments = len(held) + 1
    futures = next(iter(draws.values())).shape[-1]
    width = max(1, LANES // segments)
    mask = {f: np.array([False] + [f in chosen for chosen in held]) for f in State._fields}
    flag = np.asarray(float(drivers == "documented"), dtype)
    parts = [slice(a, a + width) for a in range(0, futures, width)]

    def one(part: slice) -> dict[str, np.ndarray]:
        with jax.enable_x64(precision == "float64"):
            p = {symbol: _tiled(draws[symbol], part, width, segments, dtype) for symbol in PARAMETERS}
            package = _package(program, part, width, segments, dtype, futures)
            out = _compiled(world, p, package, mask, flag, years=horizon_years, keep=names)
            filled = min(part.stop, futures) - part.start
            return {
                n: np.asarray(x).reshape(*x.shape[:-1], segments, width)[..., :filled] for n, x in out.items()
            }

    with ThreadPoolExecutor(threads or cpu_count() or 1) as pool:
        done = [one(parts[0]), *pool.map(one, parts[1:])]
    joined = {name: np.concatenate([d[name] for d in done], axis=-1) for name in done[0]}
    bad = bad_values(draws, futures)
    code = np.where(bad, ResultCode.BAD_INPUT.value, joined.pop("code")).astype(np.int32)
    axes = {axis for name in names for axis in SERIES[name]}
    coordinates = {axis: world.axis(axis) for axis in sorted(axes)}
    years = np.arange(horizon_years + 1, dtype=float)
    return tuple(
        Trajectories({n: x[..., i, :] for n, x in joined.items()}, years, coordinates, code[i])
        for i in range(segments)
    )


@partial(jax.jit, static_argnums=0, static_argnames=("years", "keep"), compiler_options=COMPILER)
def _compiled(
    world: World,
    p: dict[str, Array],
    package: Package,
    mask: dict[str, Bool[Array, " segment"]],
    documented: Array,
    *,
    years: int,
    keep: tuple[str, ...],
) -> dict[str, Array]:
    return run(
        structure(world),
        p,
        package,
        documented,
        years=years,
        steps_per_year=steps_in_a_year(STEP),
        keep=keep,
        hold=_hold(mask),
    )


def _hold(mask: Mapping[str, Bool[Array, " segment"]]) -> Hold:
    """A rate with the baseline's (the first segment's) wherever the mask of its variable says so."""

    def hold(name: str, rate: Array) -> Array:
        chosen = mask[name]
        apart = rate.reshape(*rate.shape[:-1], len(chosen), -1)
        held = jnp.where(chosen[:, None], apart[..., :1, :], apart)
        return held.reshape(rate.shape)

    return hold


def _tiled(x: np.ndarray, part: slice, width: int, segments: int, dtype: np.dtype) -> np.ndarray:
    """The futures of a part, the last one repeated to fill the width, once for every segment."""
    piece = np.asarray(x[..., part], dtype)
    missing = width - piece.shape[-1]
    if missing:
        piece = np.pad(piece, [(0, 0)] * (piece.ndim - 1) + [(0, missing)], mode="edge")
    return np.tile(piece, segments)


def _package(
    program: Program, part: slice, width: int, segments: int, dtype: np.dtype, futures: int
) -> Package:
    """The package on the device, in every segment but the first, where every strength and cost is zero."""
    package = device_package(program.spread(futures), part, width, dtype, futures)
    on = jnp.repeat(jnp.arange(segments) > 0, width).astype(dtype)

    def spread(x: Array) -> Array:
        return (
            jnp.tile(x, segments) if x.shape[-1] == width else jnp.broadcast_to(x, (*x.shape[:-1], len(on)))
        )

    def rows(r: RowSlots) -> RowSlots:
        return r._replace(strength=spread(r.strength) * on, delay=spread(r.delay), ramp=spread(r.ramp))

    amounts = ("start", "reversal", "programme_strength", "programme_fielded", "programme_ramp")
    changed: Any = {name: spread(getattr(package, name)) for name in amounts}
    return package._replace(
        **changed,
        money=spread(package.money) * on,
        political=spread(package.political) * on,
        actor_rows=rows(package.actor_rows),
        theatre_rows=rows(package.theatre_rows),
        global_rows=rows(package.global_rows),
    )
