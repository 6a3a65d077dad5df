"""Attachment to nuclear status, and the welcome that lower salience earns."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import tilt
from stepdown.simulation.state import Draws


def welcome(u: Float[Array, " N"], cut: Float[Array, "B N"]) -> Float[Array, "B N"]:
    """W = u^W (1 - exp(-6 cut)), cut = ramp(-d mean secondary role): no welcome without a deed (C20,
    C31-C33).
    """
    return u * (1.0 - xp.exp(-6.0 * cut))


def status_target(
    p: Draws,
    St0: Float[Array, "B N"],
    u: Float[Array, "B N"],
    W: Float[Array, "B N"],
    d_prestige: Float[Array, "B N"],
) -> Float[Array, "B N"]:
    """St* = logistic(logit St0 + x_St dR_prestige)(1 - u^St)(1 - s_w W); dSt/dt = (St* - St)/T_St. Sagan
    1996.
    """
    return tilt(St0, p["x_St"] * d_prestige) * (1.0 - u) * (1.0 - p["s_w"] * W)
