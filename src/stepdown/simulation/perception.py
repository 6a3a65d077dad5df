"""What a rival believes of a declared role: posture, trust, and bad news that travels faster."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import gate, mix, once, ramp, tilt
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
    log_unread: Float[Array, "E N"],
    dialogue: Float[Array, "B N"],
) -> Float[Array, "E I N"]:
    """Rh* = 1 - (1-R)(1-o)^{(1-mu)(1-u^g)/(1-mu0)} (1 - beta (1-mu) ramp(Rp - R)).

    o is the recorded markup, so that t0 is the recorded perception and trust and dialogue can close the gap
    (an additive offset cannot); `log_unread` = ln(1-o)/(1-mu0). Rh* >= R always. Words without posture are
    not believed (C35). Jervis 1976.
    """
    distrust = 1.0 - mix(s.onto, trust)
    read_in = once(xp.exp(distrust * (1.0 - mix(s.onto_defender, dialogue)) * log_unread))[:, None]
    doubted = p["beta"] * distrust
    said = mix(s.onto_defender, xp.concatenate([1.0 - R, ramp(implied - R)], axis=1))
    roles = R.shape[1]
    return 1.0 - said[:, :roles] * read_in * (1.0 - doubted[:, None] * said[:, roles:])


def log_unread(s: Structure, p: Draws, trust0: Float[Array, "R N"]) -> Float[Array, "E N"]:
    """ln(1 - recorded markup)/(1 - trust at the start)."""
    return xp.log(1.0 - mix(s.onto, p["perception_markup"])) / (1.0 - mix(s.onto, trust0))


def perceived_speed(
    s: Structure,
    p: Draws,
    target: Float[Array, "E I N"],
    Rh: Float[Array, "E I N"],
    d_chi: Float[Array, "T N"],
) -> Float[Array, "E I N"]:
    """kappa (1 + d chi), kappa = k- + (k+ - k-) logistic((Rh* - Rh)/.02), per year.

    dRh/dt = speed (Rh* - Rh).
    """
    kappa = p["kappa_minus"] + (p["kappa_plus"] - p["kappa_minus"]) * gate(target - Rh, 0.0, NEWS_SOFTNESS)
    return kappa * mix(s.onto @ s.of_theatre, 1.0 + d_chi)[:, None]
