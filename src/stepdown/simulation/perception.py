"""What a rival believes of a declared role: posture, trust, and bad news that travels faster."""

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import gate, mix, ramp, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure

NEWS_SOFTNESS = 0.02


def posture_implied(
    p: Draws, R0: Float[Array, "B I N"], log_FT: Float[Array, "B N"], d_L: Float[Array, "B N"]
) -> Float[Array, "B I N"]:
    """Rp_ik = logistic(logit R0 + gamma_F d ln FT + gamma_L dL): what forces say. Jervis 1970."""
    return tilt(R0, (p["gamma_F"] * log_FT + p["gamma_L"] * d_L)[:, None])


def perceived_target(
    s: Structure,
    p: Draws,
    R: Float[Array, "B I N"],
    implied: Float[Array, "B I N"],
    trust: Float[Array, "R N"],
    trust0: Float[Array, "R N"],
    dialogue: Float[Array, "B N"],
) -> Float[Array, "R I N"]:
    """Rh* = 1 - (1-R)(1-o)^{(1-mu)(1-u^g)/(1-mu0)} (1 - beta (1-mu) ramp(Rp - R)).

    o is the recorded markup, so that t0 is the recorded perception and trust and dialogue can close the gap
    (an additive offset cannot). Rh* >= R always. Words without posture are not believed (C35). Jervis 1976.
    """
    distance = (1.0 - trust) * (1.0 - mix(s.of_armed_defender, dialogue)) / (1.0 - trust0)
    read_in = jnp.exp(distance * jnp.log(1.0 - p["perception_markup"]))
    doubt = 1.0 - (p["beta"] * (1.0 - trust))[:, None] * mix(s.of_armed_defender, ramp(implied - R))
    seen = 1.0 - (1.0 - mix(s.of_armed_defender, R)) * read_in[:, None] * doubt
    return seen * jnp.asarray(s.on_armed, seen.dtype)[:, None, None]


def perceived_rate(
    s: Structure,
    p: Draws,
    target: Float[Array, "R I N"],
    Rh: Float[Array, "R I N"],
    d_chi: Float[Array, "T N"],
) -> Float[Array, "R I N"]:
    """dRh/dt = kappa (1 + d chi)(Rh* - Rh), kappa = k- + (k+ - k-) logistic((Rh* - Rh)/.02), per year."""
    news = target - Rh
    kappa = p["kappa_minus"] + (p["kappa_plus"] - p["kappa_minus"]) * gate(news, 0.0, NEWS_SOFTNESS)
    return kappa * mix(s.of_theatre, 1.0 + d_chi)[:, None] * news
