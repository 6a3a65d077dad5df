"""How much of a force is ready to be launched on warning."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import tilt
from stepdown.simulation.state import Draws

FAILSAFE_SHARE = 0.5


def prompt_launch_target(
    p: Draws,
    L0: Float[Array, "B N"],
    d_V_worst: Float[Array, "B N"],
    d_tau: Float[Array, "B N"],
    d_damage_limitation: Float[Array, "B N"],
    u_launch: Float[Array, "B N"],
    u_failsafe: Float[Array, "B N"],
) -> Float[Array, "B N"]:
    """L* = logistic(logit L0 + a_LV dV + a_Ltau d tau + k_dl dR_dl)(1 - u^L)(1 - u^fs/2); dL/dt = (L* -
    L)/T_L.

    Failsafe reviews act on the accident hazard in full and here by half. Blair 1993; claim C65.
    """
    pressure = p["a_LV"] * d_V_worst + p["a_Ltau"] * d_tau + p["k_dl"] * d_damage_limitation
    return tilt(L0, pressure) * (1.0 - u_launch) * (1.0 - FAILSAFE_SHARE * u_failsafe)
