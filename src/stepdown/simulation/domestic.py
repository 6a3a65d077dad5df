"""Domestic support for lowering the role of nuclear weapons."""

from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import mix, ramp, tilt
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


class Mood(NamedTuple):
    """What support reacts to, per actor; every entry is zero at the start when nothing is done."""

    leadership: Float[Array, "A N"]
    welcome: Float[Array, "A N"]
    defence_gap: Float[Array, "A N"]
    unassured: Float[Array, "A N"]
    unanswered: Float[Array, "A N"]
    cost: Float[Array, "A N"]
    d_status: Float[Array, "A N"]


def unassured(s: Structure, A: Float[Array, "G N"], A0: Float[Array, "G N"]) -> Float[Array, "A N"]:
    """Mean over an actor's guarantees of ramp(A0 - A)."""
    return mix(s.protected_mean, ramp(A0 - A))


def unanswered(
    s: Structure, d_secondary: Float[Array, "B N"], strongest: Float[Array, "A N"]
) -> Float[Array, "A N"]:
    """4 mean over rivals of ramp(d secondary roles) x the strongest doctrine lever: restraint not
    reciprocated.
    """
    seen = mix(s.of_armed_defender, ramp(d_secondary))
    return 4.0 * mix(s.rivals_mean, seen) * strongest


def support_target(p: Draws, P0: Float[Array, "A N"], mood: Mood) -> Float[Array, "A N"]:
    """P* = logistic(logit P0 + p_L u^lead + p_W W - p_D gap - p_A unassured - p_H unanswered - p_C cost -
    p_St dSt).

    dP/dt = (P* - P)/T_P, per year. Tsebelis 2002; Putnam 1988.
    """
    pressure = (
        p["p_L"] * mood.leadership
        + p["p_W"] * mood.welcome
        - p["p_D"] * mood.defence_gap
        - p["p_A"] * mood.unassured
        - p["p_H"] * mood.unanswered
        - p["p_C"] * mood.cost
        - p["p_St"] * mood.d_status
    )
    return tilt(P0, pressure)
