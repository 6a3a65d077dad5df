"""The norm against nuclear use."""

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import ramp
from stepdown.simulation.state import Draws


def norm_rate(
    p: Draws, N: Float[Array, " N"], N0: Float[Array, " N"], u: Float[Array, " N"], dR: Float[Array, "B N"]
) -> Float[Array, " N"]:
    """dN/dt = (N0 - N)/T_N + n_u u^N (1 - N) - n_R ramp(dR/dt) N, dR/dt the mean rise of first-use roles.

    Tannenwald 2007; Press, Sagan & Valentino 2013 (a weak norm: switch 7).
    """
    erosion = p["n_R"] * jnp.mean(ramp(dR), axis=0)
    return (N0 - N) / p["T_N"] + p["n_u"] * u * (1.0 - N) - erosion * N
