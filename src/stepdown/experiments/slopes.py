"""Derivatives of outcomes along a few directions, through `jax.jvp`, future by future.

For few directions and many outcomes a forward pass per direction costs far less than a backward pass per
outcome, and needs no memory for the way back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from stepdown.contracts.world import World
from stepdown.experiments.gradients import LANES, Weights, lanes_of, outcomes_of, scaled
from stepdown.experiments.outcomes import measured
from stepdown.simulation.measures import Package
from stepdown.simulation.package import device_package
from stepdown.simulation.simulate import COMPILER


@dataclass(frozen=True)
class Slopes:
    """Values of outcomes, [future], and derivatives along directions, [direction, future]."""

    values: Mapping[str, Float[np.ndarray, " future"]]
    along: Mapping[str, Float[np.ndarray, "direction future"]]


def slopes(
    world: World,
    assumptions: Assumptions,
    program: Program,
    directions: Float[np.ndarray, "direction measure"],
    outcomes: Sequence[str],
    first_year: int,
    last_year: int,
    *,
    threads: int | None = None,
) -> Slopes:
    """Derivatives by doing some measures together more, one forward pass per direction.

    A direction says how much of each measure is added per unit. For few directions and many outcomes this
    costs far less than `gradients`. Raises ValueError for an unknown outcome.
    """
    for outcome in outcomes:
        measured(world, outcome)
    futures, dtype = assumptions.futures, np.dtype("float32")
    parts = [slice(a, a + LANES) for a in range(0, futures, LANES)]
    towards = np.zeros((len(directions), len(program.start)), dtype)
    towards[:, : directions.shape[1]] = directions

    def one(part: slice) -> Any:
        p = {symbol: lanes_of(assumptions.symbols[symbol], part, dtype) for symbol in PARAMETERS}
        package = device_package(program.spread(futures), part, LANES, dtype, futures)
        found = _along(world, p, package, towards, years=last_year - first_year, outcomes=tuple(outcomes))
        width = min(part.stop, futures) - part.start
        return jax.tree.map(lambda x: np.asarray(x)[..., :width], found)

    with ThreadPoolExecutor(threads or cpu_count() or 1) as pool:
        done = [one(parts[0]), *pool.map(one, parts[1:])]
    values, along = jax.tree.map(lambda *x: np.concatenate(x, axis=-1), *done)
    return Slopes(
        {name: values[i] for i, name in enumerate(outcomes)},
        {name: along[:, i] for i, name in enumerate(outcomes)},
    )


@partial(jax.jit, static_argnums=0, static_argnames=("years", "outcomes"), compiler_options=COMPILER)
def _along(
    world: World, p: Weights, package: Package, towards: Array, *, years: int, outcomes: tuple[str, ...]
) -> tuple[Array, Array]:
    flag = jnp.ones((), p["H0"].dtype)
    ones = jnp.ones((package.condition.shape[0], p["H0"].shape[-1]), p["H0"].dtype)

    def told(more: Array) -> Array:
        return outcomes_of(world, p, scaled(package, more), flag, years, outcomes)

    def one(direction: Array) -> tuple[Array, Array]:
        return jax.jvp(told, (ones,), (direction[:, None] * ones,))

    values, along = jax.lax.map(one, towards)
    return values[0], along
