"""How far every measure and programme has come: at a moment, over a step, and as a step feels it."""

from collections.abc import Callable
from typing import NamedTuple

import jax
from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.measures import SPENDING_TIME, Package, RowSlots
from stepdown.simulation.shapes import once, rows

_Reached = Callable[[Array, Array | float], Array]


class Timing(NamedTuple):
    """Share of full strength reached, in [0, 1]; trailing axis 1 or N."""

    actor: Float[Array, "row n"]
    theatre: Float[Array, "row n"]
    world: Float[Array, "row n"]
    spending: Float[Array, "M n"]
    programmes: Float[Array, "Q n"]


def moment(package: Package, years: Float[Array, ""]) -> Timing:
    """1 - exp(-max(t - begin, 0)/ramp) at time `years`."""

    def reached(begin: Array, ramp: Array | float) -> Array:
        return 1.0 - xp.exp(-xp.maximum(years - begin, 0.0) / ramp)

    return _timing(package, reached)


def step(package: Package, years: Float[Array, ""], dt: float) -> Timing:
    """Its exact mean over the step of `dt` years from `years`: a measure may start inside a step."""

    def reached(begin: Array, ramp: Array | float) -> Array:
        before, after = xp.maximum(years - begin, 0.0), xp.maximum(years + dt - begin, 0.0)
        lag = ramp * (xp.exp(-before / ramp) - xp.exp(-after / ramp))
        return xp.clip((after - before - lag) / dt, 0.0, 1.0)

    return _timing(package, reached)


def felt(mean: Timing, before: Timing) -> Timing:
    """(2 mean + before)/3: what the integrator, which adds half of the last change, makes into the mean."""
    blended: Timing = jax.tree.map(lambda x, y: (2.0 * x + y) / 3.0, mean, before)
    return once(blended)


def _timing(package: Package, reached: _Reached) -> Timing:
    def of(r: RowSlots) -> Array:
        return reached(rows(package.start, r.number) + r.delay, r.ramp)

    return Timing(
        actor=of(package.actor_rows),
        theatre=of(package.theatre_rows),
        world=of(package.global_rows),
        spending=reached(package.start, SPENDING_TIME),
        programmes=reached(package.programme_fielded, package.programme_ramp),
    )
