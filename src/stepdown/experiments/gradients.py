"""Derivatives of outcomes by every input symbol and every measure, through `jax.grad`, future by future.

Futures do not touch each other, so one backward pass over the sum of an outcome gives every future its own
derivatives. Outcomes that are a minimum or a maximum over states or years have the derivative of the one that
attains it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.experiments.outcomes import SERIES_NEEDED, measured
from stepdown.simulation.integrate import STEP, run, steps_in_a_year
from stepdown.simulation.measures import Package
from stepdown.simulation.package import device_package
from stepdown.simulation.simulate import COMPILER, Drivers, Precision
from stepdown.simulation.structure import structure

LANES = 64
"""Futures at a time: a backward pass keeps the states of thirty years (decision 0132)."""
Weights = Mapping[str, Array]


@dataclass(frozen=True)
class Gradients:
    """Values and derivatives of outcomes under one package.

    `values[outcome]`: [future]; `by_input[outcome][symbol]`: [*axes of the symbol, future], per unit of the
    symbol; `by_measure[outcome]`: [measure, future], per unit of doing a measure more (1 = as planned), its
    strength, signal and costs together, in the order of `measures`.
    """

    measures: tuple[str, ...]
    values: Mapping[str, Float[np.ndarray, " future"]]
    by_input: Mapping[str, Mapping[str, Float[np.ndarray, "..."]]]
    by_measure: Mapping[str, Float[np.ndarray, "measure future"]]


def gradients(
    world: World,
    assumptions: Assumptions,
    program: Program,
    outcomes: Sequence[str],
    first_year: int,
    last_year: int,
    *,
    drivers: Drivers = "documented",
    precision: Precision = "float32",
    threads: int | None = None,
) -> Gradients:
    """Derivative of every outcome by every input symbol and every measure of the package.

    Raises ValueError for an unknown outcome.
    """
    for outcome in outcomes:
        measured(world, outcome)
    futures, dtype = assumptions.futures, np.dtype(precision)
    flag = np.asarray(float(drivers == "documented"), dtype)
    parts = [slice(a, a + LANES) for a in range(0, futures, LANES)]

    def one(part: slice) -> Any:
        with jax.enable_x64(precision == "float64"):
            p = {symbol: lanes_of(assumptions.symbols[symbol], part, dtype) for symbol in PARAMETERS}
            package = device_package(program.spread(futures), part, LANES, dtype, futures)
            found = _differentiated(
                world, p, package, flag, years=last_year - first_year, outcomes=tuple(outcomes)
            )
            width = min(part.stop, futures) - part.start
            return jax.tree.map(lambda x: np.asarray(x)[..., :width], found)

    with ThreadPoolExecutor(threads or cpu_count() or 1) as pool:
        done = [one(parts[0]), *pool.map(one, parts[1:])]
    values, by_input, by_measure = jax.tree.map(lambda *x: np.concatenate(x, axis=-1), *done)
    return Gradients(
        program.measures,
        {name: values[i] for i, name in enumerate(outcomes)},
        {name: {symbol: x[i] for symbol, x in by_input.items()} for i, name in enumerate(outcomes)},
        {name: by_measure[i, : len(program.measures)] for i, name in enumerate(outcomes)},
    )


@partial(jax.jit, static_argnums=0, static_argnames=("years", "outcomes"), compiler_options=COMPILER)
def _differentiated(
    world: World, p: Weights, package: Package, documented: Array, *, years: int, outcomes: tuple[str, ...]
) -> tuple[Array, dict[str, Array], Array]:
    def told(symbols: Weights, more: Array) -> Array:
        return outcomes_of(world, symbols, scaled(package, more), documented, years, outcomes)

    lanes = p["H0"].shape[-1]
    values, back = jax.vjp(told, p, jnp.ones((package.condition.shape[0], lanes), p["H0"].dtype))
    ones = jnp.eye(len(outcomes), dtype=values.dtype)[:, :, None] * jnp.ones_like(values)
    by_input, by_measure = jax.lax.map(back, ones)
    return values, by_input, by_measure


def outcomes_of(
    world: World, p: Weights, package: Package, documented: Array, years: int, outcomes: tuple[str, ...]
) -> Float[Array, "outcome future"]:
    """Outcomes of a run, differentiable by everything that is an array."""
    series = run(
        structure(world),
        p,
        package,
        documented,
        years=years,
        steps_per_year=steps_in_a_year(STEP),
        keep=SERIES_NEEDED,
    )
    code: Any = series.pop("code")
    trajectories = Trajectories(series, np.arange(years + 1.0), {}, code)  # type: ignore[arg-type]
    return jnp.stack([_value(world, outcome)(trajectories) for outcome in outcomes])


def _value(world: World, outcome: str) -> Callable[[Trajectories], Any]:
    return measured(world, outcome)[1]


def scaled(package: Package, more: Float[Array, "measure future"]) -> Package:
    """The package with every measure's strengths, signals and costs times its factor."""
    names = ("actor_rows", "theatre_rows", "global_rows")
    rows = {name: getattr(package, name) for name in names}
    moved = {name: r._replace(strength=r.strength * more[r.number]) for name, r in rows.items()}
    return package._replace(money=package.money * more, political=package.political * more, **moved)


def lanes_of(x: np.ndarray, part: slice, dtype: np.dtype) -> np.ndarray:
    """A part of the futures, the last one repeated until there are `LANES`."""
    piece = np.asarray(x[..., part], dtype)
    missing = LANES - piece.shape[-1]
    return np.pad(piece, [(0, 0)] * (piece.ndim - 1) + [(0, missing)], mode="edge") if missing else piece
