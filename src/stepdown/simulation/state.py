"""The state that the equations move, and its start."""

from collections.abc import Mapping
from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import gate, mix
from stepdown.simulation.structure import Structure

Draws = Mapping[str, Array]
"""Symbol -> array [*axes, N], see `contracts.parameters`."""

LAUNCH_FLOOR = 0.01
SHARE_FLOOR = 1e-3


class State(NamedTuple):
    """One value per future in the last axis N. Shares in [0, 1] unless said otherwise."""

    R: Float[Array, "B I N"]
    """Declared role."""
    Rh: Float[Array, "E I N"]
    """Role of the defender as the challenger perceives it, by relation onto an armed defender."""
    m: Float[Array, "R N"]
    """Trust of the challenger in the defender, log odds."""
    V: Float[Array, "R N"]
    """Vulnerability of the defender's nuclear forces to the challenger; zero for unarmed defenders."""
    C: Float[Array, "A asset N"]
    """Capabilities, then enablers."""
    phi_S: Float[Array, "B N"]
    """Strategic forces relative to their trend (positive)."""
    phi_T: Float[Array, "B N"]
    """Theatre forces relative to their trend (positive)."""
    L: Float[Array, "B N"]
    """Prompt launch."""
    belief: Float[Array, "B N"]
    """Belief in nuclear coercion."""
    A: Float[Array, "G N"]
    """Assurance."""
    chi: Float[Array, "T N"]
    """Crisis communication and risk reduction."""
    chi_tr: Float[Array, "T N"]
    """Transparency."""
    tau: Float[Array, "T N"]
    """Tension."""
    N: Float[Array, " N"]
    """Norm against use."""
    P: Float[Array, "A N"]
    """Domestic support."""
    St: Float[Array, "B N"]
    """Attachment to nuclear status."""
    H: Float[Array, "A N"]
    """Cumulative proliferation hazard of unarmed actors (not a share)."""
    conduct: Float[Array, "A N"]
    """Best conduct of rivals seen so far (holds a reciprocal measure when conduct falls)."""
    verified: Float[Array, "A N"]
    """Best verification reached so far."""


def inside(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """Shares pulled away from 0 and 1, where log odds end: zero codes stay computable."""
    return xp.clip(x, SHARE_FLOOR, 1.0 - SHARE_FLOOR)


class Surroundings(NamedTuple):
    """Means over the theatres of an actor."""

    tau: Float[Array, "A N"]
    chi: Float[Array, "A N"]
    chi_tr: Float[Array, "A N"]


def surroundings(s: Structure, y: State) -> Surroundings:
    """Tension, regime and transparency as an actor meets them."""
    means = mix(s.parties_mean, xp.stack([y.tau, y.chi, y.chi_tr], axis=1))
    return Surroundings(means[:, 0], means[:, 1], means[:, 2])


def verified(p: Draws, around: Surroundings) -> Float[Array, "A N"]:
    """Where verification works for an actor: gate(mean transparency of its theatres; chi_ver, .05)."""
    return gate(around.chi_tr, p["chi_ver"], 0.05)


def verification(s: Structure, p: Draws, chi_tr: Float[Array, "T N"]) -> Float[Array, "A N"]:
    """The same from the transparency of theatres."""
    return gate(mix(s.parties_mean, chi_tr), p["chi_ver"], 0.05)


def initial_state(s: Structure, p: Draws) -> State:
    """State at t0 from the initial symbols; recessed forces start at a small launch floor, never at 0/0."""
    R = inside(p["R0"])
    on_armed = xp.constant(s.on_armed, R)[:, None]
    markup = mix(s.onto, p["perception_markup"])[:, None]
    nobody = xp.zeros_like(p["P0"])
    return State(
        R=R,
        Rh=1.0 - (1.0 - mix(s.onto_defender, R)) * (1.0 - markup),
        m=xp.log(inside(p["mu0"])) - xp.log(1.0 - inside(p["mu0"])),
        V=inside(p["V0"]) * on_armed,
        C=xp.concatenate([p["C0"], p["E0"]], axis=1),
        phi_S=xp.ones_like(p["L0"]),
        phi_T=xp.ones_like(p["L0"]),
        L=xp.maximum(p["L0"], LAUNCH_FLOOR),
        belief=p["belief0"],
        A=inside(p["A0"]),
        chi=p["chi0"],
        chi_tr=p["chi_tr0"],
        tau=inside(p["tau0"]),
        N=inside(p["N0"]),
        P=inside(p["P0"]),
        St=inside(p["St0"]),
        H=nobody,
        conduct=nobody,
        verified=verification(s, p, p["chi_tr0"]),
    )
