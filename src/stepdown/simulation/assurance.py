"""Does a protégé believe its guarantor?"""

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import mix, ramp, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure
from stepdown.vocabulary.ids import ROLES

FOR_ALLIES = (ROLES.index("deter_nuclear_allies"), ROLES.index("extended_vs_nonnuclear_allies"))


def assurance_rate(
    s: Structure,
    p: Draws,
    A: Float[Array, "G N"],
    A0: Float[Array, "G N"],
    d_R: Float[Array, "B I N"],
    d_substitute: Float[Array, "A N"],
    log_FT: Float[Array, "B N"],
    u: Float[Array, "A N"],
    d_tau: Float[Array, "A N"],
) -> Float[Array, "G N"]:
    """A* = logistic(logit A0 + a_R dR_g,ally + a_S dS_g + a_O dS_v + a_T d ln FT + a_uA u^A - a_tauA ramp(d
    tau_v)).

    dA/dt = (A* - A)/T_A, per year. R: mean of the guarantor's two roles for allies; FT counts where weapons
    are hosted (switch 6); both only under a nuclear guarantee. Fuhrmann & Sechser 2014; Narang & Mehta 2019.
    """
    nuclear = jnp.asarray(s.nuclear, A.dtype)[:, None]
    hosts = jnp.asarray(s.hosts, A.dtype)[:, None]
    role = (d_R[:, FOR_ALLIES[0]] + d_R[:, FOR_ALLIES[1]]) / 2
    belief = (
        p["a_R"] * mix(s.of_armed_guarantor, role) * nuclear
        + p["a_S"] * mix(s.of_guarantor, d_substitute)
        + p["a_O"] * mix(s.of_protege, d_substitute)
        + p["a_T"] * mix(s.of_armed_guarantor, log_FT) * hosts
        + p["a_uA"] * mix(s.of_guarantor, u)
        - p["a_tauA"] * mix(s.of_protege, ramp(d_tau))
    )
    return (tilt(A0, belief) - A) / p["T_A"]
