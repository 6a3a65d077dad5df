"""Would anybody answer? Credibility of a nuclear and of a conventional answer to each attack."""

from typing import NamedTuple

import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
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
    Rh: Float[Array, "E I N"],
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
    existence = xp.constant(s.nuclear_attack[:, None], V) * p["eta"]
    survives = once(1.0 - p["z"] * mix(s.onto, V))[:, None]
    gap = mix(s.onto_defender, xp.exp(-p["s4"] * ramp(-log_FT)))[:, None]
    limited = xp.constant((np.arange(len(ATTACK_TYPES)) == LIMITED)[:, None], V)
    q = p["q"] * (1.0 - limited * (1.0 - gap)) * (1.0 - existence)
    on_self = (existence + _answering(Rh, s.self_role) * q) * survives
    on_ally = (existence + _answering(Rh, s.ally_role) * q * p["q_ally"]) * survives
    kinds = int(s.nuclear_attack.sum())
    alone = p["eta"] * survives[:, :1] * xp.constant(np.ones((kinds, 1)), V)
    n, without = _any_nuclear(s, on_self, on_ally, A), _any_nuclear(s, alone, alone, A)
    return Credibility(
        nuclear=n,
        without=xp.concatenate([without, xp.zeros_like(n[:, kinds:])], axis=1),
        conventional=_any_helper(s, p["omega"][:, None] * sub.punish, xp.ones_like(p["projection"]), A),
        denial=_any_helper(s, sub.deny, p["projection"], A),
    )


def _answering(Rh: Float[Array, "E I N"], roles: tuple[int, ...]) -> Float[Array, "E K N"]:
    return xp.stack([Rh[:, role] for role in roles], axis=1)


def _any_nuclear(
    s: Structure, on_self: Float[Array, "E k N"], on_ally: Float[Array, "E k N"], A: Float[Array, "G N"]
) -> Float[Array, "R k N"]:
    helped = mix(s.of_umbrella_guarantee, A)[:, None] * mix(s.of_umbrella_view, on_ally)
    return once(1.0 - (1.0 - mix(s.onto.T, on_self)) * (1.0 - any_of(s.umbrella, helped)))


def _any_helper(
    s: Structure, own: Float[Array, "A K N"], carried: Float[Array, "A N"], A: Float[Array, "G N"]
) -> Float[Array, "A K N"]:
    helped = A[:, None] * mix(s.of_guarantor, carried[:, None] * own)
    return once(1.0 - (1.0 - own) * (1.0 - any_of(s.protected, helped)))
