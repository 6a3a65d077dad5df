"""Conventional capabilities and their enablers: levers, documented programmes, allies' shares."""

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import mix
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure
from stepdown.vocabulary.ids import CAPABILITIES

STRIKE = CAPABILITIES.index("long_range_strike")
MISSILE_DEFENCE = CAPABILITIES.index("air_missile_defence")


def capability_target(
    s: Structure,
    p: Draws,
    C0: Float[Array, "A asset N"],
    u: Float[Array, "A asset N"],
    log_programmes: Float[Array, "A asset N"],
    limits: Float[Array, "T N"],
) -> Float[Array, "A asset N"]:
    """1 - C* = (1 - C0) prod(1 - u): own levers, recorded programmes and x_share of the guarantors' levers.

    `limits` = u of numerical ceilings x feasibility; long-range strike is cut by the mean over an actor's
    theatres.
    """
    own = jnp.log(1.0 - u)
    left = jnp.exp(own + log_programmes + p["x_share"] * mix(s.shared_mean, own))
    target = 1.0 - (1.0 - C0) * left
    ceiling = 1.0 - mix(s.parties_mean, limits)
    return target.at[:, STRIKE].multiply(ceiling)


def capability_rate(
    p: Draws, target: Float[Array, "A asset N"], C: Float[Array, "A asset N"]
) -> Float[Array, "A asset N"]:
    """dC/dt = (C* - C)/T_c, per year, a time constant for every asset."""
    return (target - C) / jnp.concatenate([p["T_C"], p["T_E"]])
