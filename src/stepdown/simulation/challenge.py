"""Would a rival try? Probability that a challenger makes each attack it can make."""

from typing import NamedTuple

import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.credibility import Credibility
from stepdown.simulation.shapes import mix, once, sigmoid
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import Structure
from stepdown.vocabulary.ids import ROLES

COERCION = ROLES.index("coercion")


class Challenge(NamedTuple):
    """`p`: probability of an attack if the occasion arises, `log_p` its logarithm; `p_without`: with no
    nuclear role answering.
    """

    p: Float[Array, "R K N"]
    log_p: Float[Array, "R K N"]
    p_without: Float[Array, "R K N"]


def expected_gain(
    n: Float[Array, "R K N"],
    c: Float[Array, "R K N"],
    den: Float[Array, "R K N"],
    G: Float[Array, "R K N"],
    d_N: Float[Array, " N"],
    cost_C: Float[Array, "R 1 N"],
) -> Float[Array, "R K N"]:
    """dU = (1-n)(1-c) G (1-den) - n d_N - (1-n) c d_C w_e, relative to the status quo. Signorino 1999."""
    return (1.0 - n) * ((1.0 - c) * G * (1.0 - den) - c * cost_C) - n * d_N


def challenge(
    s: Structure,
    p: Draws,
    y: State,
    cred: Credibility,
    w_e: Float[Array, "R N"],
    exploit: Float[Array, "A N"],
    structural: Float[Array, "R K N"],
) -> Challenge:
    """pi = logistic(lambda dU) on the attacks the challenger can make.

    G x (1 + gamma_c R_coercion belief)(1 + exploit): belief in nuclear coercion and, for a rival that
    exploits (switch 9), the restraint of others; `structural` adds switches 2 and 3. Zagare & Kilgour 2000.
    """
    coercion = mix(s.of_armed_challenger, y.R[:, COERCION] * y.belief)
    raised = once((1.0 + p["gamma_c"] * coercion) * (1.0 + mix(s.of_challenger, exploit)))
    G = p["G"] * raised[:, None]
    answer = mix(s.of_defender, xp.concatenate([cred.conventional, cred.denial], axis=1))
    c, den = answer[:, : G.shape[1]], answer[:, G.shape[1] :]
    cost_C = once(p["d_C"] * w_e)[:, None]
    with_role = expected_gain(cred.nuclear, c, den, G, p["d_N"], cost_C) + structural
    without = expected_gain(cred.without, c, den, G, p["d_N"], cost_C) + structural
    x, z = once((p["lam"] * with_role, p["lam"] * without))
    small = once(xp.exp(-xp.absolute(x)))
    p_with = xp.where(x > 0, xp.ones_like(x), small) / (1.0 + small)
    return once(Challenge(p_with, xp.minimum(x, 0.0) - xp.log(1.0 + small), sigmoid(z)))


def superiority(s: Structure, p: Draws, log_FS: Float[Array, "B N"]) -> Float[Array, "R 1 N"]:
    """Switch 2: k tanh(1/2 d ln(FS_j / FS_v)), the defender's guarantors standing in where it has no weapons.

    Superiority helps (Kroenig 2013) or, with k = 0, does not (Sechser & Fuhrmann 2013). Zero at t0.
    """
    answers = xp.constant(s.by_armed * s.lead_forces_mean.sum(axis=1), log_FS)[:, None]
    ratio = mix(s.of_armed_challenger, log_FS) - mix(s.lead_forces_mean, log_FS)
    return (p["k_superiority"] * xp.tanh(0.5 * ratio) * answers)[:, None]


def paradox(s: Structure, p: Draws, dV: Float[Array, "R N"]) -> Float[Array, "R K N"]:
    """Switch 3: k (1 - v_k) d stability, stability = 1 - mean vulnerability of the two nuclear rivals.

    Strategic stability invites low-level challenges (k > 0, Snyder 1965) or does not (k = 0, Bell & Miller
    2015).
    """
    both = xp.constant(s.by_armed * s.on_armed, dV)[:, None]
    d_stability = -0.5 * (dV + mix(s.of_reverse, dV)) * both
    return (1.0 - p["v"]) * (p["k_paradox"] * d_stability)[:, None]


def adequacy(s: Structure, pi: Float[Array, "R K N"]) -> Float[Array, "A K N"]:
    """a_vk = 1 - mean over rivals that can attack of pi_jvk; 1 where nobody can."""
    rivals = np.maximum(s.defends @ s.mask, 1.0)
    return 1.0 - mix(s.defends, pi * xp.constant(s.mask[..., None], pi)) * xp.constant(
        1.0 / rivals[..., None], pi
    )
