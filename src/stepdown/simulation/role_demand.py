"""How much of each role a state would want, were nobody to restrain it."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import tilt
from stepdown.simulation.state import Draws


def role_demand(
    p: Draws,
    R0: Float[Array, "B I N"],
    d_tau: Float[Array, "B N"],
    d_V_worst: Float[Array, "B N"],
    d_imbalance: Float[Array, "B N"],
    d_status: Float[Array, "B N"],
    d_norm: Float[Array, " N"],
) -> Float[Array, "B I N"]:
    """D_ik = logistic(logit R0 + s_k [theta_tau d tau + theta_V dV + theta_I dI + theta_St dSt - theta_N
    dN]).

    s_k = 0 for the core roles: they do not move with the weather. d_tau: mean over the actor's theatres.
    Jervis 1978 (security dilemma); claims C64, C74.
    """
    pressure = (
        p["theta_tau"] * d_tau
        + p["theta_V"] * d_V_worst
        + p["theta_I"] * d_imbalance
        + p["theta_St"] * d_status
        - p["theta_N"] * d_norm
    )
    return tilt(R0, p["s_role"] * pressure[:, None])
