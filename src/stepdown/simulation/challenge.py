"""Would a rival try? Probability that a challenger makes each attack it can make."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.credibility import Credibility
from stepdown.simulation.shapes import log_sigmoid, mix, once
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
    c, den = mix(s.of_defender, cred.conventional), mix(s.of_defender, cred.denial)
    cost_C = once(p["d_C"] * w_e)[:, None]
    with_role = expected_gain(cred.nuclear, c, den, G, p["d_N"], cost_C) + structural
    without = expected_gain(cred.without, c, den, G, p["d_N"], cost_C) + structural
    x = once(p["lam"] * with_role)
    return once(Challenge(jax.nn.sigmoid(x), log_sigmoid(x), jax.nn.sigmoid(p["lam"] * without)))


def superiority(s: Structure, p: Draws, log_FS: Float[Array, "B N"]) -> Float[Array, "R 1 N"]:
    """Switch 2: k tanh(1/2 d ln(FS_j / FS_v)), the defender's guarantors standing in where it has no weapons.

    Superiority helps (Kroenig 2013) or, with k = 0, does not (Sechser & Fuhrmann 2013). Zero at t0.
    """
    answers = jnp.asarray(s.by_armed * s.lead_forces_mean.sum(axis=1), log_FS.dtype)[:, None]
    ratio = mix(s.of_armed_challenger, log_FS) - mix(s.lead_forces_mean, log_FS)
    return (p["k_superiority"] * jnp.tanh(0.5 * ratio) * answers)[:, None]


def paradox(s: Structure, p: Draws, dV: Float[Array, "R N"]) -> Float[Array, "R K N"]:
    """Switch 3: k (1 - v_k) d stability, stability = 1 - mean vulnerability of the two nuclear rivals.

    Strategic stability invites low-level challenges (k > 0, Snyder 1965) or does not (k = 0, Bell & Miller
    2015).
    """
    both = jnp.asarray(s.by_armed * s.on_armed, dV.dtype)[:, None]
    d_stability = -0.5 * (dV + mix(s.of_reverse, dV)) * both
    return (1.0 - p["v"]) * (p["k_paradox"] * d_stability)[:, None]


def adequacy(s: Structure, pi: Float[Array, "R K N"]) -> Float[Array, "A K N"]:
    """a_vk = 1 - mean over rivals that can attack of pi_jvk; 1 where nobody can."""
    mask = jnp.asarray(s.mask, pi.dtype)
    rivals = jnp.maximum(mix(s.defends, mask), 1.0)[..., None]
    return 1.0 - mix(s.defends, pi * mask[..., None]) / rivals
