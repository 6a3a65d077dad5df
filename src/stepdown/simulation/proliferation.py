"""Would an unarmed state decide to build weapons of its own?"""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import EXPONENT_LIMIT, any_of, mix, ramp
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


def assured(s: Structure, A: Float[Array, "G N"]) -> Float[Array, "A N"]:
    """1 - prod_g (1 - A_gv) over nuclear guarantees; 0 without one."""
    return any_of(s.protected_nuclear, A)


def proliferation_rate(
    s: Structure,
    p: Draws,
    d_assured: Float[Array, "A N"],
    d_tau: Float[Array, "A N"],
    H: Float[Array, "A N"],
    years: Float[Array, ""],
) -> Float[Array, "A N"]:
    """h_v = h0 exp(-b_A d assured + b_ptau d tau + b_X X), per year; zero for armed actors (H its integral).

    X = ramp(P(a neighbour has decided) - the same at the base rate h0): only acquisitions beyond the base
    rate add to it, so that nothing moves when nothing changes. States without a guarantor react to tension
    and X alone. Singh & Way 2004; Bleek & Lorber 2014; Monteiro & Debs 2014.
    """
    base = xp.constant(s.neighbours.sum(axis=1)[:, None], H) * p["h0"] * years
    beyond = ramp(xp.exp(-base) - xp.exp(-mix(s.neighbours, H)))
    log_ratio = -p["b_A"] * d_assured + p["b_ptau"] * d_tau + p["b_X"] * beyond
    unarmed = 1.0 - xp.constant(s.is_armed, H)[:, None]
    return unarmed * p["h0"] * xp.exp(xp.clip(log_ratio, -EXPONENT_LIMIT, EXPONENT_LIMIT))
