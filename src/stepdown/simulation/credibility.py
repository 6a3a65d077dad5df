"""Would anybody answer? Credibility of a nuclear and of a conventional answer to each attack."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import any_of, mix, once, ramp
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure
from stepdown.simulation.substitutes import Substitutes
from stepdown.vocabulary.ids import ATTACK_TYPES

LIMITED = ATTACK_TYPES.index("nuclear_limited")


class Credibility(NamedTuple):
    """Probabilities that an answer comes, as the challenger sees them."""

    nuclear: Float[Array, "R K N"]
    without: Float[Array, "R K N"]
    """Nuclear answer when no role answers the attack: what existence alone deters."""
    conventional: Float[Array, "A K N"]
    denial: Float[Array, "A K N"]


def credibility(
    s: Structure,
    p: Draws,
    sub: Substitutes,
    Rh: Float[Array, "R I N"],
    V: Float[Array, "R N"],
    A: Float[Array, "G N"],
    log_FT: Float[Array, "B N"],
) -> Credibility:
    """n = 1 - prod_g [1 - s_gv (eta_k + (1 - eta_k) Rh_jgk q_k)(1 - z V_g|j)], g over v and its nuclear
    guarantors.

    s_vv = 1, s_gv = assurance; eta_k = 0 off the nuclear attacks (switch 1); q of an ally's answer x q_ally;
    q_limited x exp(-s4 ramp(-ln FT)), the price of theatre cuts (switch 4); c and denial without V or Rh:
    c = 1 - (1 - omega_v S_vk) prod_g (1 - A_gv omega_g S_gk). Zagare & Kilgour 2000; Fuhrmann & Sechser 2014.
    """
    eta = jnp.asarray(s.nuclear_attack, V.dtype)[:, None] * p["eta"]
    survives = once(1.0 - p["z"] * V)[:, None]
    gap = mix(s.of_armed_defender, jnp.exp(-p["s4"] * ramp(-log_FT)))[:, None]
    limited = jnp.zeros((len(ATTACK_TYPES), 1), V.dtype).at[LIMITED].set(1.0)
    q = p["q"] * (1.0 - limited * (1.0 - gap))
    on_self = (eta + (1.0 - eta) * _answering(Rh, s.self_role) * q) * survives
    on_ally = (eta + (1.0 - eta) * _answering(Rh, s.ally_role) * q * p["q_ally"]) * survives
    return Credibility(
        nuclear=_any_nuclear(s, on_self, on_ally, A),
        without=_any_nuclear(s, eta * survives, eta * survives, A),
        conventional=_any_helper(s, p["omega"][:, None] * sub.punish, jnp.ones_like(p["projection"]), A),
        denial=_any_helper(s, sub.deny, p["projection"], A),
    )


def _answering(Rh: Float[Array, "R I N"], roles: tuple[int, ...]) -> Float[Array, "R K N"]:
    return jnp.stack([Rh[:, role] for role in roles], axis=1)


def _any_nuclear(
    s: Structure, on_self: Float[Array, "R K N"], on_ally: Float[Array, "R K N"], A: Float[Array, "G N"]
) -> Float[Array, "R K N"]:
    own = 1.0 - on_self * jnp.asarray(s.on_armed, A.dtype)[:, None, None]
    helped = mix(s.of_umbrella_guarantee, A)[:, None] * mix(s.of_umbrella_view, on_ally)
    return once(1.0 - own * (1.0 - any_of(s.umbrella, helped)))


def _any_helper(
    s: Structure, own: Float[Array, "A K N"], carried: Float[Array, "A N"], A: Float[Array, "G N"]
) -> Float[Array, "A K N"]:
    helped = A[:, None] * mix(s.of_guarantor, carried[:, None] * own)
    return once(1.0 - (1.0 - own) * (1.0 - any_of(s.protected, helped)))
