"""The norm against nuclear use."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import mean, ramp
from stepdown.simulation.state import Draws


def norm_goal(
    p: Draws, N0: Float[Array, " N"], u: Float[Array, " N"], dR: Float[Array, "B N"]
) -> tuple[Float[Array, " N"], Float[Array, " N"]]:
    """dN/dt = (N0 - N)/T_N + n_u u^N (1 - N) - n_R ramp(dR/dt) N, dR/dt the mean rise of first-use roles;
    as (target, speed): dN/dt = speed (target - N).

    Tannenwald 2007; Press, Sagan & Valentino 2013 (a weak norm: switch 7).
    """
    erosion = p["n_R"] * mean(ramp(dR))
    pull = N0 / p["T_N"] + p["n_u"] * u
    speed = 1.0 / p["T_N"] + p["n_u"] * u + erosion
    return pull / speed, speed
