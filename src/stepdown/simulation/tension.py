"""Political tension in a theatre."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import mix, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


def tension_target(
    s: Structure,
    p: Draws,
    tau0: Float[Array, "T N"],
    trend: Float[Array, "T N"],
    crisis_log_ratio: Float[Array, "T N"],
    log_forces: Float[Array, "B N"],
    detente: Float[Array, "T N"],
    restraint_seen: Float[Array, "R N"],
) -> Float[Array, "T N"]:
    """tau* = logistic(logit tau0 + trend + a_l ln(l/l0) + a_F d ln F - a_u u^P - a_Y Y); d tau/dt =
    (tau*-tau)/T_tau.

    F: mean over the theatre's armed principals, Y: mean over its relations (means, for a sum would depend on
    how many parties are listed). The loop through l stays below 1 for a_l b_tau < 4. Richardson 1960; Osgood
    1962.
    """
    pressure = (
        trend
        + p["a_l"] * crisis_log_ratio
        + p["a_F"] * mix(s.armed_principals_mean, log_forces)
        - p["a_u"] * detente
        - p["a_Y"] * mix(s.crisis_mean, restraint_seen)
    )
    return tilt(tau0, pressure)
