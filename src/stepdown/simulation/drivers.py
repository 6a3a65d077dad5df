"""The baseline is not static: arsenals grow, tension drifts, programmes are fielded. Frozen: all of it at
zero.
"""

from functools import partial
from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.measures import Package
from stepdown.simulation.shapes import once, rows
from stepdown.simulation.slots import product
from stepdown.simulation.state import Draws


class Drivers(NamedTuple):
    """Paths that no package changes, at one time; all zero when frozen and at the start."""

    log_S: Float[Array, "B N"]
    log_T: Float[Array, "B N"]
    tension: Float[Array, "T N"]
    """Shift of the log odds of tension."""
    undone: Float[Array, "A asset N"]
    """prod(1 - u) of documented programmes."""


def drivers(
    p: Draws,
    package: Package,
    programmes: Float[Array, "Q n"],
    years: Float[Array, ""],
    documented: Float[Array, ""],
) -> Drivers:
    """x(t) = trend T (1 - exp(-t/T)), T = T_trend: growth at the recorded rate that runs out (a few times
    t0).

    `programmes`: 1 - exp(-(t - fielded)/ramp), the share reached of their strength x programme_scale.
    `documented` is 1 or 0.
    """
    elapsed = once(documented * p["T_trend"] * (1.0 - xp.exp(-years / p["T_trend"])))
    built = xp.clip(documented * p["programme_scale"] * package.programme_strength * programmes, 0.0, 0.98)
    left = 1.0 - built
    return Drivers(
        log_S=p["trend_S"] * elapsed,
        log_T=p["trend_T"] * elapsed,
        tension=p["tau_trend"] * elapsed,
        undone=product(package.programme_slots, partial(rows, left)).reshape(
            len(p["C0"]), -1, left.shape[-1]
        ),
    )
