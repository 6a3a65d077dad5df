"""Heun's method over years, as two forward stages of one compiled body, with competing risks on the way.

Heun written as z1 = y + dt f(y), y' = (y + z1 + dt f(z1))/2 (Shu & Osher 1988) needs one copy of f in the
compiled program, which halves compile time. Measured in docs/decisions/0101-integrator.md.
"""

from typing import NamedTuple, TypeVar

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation.kernel import Hold, as_it_moves, evaluate, reference
from stepdown.simulation.measures import Package
from stepdown.simulation.outputs import Risk, health, moment_series, state_series
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import Structure
from stepdown.simulation.survival import survive

_Tree = TypeVar("_Tree")


class _Carry(NamedTuple):
    begin: State
    """State at the start of the step."""
    state: State
    """State the next stage starts from."""
    hazard: Float[Array, "cause T N"]
    """Hazard at the start of the step."""
    risk: Risk


def run(
    s: Structure,
    p: Draws,
    package: Package,
    documented: Float[Array, ""],
    *,
    years: int,
    steps_per_year: int,
    keep: tuple[str, ...],
    hold: Hold = as_it_moves,
) -> dict[str, Float[Array, "..."]]:
    """Yearly series named in `keep` and the result code, for years 0 ... `years`. Pure and differentiable."""
    ref = reference(s, p)
    dt = 1.0 / steps_per_year
    zero = jnp.zeros_like(ref.scaled.l0)
    hazard = jnp.stack([zero] * 4)
    risk = Risk(jnp.ones_like(p["H0"]), hazard)
    first = _Carry(ref.state, ref.state, hazard, risk)

    def stage(carry: _Carry, at: Float[Array, "2"]) -> tuple[_Carry, tuple[Array, dict[str, Array]]]:
        time, second = at
        rate, moment = evaluate(s, p, package, ref, carry.state, time + second * dt, documented, hold)
        euler = jax.tree.map(lambda y, f: y + dt * f, carry.state, rate)
        blended = jax.tree.map(lambda y, z: y + (1.0 - 0.5 * second) * (z - y), carry.begin, euler)
        after = Risk(*survive(carry.risk.survival, 0.5 * (carry.hazard + moment.hazard), dt))
        after = after._replace(cif=carry.risk.cif + after.cif)
        carried = _Carry(
            begin=_choose(second, blended, carry.begin),
            state=blended,
            hazard=moment.hazard,
            risk=_choose(second, after, carry.risk),
        )
        return carried, (moment.hazard, moment_series(s, moment, keep))

    def year(carry: _Carry, start: Float[Array, ""]) -> tuple[_Carry, dict[str, Array]]:
        steps = start + dt * jnp.repeat(jnp.arange(steps_per_year, dtype=zero.dtype), 2)
        second = jnp.tile(jnp.array([0.0, 1.0], zero.dtype), steps_per_year)
        after, passing = jax.lax.scan(stage, carry, jnp.stack([steps, second], axis=1))
        hazard, seen = jax.tree.map(lambda x: x[0], passing)
        held = state_series(s, p, carry.begin, carry.risk, keep)
        return after, {**seen, **held, "code": health(carry.begin, hazard)}

    _, out = jax.lax.scan(year, first, jnp.arange(years + 1, dtype=zero.dtype))
    return {**out, "code": jnp.max(out["code"], axis=0)}


def _choose(second: Float[Array, ""], then: _Tree, otherwise: _Tree) -> _Tree:
    picked: _Tree = jax.tree.map(lambda a, b: jnp.where(second > 0.5, a, b), then, otherwise)
    return picked
