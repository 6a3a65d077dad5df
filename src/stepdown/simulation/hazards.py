"""First use by four causes, per year. Start values come from `scaling`; the rest is a change of odds."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import mix, ramp, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


def deliberate(
    s: Structure,
    p: Draws,
    p_start: Float[Array, "R N"],
    crisis: Float[Array, "T N"],
    d_first_use: Float[Array, "B N"],
    d_log_pi_limited: Float[Array, "R N"],
    d_norm: Float[Array, " N"],
) -> Float[Array, "T N"]:
    """h_D = l logistic(logit p_D + b_R d rho_x + b_q d ln pi(x->y, nuclear_limited) - b_N d N), summed over
    x->y.

    rho_x: weight of the first-use roles the first user holds; the second term is the 2022 warning (C48, C49).
    Press, Sagan & Valentino 2013 (norm).
    """
    change = (
        p["b_R"] * mix(s.of_armed_challenger, d_first_use) + p["b_q"] * d_log_pi_limited - p["b_N"] * d_norm
    )
    return crisis * mix(s.first_user, tilt(p_start, change))


def inadvertent(
    s: Structure,
    p: Draws,
    p_start: Float[Array, "R N"],
    crisis: Float[Array, "T N"],
    d_V: Float[Array, "R N"],
    d_L: Float[Array, "B N"],
    d_fear: Float[Array, "E N"],
    d_chi: Float[Array, "T N"],
    log_FS: Float[Array, "B N"],
) -> Float[Array, "T N"]:
    """h_I = l logistic(logit r0 + b_V dV_x|y + b_L dL_x + b_g dRh_xy - b_chi d chi), summed over x->y.

    V_x|y: vulnerability of the first user x to y. Rh_xy: x's fear of y, the perceived first-use role and not
    the gap, so that a doctrine cut alone never raises it. Switch 14: dV + k_deep ramp(1 - FS_x / f_deep),
    forces below a floor are felt as vulnerability. Schelling 1960; Powell 1990; Acton 2018; Intriligator &
    Brito 1984.
    """
    few = p["k_deep"] * ramp(1.0 - xp.exp(log_FS) / p["f_deep"])
    change = (
        p["b_V"] * mix(s.of_reverse, d_V)
        + mix(s.of_armed_challenger, p["b_V"] * few + p["b_L"] * d_L)
        + p["b_g"] * mix(s.onto.T, d_fear)
        - mix(s.of_theatre, p["b_chi"] * d_chi)
    )
    return crisis * mix(s.first_user, tilt(p_start, change))


def false_alarm(
    s: Structure, p: Draws, crisis: Float[Array, "T N"], L: Float[Array, "B N"], chi: Float[Array, "T N"]
) -> Float[Array, "B N"]:
    """h_F up to a constant: L [(1-f) p0 + f p1] (1 - psi chi), f = 1 - exp(-sum l T_cr).

    Per actor, once, however many rivals it has. Barrett, Baum & Hostetler 2013.
    """
    in_crisis = 1.0 - xp.exp(-mix(s.armed_parties.T, crisis) * p["T_cr"])
    alarm = p["p0_false"] + in_crisis * (p["p1_false"] - p["p0_false"])
    return L * alarm * (1.0 - p["psi"] * mix(s.to_armed @ s.parties_mean, chi))


def false_alarm_ratio(
    s: Structure,
    p: Draws,
    crisis: Float[Array, "T N"],
    crisis0: Float[Array, "T N"],
    L: Float[Array, "B N"],
    L0: Float[Array, "B N"],
    chi: Float[Array, "T N"],
    chi0: Float[Array, "T N"],
) -> Float[Array, "B N"]:
    """h_F / h_F(t0)."""
    return false_alarm(s, p, crisis, L, chi) / false_alarm(s, p, crisis0, L0, chi0)


def accident_ratio(
    p: Draws,
    held: Float[Array, "B N"],
    L: Float[Array, "B N"],
    L0: Float[Array, "B N"],
    u_failsafe: Float[Array, "B N"],
) -> Float[Array, "B N"]:
    """h_A / h_A(t0) = (weapons held / t0)(1 + a_L L)/(1 + a_L L0)(1 - u^fs), per actor. Sagan 1993."""
    return held * (1.0 + p["a_L"] * L) / (1.0 + p["a_L"] * L0) * (1.0 - u_failsafe)
