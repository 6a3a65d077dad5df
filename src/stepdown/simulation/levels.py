"""What a state implies at one moment, before any lever: substitutes, power, credibility, challenge, gaps.

Everything downstream uses differences of these from the start, so that nothing moves when nothing changes.
"""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.capability import MISSILE_DEFENCE
from stepdown.simulation.challenge import adequacy, challenge, paradox, superiority
from stepdown.simulation.credibility import credibility
from stepdown.simulation.doctrine import reciprocation
from stepdown.simulation.emboldenment import Power, emboldenment, power
from stepdown.simulation.feasibility import substitution_gap
from stepdown.simulation.forces import rival_missile_defence
from stepdown.simulation.proliferation import assured
from stepdown.simulation.shapes import add, mix, once, ramp, smooth_max
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import Structure
from stepdown.simulation.substitutes import Substitutes, substitutes


class Levels(NamedTuple):
    """Levels and, where the name begins with `d_`, differences to the start."""

    sub: Substitutes
    power: Power
    pi: Float[Array, "R K N"]
    log_pi: Float[Array, "R K N"]
    adequate: Float[Array, "A K N"]
    adequate_without: Float[Array, "A K N"]
    gap: Float[Array, "T N"]
    V_worst: Float[Array, "B N"]
    defence: Float[Array, "B N"]
    """Missile defence of the rivals an armed actor faces."""
    assured: Float[Array, "A N"]
    trust: Float[Array, "R N"]
    secondary: Float[Array, "B N"]
    """Mean secondary role."""
    cut: Float[Array, "B N"]
    """ramp(-d secondary)."""
    reciprocates: Float[Array, "A N"]
    exploits: Float[Array, "A N"]


def levels(
    s: Structure, p: Draws, y: State, start: State, log_FS: Float[Array, "B N"], log_FT: Float[Array, "B N"]
) -> Levels:
    """Levels of state `y`; `start` is the state at t0 (for levels that are defined as differences)."""
    trust = 1.0 / (1.0 + jnp.exp(-y.m))
    sub = once(substitutes(p, y.C, mix(s.parties_mean, y.chi_tr - start.chi_tr)))
    strength = power(s, p, y.C, y.A)
    secondary, secondary0 = mean_secondary(s, y.R), mean_secondary(s, start.R)
    cut = ramp(secondary0 - secondary)
    reciprocates, exploits = reciprocation(s, p, trust, cut)
    cred = credibility(s, p, sub, y.Rh, y.V, y.A, log_FT)
    structural = once(superiority(s, p, log_FS) + paradox(s, p, y.V - start.V))
    tried = challenge(s, p, y, cred, emboldenment(s, p, strength.bloc), exploits, structural)
    return once(
        Levels(
            sub=sub,
            power=strength,
            pi=tried.p,
            log_pi=tried.log_p,
            adequate=adequacy(s, tried.p),
            adequate_without=adequacy(s, tried.p_without),
            gap=substitution_gap(s, p, cred.conventional),
            V_worst=smooth_max(s.defends_armed, y.V),
            defence=rival_missile_defence(s, y.C[:, MISSILE_DEFENCE]),
            assured=assured(s, y.A),
            trust=trust,
            secondary=secondary,
            cut=cut,
            reciprocates=reciprocates,
            exploits=exploits,
        )
    )


def mean_secondary(s: Structure, R: Float[Array, "B I N"]) -> Float[Array, "B N"]:
    """Mean of the secondary roles: what restraint and its answer are measured by."""
    return add(R * jnp.asarray(s.secondary / s.secondary.sum(), R.dtype)[:, None])
