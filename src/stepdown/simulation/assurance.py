"""Does a protégé believe its guarantor?"""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import mix, ramp, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure
from stepdown.vocabulary.ids import ROLES

FOR_ALLIES = (ROLES.index("deter_nuclear_allies"), ROLES.index("extended_vs_nonnuclear_allies"))


def assurance_target(
    s: Structure,
    p: Draws,
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
    nuclear = xp.constant(s.nuclear, A0)[:, None]
    hosts = xp.constant(s.hosts, A0)[:, None]
    role = (d_R[:, FOR_ALLIES[0]] + d_R[:, FOR_ALLIES[1]]) / 2
    armed = mix(s.of_armed_guarantor, xp.stack([role, log_FT], axis=1))
    guarantor = mix(s.of_guarantor, xp.stack([d_substitute, u], axis=1))
    protege = mix(s.of_protege, xp.stack([d_substitute, ramp(d_tau)], axis=1))
    belief = (
        p["a_R"] * armed[:, 0] * nuclear
        + p["a_S"] * guarantor[:, 0]
        + p["a_O"] * protege[:, 0]
        + p["a_T"] * armed[:, 1] * hosts
        + p["a_uA"] * guarantor[:, 1]
        - p["a_tauA"] * protege[:, 1]
    )
    return tilt(A0, belief)
