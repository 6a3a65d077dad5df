"""Conventional capabilities and their enablers: levers, documented programmes, allies' shares."""

import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
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
    kept: Float[Array, "A asset N"],
    undone: Float[Array, "A asset N"],
    limits: Float[Array, "T N"],
) -> Float[Array, "A asset N"]:
    """1 - C* = (1 - C0) prod(1 - u): own levers, recorded programmes and x_share of the guarantors' levers.

    `kept` = 1 - u of own levers, `undone` = prod(1 - u) of documented programmes. `limits` = u of numerical
    ceilings x feasibility; long-range strike is cut by the mean over an actor's theatres.
    """
    given = xp.log(mix(s.guarantors, kept))
    shared = xp.exp(p["x_share"] * mix(s.shared_mean, given))
    target = 1.0 - (1.0 - C0) * kept * undone * shared
    strike = xp.constant(np.arange(C0.shape[1])[:, None] == STRIKE, C0)
    return target * (1.0 - strike * mix(s.parties_mean, limits)[:, None])


def capability_speed(p: Draws) -> Float[Array, "asset N"]:
    """1/T_c, per year, for every asset: dC/dt = (C* - C)/T_c."""
    return 1.0 / xp.concatenate([p["T_C"], p["T_E"]])
