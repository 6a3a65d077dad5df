"""From a state and a moment to the named series of `contracts.trajectories`, and the health of a future."""

from collections.abc import Callable
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.trajectories import ResultCode
from stepdown.simulation.kernel import Moment
from stepdown.simulation.shapes import mix
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
    on_armed = jnp.asarray(s.on_armed, y.R.dtype)[:, None]
    w = p["w_role"] / jnp.sum(p["w_role"], axis=0)
    table: dict[str, Callable[[], Array]] = {
        "role": lambda: y.R,
        "perceived_role": lambda: y.Rh,
        "gap": lambda: jnp.mean(y.Rh - mix(s.of_armed_defender, y.R), axis=1) * on_armed,
        "reliance": lambda: jnp.sum(w * y.R, axis=1),
        "capability": lambda: y.C,
        "trust": lambda: 1.0 / (1.0 + jnp.exp(-y.m)),
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
        "strategic_forces": lambda: jnp.exp(at.log_FS),
        "theatre_forces": lambda: jnp.exp(at.log_FT),
        "gate": lambda: at.opening,
        "role_demand": lambda: at.demand,
        "adequacy": lambda: at.levels.adequate,
        "adequacy_without": lambda: at.levels.adequate_without,
        "challenge": lambda: at.levels.pi * jnp.asarray(s.mask, at.crisis.dtype)[..., None],
        "crisis_rate": lambda: at.crisis,
        "money_used": lambda: at.use.money,
        "political_used": lambda: at.use.political,
        "hazard": lambda: at.hazard,
    }
    return {name: table[name]() for name in keep if name in table}


def health(y: State, hazard: Float[Array, "cause T N"]) -> Int[Array, " N"]:
    """`ResultCode` of the state: finite; shares in [0, 1], forces positive; forces below 20 times the start
    and cumulative hazards below `HAZARD_MAX`, else explosive. The gravest finding counts: not finite first.
    """

    def each(x: Float[Array, "... N"], bad: Callable[[Array], Array]) -> Array:
        return jnp.any(bad(x).reshape(-1, x.shape[-1]), axis=0)

    def where(found: list[Array], code: ResultCode, otherwise: Array | int) -> Array:
        return jnp.where(jnp.any(jnp.stack(found), axis=0), code.value, otherwise)

    values = y._asdict()
    broken = [each(x, lambda v: ~jnp.isfinite(v)) for x in (*values.values(), hazard) if x.shape[0]]
    outside = [
        each(x, lambda v: (v < -TOLERANCE) | (v > 1.0 + TOLERANCE))
        for name, x in values.items()
        if name not in _UNBOUNDED and x.shape[0]
    ]
    outside += [each(x, lambda v: v <= 0) for x in (y.phi_S, y.phi_T)]
    running_away = [each(x, lambda v: v > FORCE_MAX) for x in (y.phi_S, y.phi_T)]
    running_away.append(each(y.H, lambda v: v > HAZARD_MAX))
    code = where(outside, ResultCode.OUT_OF_RANGE, ResultCode.OK.value)
    code = where(running_away, ResultCode.EXPLOSIVE, code)
    return where(broken, ResultCode.NON_FINITE, code)
