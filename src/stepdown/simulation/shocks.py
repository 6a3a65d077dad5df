"""Shocks in the loop: a jump of the state when they strike, a shift of what it tends to while they last."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float

from stepdown.simulation.shapes import tilt
from stepdown.simulation.state import State


class ShockSlots(NamedTuple):
    """`contracts.shocks.ShockPlan` on the device."""

    start: Float[Array, " Z"]
    lasting: Float[Array, " Z"]
    tension: Float[Array, "Z T"]
    support: Float[Array, "Z A"]
    assurance: Float[Array, "Z G"]
    regime: Float[Array, "Z T"]


class Shift(NamedTuple):
    """Sum of shocks at one time, in log odds; trailing axis 1."""

    tau: Float[Array, "T 1"]
    P: Float[Array, "A 1"]
    A: Float[Array, "G 1"]
    chi: Float[Array, "T 1"]


def shift_at(shocks: ShockSlots, years: Array, within: Array | float | None = None) -> Shift:
    """The shift at a time: of shocks that last, or with `within` of those that strike in so many years."""
    length = shocks.lasting if within is None else jnp.full_like(shocks.lasting, within)
    on = _on(shocks, years, length).astype(shocks.tension.dtype)
    parts = (shocks.tension, shocks.support, shocks.assurance, shocks.regime)
    return Shift(*((on @ x)[:, None] for x in parts))


def struck(y: State, shift: Shift) -> State:
    """The state right after shocks."""
    return y._replace(
        tau=tilt(y.tau, shift.tau),
        P=tilt(y.P, shift.P),
        A=tilt(y.A, shift.A),
        chi=tilt(y.chi, shift.chi),
        chi_tr=tilt(y.chi_tr, shift.chi),
    )


def strikes(shocks: ShockSlots, years: Array, within: float) -> Bool[Array, ""]:
    """Whether any shock strikes in so many years from a time."""
    return jnp.any(_on(shocks, years, jnp.full_like(shocks.lasting, within)))


def shocked_targets(shift: Shift, target: State) -> State:
    """Targets while shocks last: tilt(target, shift), the target kept in [0, 1]."""

    def pulled(x: Array, by: Array) -> Array:
        return tilt(jnp.clip(x, 0.0, 1.0), by)

    return target._replace(
        tau=pulled(target.tau, shift.tau),
        P=pulled(target.P, shift.P),
        A=pulled(target.A, shift.A),
        chi=pulled(target.chi, shift.chi),
        chi_tr=pulled(target.chi_tr, shift.chi),
    )


def _on(shocks: ShockSlots, years: Array, length: Array) -> Bool[Array, " Z"]:
    eps = 1e-6
    return (years >= shocks.start - eps) & (years < shocks.start + length - eps) & (shocks.start >= 0)
