"""Shocks in the loop: a jump of the state when they strike, a shift of what it tends to while they last."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.shapes import tilt
from stepdown.simulation.state import Draws, State


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
    eps = 1e-6
    on = ((years >= shocks.start - eps) & (years < shocks.start + length - eps) & (shocks.start >= 0)).astype(
        shocks.tension.dtype
    )
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


def shocked_rates(p: Draws, shift: Shift, y: State, rate: State) -> State:
    """Rates with shifted targets: dx/dt + (tilt(x*, shift) - x*)/T, x* = x + T dx/dt."""

    def pull(x: Array, r: Array, time: Array, by: Array) -> Array:
        target = jnp.clip(x + time * r, 0.0, 1.0)
        return r + (tilt(target, by) - target) / time

    return rate._replace(
        tau=pull(y.tau, rate.tau, p["T_tau"], shift.tau),
        P=pull(y.P, rate.P, p["T_P"], shift.P),
        A=pull(y.A, rate.A, p["T_A"], shift.A),
        chi=pull(y.chi, rate.chi, p["T_chi"], shift.chi),
        chi_tr=pull(y.chi_tr, rate.chi_tr, p["T_chi"], shift.chi),
    )
