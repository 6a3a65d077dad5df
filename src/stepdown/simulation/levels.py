"""What a state implies at one moment, before any lever: substitutes, power, credibility, challenge, gaps.

Everything downstream uses differences of these from the start, so that nothing moves when nothing changes.
"""

from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.capability import MISSILE_DEFENCE
from stepdown.simulation.challenge import adequacy, challenge, paradox, superiority
from stepdown.simulation.credibility import credibility
from stepdown.simulation.crises import attack_weights
from stepdown.simulation.doctrine import reciprocation
from stepdown.simulation.emboldenment import Power, emboldenment, power
from stepdown.simulation.feasibility import substitution_gap
from stepdown.simulation.forces import rival_missile_defence
from stepdown.simulation.perception import log_unread
from stepdown.simulation.proliferation import assured
from stepdown.simulation.scaling import Scaled, scaled
from stepdown.simulation.shapes import add, mix, once, ramp, sigmoid, smooth_max
from stepdown.simulation.state import Draws, State, Surroundings, initial_state, surroundings
from stepdown.simulation.structure import Structure
from stepdown.simulation.substitutes import Substitutes, substitutes
from stepdown.simulation.vulnerability import of_bloc, threat_weights


class Start(NamedTuple):
    """What follows from the draws alone and never changes in a run."""

    state: State
    scaled: Scaled
    around: Surroundings
    trust: Float[Array, "R N"]
    secondary: Float[Array, "B N"]
    attack_weights: Float[Array, "R K N"]
    needed: Float[Array, "R K N"]
    """Conventional credibility at which a challenger is indifferent."""
    log_unread: Float[Array, "E N"]
    threat_weights: Float[Array, "2A N"]
    threat_total: Float[Array, "R N"]
    first_use: Float[Array, "I N"]
    reliance: Float[Array, "I N"]
    """Weights of the roles, summing to 1 over first-use roles and over all."""


class Levels(NamedTuple):
    """Levels of a state."""

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
    around: Surroundings
    strike: Float[Array, "R N"]
    """Strike of a challenger and its bloc, pledges apart."""
    secondary: Float[Array, "B N"]
    """Mean secondary role."""
    cut: Float[Array, "B N"]
    """ramp(-d secondary)."""
    reciprocates: Float[Array, "A N"]
    exploits: Float[Array, "A N"]


class First(NamedTuple):
    """Levels at the start, as far as differences to them are taken."""

    log_pi: Float[Array, "R K N"]
    imbalance: Float[Array, "B N"]
    V_worst: Float[Array, "B N"]
    defence: Float[Array, "B N"]
    assured: Float[Array, "A N"]
    substitute: Float[Array, "A N"]
    """Mean over attacks."""
    lacking: Float[Array, "A N"]
    """How far adequacy without the nuclear role stays behind what decision makers ask for."""
    strike: Float[Array, "R N"]


def start(s: Structure, p: Draws) -> Start:
    """Initial state, scaled hazards, and constants of a future."""
    y = initial_state(s, p)
    trust = sigmoid(y.m)
    weights = threat_weights(s, p)
    first_use = p["w_role"] * xp.constant(s.first_use[:, None], y.R)
    total = first_use.sum(axis=0)
    return Start(
        state=y,
        scaled=scaled(s, p),
        around=surroundings(s, y),
        trust=trust,
        secondary=mean_secondary(s, y.R),
        attack_weights=attack_weights(s, p),
        needed=p["G"] / (p["G"] + p["d_C"]),
        log_unread=log_unread(s, p, trust),
        threat_weights=weights,
        threat_total=of_bloc(s, weights, xp.ones_like(p["size"])),
        first_use=first_use / xp.where(total > 0, total, xp.ones_like(total)),
        reliance=p["w_role"] / xp.maximum(p["w_role"].sum(axis=0), 1e-9),
    )


def first(s: Structure, p: Draws, now: Levels) -> First:
    """The part of the levels at the start that differences are taken to."""
    return First(
        log_pi=now.log_pi,
        imbalance=mix(s.to_armed, now.power.imbalance),
        V_worst=now.V_worst,
        defence=now.defence,
        assured=now.assured,
        substitute=mean_attack(now.sub.total),
        lacking=ramp(p["a_star"] - mean_attack(now.adequate_without)),
        strike=now.strike,
    )


def levels(
    s: Structure, p: Draws, at: Start, y: State, log_FS: Float[Array, "B N"], log_FT: Float[Array, "B N"]
) -> Levels:
    """Levels of state `y`; `at`: the start (for levels that are defined as differences)."""
    trust = once(sigmoid(y.m))
    around = surroundings(s, y)
    sub = once(substitutes(p, y.C, around.chi_tr - at.around.chi_tr))
    strength = power(s, p, y.C, y.A)
    secondary = mean_secondary(s, y.R)
    cut = once(ramp(at.secondary - secondary))
    reciprocates, exploits = reciprocation(s, p, trust, cut)
    cred = credibility(s, p, sub, y.Rh, y.V, y.A, log_FT)
    structural = once(superiority(s, p, log_FS) + paradox(s, p, y.V - at.state.V))
    tried = challenge(s, p, y, cred, emboldenment(s, p, strength.bloc), exploits, structural)
    return once(
        Levels(
            sub=sub,
            power=strength,
            pi=tried.p,
            log_pi=tried.log_p,
            adequate=adequacy(s, tried.p),
            adequate_without=adequacy(s, tried.p_without),
            gap=substitution_gap(s, at.needed, cred.conventional),
            V_worst=smooth_max(s.defends_armed, y.V),
            defence=rival_missile_defence(s, y.C[:, MISSILE_DEFENCE]),
            assured=assured(s, y.A),
            trust=trust,
            around=around,
            strike=of_bloc(s, at.threat_weights, sub.reach) / at.threat_total,
            secondary=secondary,
            cut=cut,
            reciprocates=reciprocates,
            exploits=exploits,
        )
    )


def mean_secondary(s: Structure, R: Float[Array, "B I N"]) -> Float[Array, "B N"]:
    """Mean of the secondary roles: what restraint and its answer are measured by."""
    return add(R * xp.constant((s.secondary / s.secondary.sum())[:, None], R))


def mean_attack(x: Float[Array, "A K N"]) -> Float[Array, "A N"]:
    """Mean over attack types."""
    return add(x) / x.shape[1]
