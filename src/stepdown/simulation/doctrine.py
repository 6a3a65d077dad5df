"""From levers to declared roles: gates, rivals' answers, and how far a regime clings to its weapons."""

import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import add, gate, mix, once, ramp
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure
from stepdown.vocabulary.ids import ATTACK_TYPES, ROLES

COERCION = ROLES.index("coercion")
REGIME = ROLES.index("regime_survival")
_K = {k: i for i, k in enumerate(ATTACK_TYPES)}


def adequacy_by_role(s: Structure, a: Float[Array, "A K N"]) -> Float[Array, "B I N"]:
    """Adequacy of what each role answers: nuclear types for the core, the mean of chemical and biological for
    respond_cbw, the mean over protégés for the roles for allies; 1 where a role answers no attack or nobody.
    """
    own, kept = mix(s.to_armed, a), mix(s.of_protege, a)
    nuclear = (own[:, _K["nuclear_large"]] + own[:, _K["nuclear_limited"]]) / 2
    cbw = (own[:, _K["chemical_limited"]] + own[:, _K["biological"]]) / 2
    kept_nuclear = (kept[:, _K["nuclear_large"]] + kept[:, _K["nuclear_limited"]]) / 2
    kept_other = add(kept[:, 2:]) / 4.0
    nobody = xp.constant(1.0 - s.proteges_mean.sum(axis=1)[:, None, None], a)
    for_allies = nobody + mix(s.proteges_mean, xp.stack([kept_nuclear, kept_other], axis=1))
    one = xp.ones_like(nuclear)
    return xp.stack(
        [nuclear, for_allies[:, 0], cbw, own[:, _K["conventional_large"]]]
        + [for_allies[:, 1], own[:, _K["cyber_infrastructure"]]]
        + [one] * 4,
        axis=1,
    )


def doctrine_gate(
    p: Draws, P: Float[Array, "B N"], adequate: Float[Array, "B I N"], a_star: Float[Array, "B N"]
) -> Float[Array, "B I N"]:
    """Gate = logistic((P - P_min)/eps_P) logistic((a_without - a*)/eps), eps >= .03 (below, the gate can
    cycle).

    Substitutes open the gate, they do not decide (C01, C29, C73). Tsebelis 2002; Putnam 1988.
    """
    return once(gate(P, p["P_min"], p["eps_P"]))[:, None] * gate(adequate, a_star[:, None], p["eps_gate"])


def reciprocation(
    s: Structure, p: Draws, trust: Float[Array, "R N"], cut: Float[Array, "B N"]
) -> tuple[Float[Array, "A N"], Float[Array, "A N"]]:
    """Switch 9: what rivals' restraint does to an actor, as (reciprocates, exploits), both in [0, 1).

    `cut` = ramp(-d mean secondary role) per armed actor. Reciprocation = s9+ mean over rivals of trust x cut;
    exploitation = s9- mean of (1 - trust) x cut. Osgood 1962; Kydd 2005.
    """
    seen = mix(s.of_armed_defender, cut)
    both = mix(s.rivals_mean, xp.stack([trust * seen, (1.0 - trust) * seen], axis=1))
    return xp.maximum(p["s9_scale"], 0.0) * both[:, 0], xp.maximum(-p["s9_scale"], 0.0) * both[:, 1]


def role_target(
    s: Structure,
    D: Float[Array, "B I N"],
    u: Float[Array, "B I N"],
    opening: Float[Array, "B I N"],
    reciprocates: Float[Array, "B N"],
    exploits: Float[Array, "B N"],
    R: Float[Array, "B I N"],
    imbalance: Float[Array, "B N"],
) -> Float[Array, "B I N"]:
    """R* = D (1 - u' Gate (1 - cling)), u' = 1 - (1-u)(1-reciprocates) off the core.

    cling = R_regime ramp(imbalance): under threat to the regime the levers do not reach its first-use and
    core roles. A rival that exploits raises its role of coercion: R* = 1 - (1-R*)(1-exploits).
    """
    off_core = xp.constant(1.0 - s.core, D)[:, None]
    held = once(xp.clip(R[:, REGIME] * ramp(imbalance), 0.0, 1.0))
    clings = xp.constant(s.core + s.first_use, D)[:, None] * held[:, None]
    lever = 1.0 - (1.0 - u) * (1.0 - reciprocates[:, None] * off_core)
    target = D * (1.0 - lever * opening * (1.0 - clings))
    coercion = xp.constant(np.arange(len(ROLES))[:, None] == COERCION, D)
    return 1.0 - (1.0 - target) * (1.0 - coercion * exploits[:, None])


def belief_target(s: Structure, p: Draws, review: Float[Array, "A N"]) -> Float[Array, "B N"]:
    """belief* = belief0 (1 - u_own)(1 - w mean_rivals u): a utility review (M14) lowers it.

    Sechser & Fuhrmann 2013.
    """
    learned = p["w_review"] * mix(s.to_armed @ s.principal_rivals_mean, review)
    return p["belief0"] * (1.0 - mix(s.to_armed, review)) * (1.0 - learned)
