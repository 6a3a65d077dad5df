"""How often serious crises come, per theatre."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import add, mix, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


def attack_weights(s: Structure, p: Draws) -> Float[Array, "R K N"]:
    """v_k mask / sum_k v_k mask: how much each attack counts in a relation (rows sum to 1, or 0 if none)."""
    weight = p["v"] * xp.constant(s.mask[..., None], p["v"])
    total = weight.sum(axis=1, keepdims=True)
    return weight / xp.where(total > 0, total, 1.0)


def crisis_log_odds(
    s: Structure,
    p: Draws,
    weights: Float[Array, "R K N"],
    d_tau: Float[Array, "T N"],
    d_log_pi: Float[Array, "R K N"],
) -> Float[Array, "T N"]:
    """b_tau d tau + b_pi sum_r w_r [sum_k v_k mask d ln pi_rk / sum_k v_k mask], sum_r w_r = 1 per theatre.

    The normalisation decides signs: an ally split in two must change nothing.
    """
    pressure = mix(s.crisis_mean, add(weights * d_log_pi))
    return p["b_tau"] * d_tau + p["b_pi"] * pressure


def crisis_rate(
    lmax: Float[Array, " N"], l0: Float[Array, "T N"], log_odds: Float[Array, "T N"]
) -> Float[Array, "T N"]:
    """l = lmax logistic(logit(l0/lmax) + log odds), per year; bounded by lmax. Rate: Hellman 2008."""
    return lmax * tilt(l0 / lmax, log_odds)
