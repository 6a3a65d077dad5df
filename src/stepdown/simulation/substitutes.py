"""What non-nuclear forces can do: punish, deny, and reach a rival's nuclear forces."""

from functools import reduce
from operator import mul
from typing import NamedTuple

import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.contracts.world import DEFENSIVE_CAPABILITIES, OFFENSIVE_CAPABILITIES
from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import add, scale_threshold
from stepdown.simulation.state import Draws
from stepdown.vocabulary.ids import CAPABILITIES

ENABLER_FLOOR = 0.02
OFFENSIVE = np.array([CAPABILITIES.index(c) for c in OFFENSIVE_CAPABILITIES])
DEFENSIVE = np.array([CAPABILITIES.index(c) for c in DEFENSIVE_CAPABILITIES])


class Substitutes(NamedTuple):
    """Shares in [0, 1]."""

    punish: Float[Array, "A K N"]
    deny: Float[Array, "A K N"]
    reach: Float[Array, "A N"]
    """Conventional reach to nuclear forces and their C2 (entanglement)."""

    @property
    def total(self) -> Float[Array, "A K N"]:
        """1 - (1 - punish)(1 - deny): how far the nuclear answer is replaced."""
        return 1.0 - (1.0 - self.punish) * (1.0 - self.deny)


def substitutes(p: Draws, C: Float[Array, "A asset N"], d_transparency: Float[Array, "A N"]) -> Substitutes:
    """S = H(1 - prod_c (1 - M_ck C_ic); s*) prod_e C_e^w_e, over offensive c (punish) and defensive c (deny).

    H is a smooth scale threshold, the product over enablers their complementarity (C_e >= .02). Transparency
    exposes: x (1 - x_T d_transparency), switch 12. Reach uses M_force in place of M and no threshold.
    Complementarity is the paper's (C42); Coe & Vaynman 2020 (transparency); Acton 2018 (entanglement).
    """
    capability, enabler = C[:, :7], xp.maximum(C[:, 7:], ENABLER_FLOOR)
    enabled = xp.exp(add(p["w_enabler"] * xp.log(enabler)))
    exposed = xp.clip(1.0 - p["x_T"] * d_transparency, 0.0, 1.0)
    useful = (enabled * exposed)[:, None]
    force = reduce(mul, [1.0 - p["M_force"][c] * capability[:, c] for c in range(7)])
    return Substitutes(
        punish=scale_threshold(_combined(p["M"], capability, OFFENSIVE), p["s_star"]) * useful,
        deny=scale_threshold(_combined(p["M"], capability, DEFENSIVE), p["s_star"]) * useful,
        reach=(1.0 - force) * enabled,
    )


def _combined(
    M: Float[Array, "capability K N"], C: Float[Array, "A capability N"], which: np.ndarray
) -> Float[Array, "A K N"]:
    left = [1.0 - M[c] * C[:, c, None] for c in which]
    return 1.0 - reduce(mul, left)
