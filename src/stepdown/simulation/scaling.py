"""Hazards at the start, scaled so that cause and theatre totals equal the prior exactly."""

from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import mix
from stepdown.simulation.state import LAUNCH_FLOOR, Draws
from stepdown.simulation.structure import Structure

H0_MAX = 0.05
P_MAX = 0.5


class Scaled(NamedTuple):
    """Start values of the hazards."""

    l0: Float[Array, "T N"]
    """Crisis rate, raised where the prior would need more than one use in two crises."""
    p_deliberate: Float[Array, "R N"]
    p_inadvertent: Float[Array, "R N"]
    """Probability of first use by the challenger in a crisis; sums to the prior over a theatre."""
    false_alarm: Float[Array, "T B N"]
    accident: Float[Array, "T B N"]
    """Hazard per year by theatre and actor."""


def scaled(s: Structure, p: Draws) -> Scaled:
    """p_D = H0 share_theatre share_D / l0 over normalised first-user weights; the others likewise.

    False alarms are shared among the armed parties of a theatre by prompt launch, accidents by the square
    root of warheads. H0 is truncated at .05 a year; l0 is raised where p_D or p_I would exceed .5.
    """
    share = p["share_theatre"] / p["share_theatre"].sum(axis=0)
    cause = p["share_cause"] / p["share_cause"].sum(axis=0)
    total = xp.minimum(p["H0"], H0_MAX) * share
    deliberate, inadvertent, false_alarm, accident = (total * c for c in cause)
    needed = xp.maximum(deliberate, inadvertent) / P_MAX
    l0 = xp.minimum(xp.maximum(p["l0"], needed), 0.9 * p["lmax"])
    weight = _first_user_weights(s, p)
    return Scaled(
        l0=l0,
        p_deliberate=weight * mix(s.of_theatre, deliberate / l0),
        p_inadvertent=weight * mix(s.of_theatre, inadvertent / l0),
        false_alarm=false_alarm[:, None] * _shares(s, xp.maximum(p["L0"], LAUNCH_FLOOR)),
        accident=accident[:, None] * _shares(s, xp.sqrt(p["warheads"])),
    )


def _first_user_weights(s: Structure, p: Draws) -> Float[Array, "R N"]:
    # The floor keeps a theatre alive when every weight is drawn as zero.
    weight = (p["share_first_user"] + 1e-9) * xp.constant(s.by_armed[:, None], p["H0"])
    return weight / mix(s.of_theatre, mix(s.first_user, weight))


def _shares(s: Structure, weight: Float[Array, "B N"]) -> Float[Array, "T B N"]:
    present = xp.constant(s.armed_parties, weight)[..., None] * weight
    return present / present.sum(axis=1, keepdims=True)
