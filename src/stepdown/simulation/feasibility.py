"""When can a regime be negotiated? Not at high tension; ceilings not before saturation."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import SHARPNESS, add, gate, mix, ramp
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


def substitution_gap(
    s: Structure, needed: Float[Array, "R K N"], conventional: Float[Array, "A K N"]
) -> Float[Array, "T N"]:
    """sg = soft maximum over relations and attacks of ramp(c* - c), c* = G/(G + d_C), per theatre.

    Log-mean-exp (20): between the mean and the worst, unchanged when a party is split in two. c* (`needed`)
    is the point of indifference of the challenge (check 11): below it one's own conventional answer does
    not yet deter.
    """
    gap = ramp(needed - mix(s.of_defender, conventional))
    possible = xp.constant(s.mask[..., None], gap)
    total = mix(s.crisis_mean > 0, add(xp.exp(SHARPNESS * gap) * possible))
    count = (s.crisis_mean > 0) @ s.mask.sum(axis=1)
    return xp.log(total / xp.constant(count[:, None], gap)) / SHARPNESS


def calm_enough(p: Draws, tau: Float[Array, "theatre N"]) -> Float[Array, "theatre N"]:
    """logistic((tau_bar - tau)/eps): no regime is negotiated at high tension."""
    return gate(p["tau_bar"], tau, p["eps_feas"])


def saturated(p: Draws, gap: Float[Array, "theatre N"]) -> Float[Array, "theatre N"]:
    """logistic((sg_bar - sg)/eps): no ceilings before both sides have what they need (C60)."""
    return gate(p["sg_bar"], gap, p["eps_feas"])
