"""Conventional power of blocs, the imbalance a defender feels, and how weakness emboldens."""

from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import add, log_sigmoid, mix, once, smooth_max
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure

POWER_FLOOR = 1e-3
SOFT_MIN = 10.0


class Power(NamedTuple):
    """`bloc`: an actor with its helpers, in units of size; `imbalance`: worst rival, in [-1, 1]."""

    bloc: Float[Array, "A N"]
    imbalance: Float[Array, "A N"]


def power(s: Structure, p: Draws, C: Float[Array, "A asset N"], A: Float[Array, "G N"]) -> Power:
    """K_v = size_v mean(C_v) + sum_g 1/2 A_gv projection_g size_g mean(C_g); I_v = smooth max
    (K_j-K_v)/(K_j+K_v).

    Own weight 1, helpers by half their assurance. Biddle 2004; claim C74 (the imbalance drives demand).
    """
    own = p["size"] * add(C[:, :7]) / 7.0
    helped = 0.5 * A * mix(s.of_guarantor, p["projection"] * own)
    bloc = own + mix(s.protected, helped) + POWER_FLOOR
    rival, self_ = mix(s.of_challenger, bloc), mix(s.of_defender, bloc)
    return Power(bloc, smooth_max(s.defends, (rival - self_) / (rival + self_)))


def emboldenment(s: Structure, p: Draws, bloc: Float[Array, "A N"]) -> Float[Array, "R N"]:
    """w_e = soft min(1, K_v / Kbar)^e, Kbar = (K_v + K_j)/2, written exp(-e .1 log1p((K_v/Kbar)^-10)).

    One-sided: a two-sided ratio would count as deterrence by the strong. e: switch 13.
    """
    defender = mix(s.of_defender, bloc)
    both = defender + mix(s.of_challenger, bloc)
    log_ratio = once(xp.log(2.0 * defender / both))
    return xp.exp(p["e_embolden"] * log_sigmoid(SOFT_MIN * log_ratio) / SOFT_MIN)
