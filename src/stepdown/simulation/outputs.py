"""From a state and a moment to the named series of `contracts.trajectories`, and the health of a future."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.trajectories import ResultCode
from stepdown.simulation import arrays as xp
from stepdown.simulation.moment import Moment
from stepdown.simulation.shapes import add, lowest, mix, once, sigmoid
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import Structure

TOLERANCE = 1e-3
FORCE_MAX = 20.0
HAZARD_MAX = 100.0
"""Cumulative hazard of a nuclear decision: admissible priors reach it in 30 years only by running away."""
_UNBOUNDED = ("m", "H", "phi_S", "phi_T")


class Risk(NamedTuple):
    """Survival without use, and cumulative incidence of first use by path."""

    survival: Float[Array, " N"]
    cif: Float[Array, "cause T N"]


Series = dict[str, Float[Array, "..."]]


def state_series(s: Structure, p: Draws, y: State, risk: Risk, keep: tuple[str, ...]) -> Series:
    """Series in `keep` that the state itself holds; what is not kept is not computed."""
    w = p["w_role"] / xp.maximum(p["w_role"].sum(axis=0), 1e-9)
    table: dict[str, Callable[[], Array]] = {
        "role": lambda: y.R,
        "perceived_role": lambda: mix(s.onto.T, y.Rh),
        "gap": lambda: mix(s.onto.T, add(y.Rh - mix(s.onto_defender, y.R)) / y.R.shape[1]),
        "reliance": lambda: add(w * y.R),
        "capability": lambda: y.C,
        "trust": lambda: sigmoid(y.m),
        "vulnerability": lambda: y.V,
        "prompt_launch": lambda: y.L,
        "domestic_support": lambda: y.P,
        "status": lambda: y.St,
        "tension": lambda: y.tau,
        "regime": lambda: y.chi,
        "transparency": lambda: y.chi_tr,
        "assurance": lambda: y.A,
        "proliferation": lambda: y.H,
        "norm": lambda: y.N,
        "cif": lambda: risk.cif,
        "survival": lambda: risk.survival,
    }
    return {name: table[name]() for name in keep if name in table}


def moment_series(s: Structure, at: Moment, keep: tuple[str, ...]) -> Series:
    """Series in `keep` that follow from the state at one moment. Forces relative to the start."""
    table: dict[str, Callable[[], Array]] = {
        "substitute": lambda: at.levels.sub.total,
        "strategic_forces": lambda: xp.exp(at.log_FS),
        "theatre_forces": lambda: xp.exp(at.log_FT),
        "gate": lambda: at.opening,
        "role_demand": lambda: at.demand,
        "adequacy": lambda: at.levels.adequate,
        "adequacy_without": lambda: at.levels.adequate_without,
        "lowest_adequacy": lambda: lowest(at.levels.adequate),
        "challenge": lambda: at.levels.pi * xp.constant(s.mask[..., None], at.crisis),
        "crisis_rate": lambda: at.crisis,
        "money_used": lambda: at.use.money,
        "political_used": lambda: at.use.political,
        "hazard": lambda: at.hazard,
    }
    return {name: table[name]() for name in keep if name in table}


def largest_force(y: State) -> Float[Array, " N"]:
    """The largest force index of a state, relative to its trend."""
    return xp.concatenate([y.phi_S, y.phi_T]).max(axis=0)


def health(y: State, cif: Float[Array, "cause T N"], force: Float[Array, " N"]) -> Int[Array, " N"]:
    """`ResultCode` of a path that ended in `y`: finite; shares in [0, 1], forces positive; forces (`force`:
    the largest on the way) below 20 times the start and cumulative hazards below `HAZARD_MAX`, else
    explosive. The gravest finding counts: not finite first.

    What became no number stays none, in a state as in `cif`, and cumulative hazards never fall: the end
    tells of the whole path.
    """
    values = y._asdict()
    # Without barriers the compiler reduces every part of them in a loop of its own.
    shares = once(xp.concatenate([_rows(x) for name, x in values.items() if name not in _UNBOUNDED]))
    free = once(xp.concatenate([_rows(values[name]) for name in _UNBOUNDED] + [_rows(cif)]))
    forces = xp.concatenate([y.phi_S, y.phi_T])
    # Not-a-number fails every comparison, so a sum that is no number shows it.
    finite = xp.absolute(shares.sum(axis=0) + free.sum(axis=0)) < np.inf
    inside = (shares.min(axis=0) >= -TOLERANCE) & (shares.max(axis=0) <= 1.0 + TOLERANCE)
    inside = inside & (forces.min(axis=0) > 0)
    bounded = (force <= FORCE_MAX) & (y.H.max(axis=0) <= HAZARD_MAX)
    code = xp.where(inside, ResultCode.OK.value, ResultCode.OUT_OF_RANGE.value)
    code = xp.where(bounded, code, ResultCode.EXPLOSIVE.value)
    return xp.where(finite, code, ResultCode.NON_FINITE.value)


def _rows(x: Float[Array, "*axes N"]) -> Float[Array, "row N"]:
    return x.reshape(math.prod(x.shape[:-1]), x.shape[-1])
