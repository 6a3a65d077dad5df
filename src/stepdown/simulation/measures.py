"""From a package of measures to levers: timing, conditions, gates, reversal, and the product of many
measures.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.program import ACTOR_COLUMNS, GLOBAL_COLUMNS, THEATRE_COLUMNS
from stepdown.simulation.shapes import mix, once, ramp
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure

CONDUCT_SCALE = 20.0
SPENDING_TIME = 0.5
PEAK_TIME = 0.5
_ROLES, _ASSETS = 10, 10


class RowSlots(NamedTuple):
    """`contracts.program.Rows` on the device; trailing axis 1 or N."""

    measure: Float[Array, "row M"]
    """One-hot: the measure a row belongs to."""
    number: Int[Array, " row"]
    """The same as a number."""
    strength: Float[Array, "row n"]
    delay: Float[Array, "row n"]
    ramp: Float[Array, "row n"]
    raises: Float[Array, "column row"]
    lowers: Float[Array, "column row"]


class Package(NamedTuple):
    """`contracts.program.Program` on the device, without names: packages share one compilation."""

    participants: Float[Array, "M A"]
    places: Float[Array, "M T"]
    start: Float[Array, "M n"]
    condition: Float[Array, "M 3"]
    gate: Float[Array, "M 5"]
    money: Float[Array, "M n"]
    political: Float[Array, "M n"]
    reversal: Float[Array, "M n"]
    actor_rows: RowSlots
    theatre_rows: RowSlots
    global_rows: RowSlots
    programme_target: Float[Array, "A asset Q"]
    programme_strength: Float[Array, "Q n"]
    programme_fielded: Float[Array, "Q n"]
    programme_ramp: Float[Array, "Q n"]


class Levers(NamedTuple):
    """u in [0, 1] of every lever. `actor`, `theatre`, `world` by lever name."""

    doctrine: Float[Array, "A I N"]
    capability: Float[Array, "A asset N"]
    actor: dict[str, Float[Array, "A N"]]
    theatre: dict[str, Float[Array, "T N"]]
    world: dict[str, Float[Array, " N"]]


def activation(
    years: Float[Array, ""], begin: Float[Array, "row n"], ramp_time: Float[Array, "row n"] | float
) -> Float[Array, "row n"]:
    """1 - exp(-max(t - begin, 0)/ramp): share of full strength reached by time t."""
    return 1.0 - jnp.exp(-jnp.maximum(years - begin, 0.0) / ramp_time)


def rivals_conduct(s: Structure, cut: Float[Array, "B N"], d_tau: Float[Array, "A N"]) -> Float[Array, "A N"]:
    """1 - exp(-20 [mean over principal rivals of ramp(-d secondary roles) + ramp(-d tau)]), in [0, 1)."""
    fallen = mix(s.principal_rivals_mean @ s.to_armed.T, cut) + ramp(-d_tau)
    return 1.0 - jnp.exp(-CONDUCT_SCALE * fallen)


def peak_rate(peak: Float[Array, "A N"], now: Float[Array, "A N"]) -> Float[Array, "A N"]:
    """d peak/dt = ramp(now - peak)/.5: the best conduct (or verification) so far; it never falls."""
    return ramp(now - peak) / PEAK_TIME


def triggers(
    s: Structure,
    p: Draws,
    package: Package,
    conduct: tuple[Float[Array, "A N"], Float[Array, "A N"]],
    verified: tuple[Float[Array, "A N"], Float[Array, "A N"]],
    gates: Float[Array, "5 A N"],
) -> Float[Array, "M A N"]:
    """How far a measure is on for each participant, apart from timing. `conduct`, `verified`: (now, peak).

    unilateral: 1.  reciprocal: 1 - (1 - share * coop)(1 - conduct), share = share of principal rivals that
    take part too, coop = 1 - s9- (rivals that exploit keep only part of the bargain, switch 9); 1 without
    rivals. verified: reciprocal x verification. When conduct or verification falls back, the share `reversal`
    of what the peak had brought stays. The gate holds a measure back until tension, saturation, adequacy or
    regime allow.
    """
    stays = package.reversal[:, None]
    good = _held(*conduct, stays)
    sure = _held(*verified, stays)
    share = package.participants @ jnp.asarray(s.principal_rivals_mean.T, stays.dtype)
    alone = jnp.asarray(s.principal_rivals_mean.sum(axis=1) == 0, stays.dtype)
    coop = 1.0 - jnp.maximum(-p["s9_scale"], 0.0)
    reciprocal = 1.0 - (1.0 - (share + alone)[..., None] * coop) * (1.0 - good)
    kind = package.condition[:, :, None, None]
    open_ = mix(package.gate, gates)
    condition = kind[:, 0] + kind[:, 1] * reciprocal + kind[:, 2] * reciprocal * sure
    return package.participants[..., None] * condition * open_


def _held(
    now: Float[Array, "A N"], peak: Float[Array, "A N"], stays: Float[Array, "M 1 n"]
) -> Float[Array, "M A N"]:
    return now + stays * jnp.maximum(peak - now, 0.0)


def levers(
    s: Structure, package: Package, strength: Float[Array, "M A N"], years: Float[Array, ""]
) -> Levers:
    """u = [1 - prod_m (1 - s+ act)] prod_m (1 - s- act) for every lever; act = timing x `strength`.

    `strength`: trigger x budget factor per measure and actor. A theatre lever takes the mean over the
    theatre's principals that take part, a global lever the mean over all that take part.
    """
    dtype = strength.dtype
    here = jnp.asarray(s.principals, dtype)
    present = package.participants @ here.T
    in_theatre = jnp.matmul(here, strength) / jnp.maximum(present, 1.0)[..., None]
    in_theatre = in_theatre * package.places[..., None]
    everywhere = jnp.sum(strength, axis=1) / jnp.maximum(jnp.sum(package.participants, axis=1), 1.0)[:, None]
    by_actor = _combine(package.start, package.actor_rows, strength, years)
    by_theatre = _combine(package.start, package.theatre_rows, in_theatre, years)
    world = _combine(package.start, package.global_rows, everywhere[:, None], years)[:, 0]
    return Levers(
        doctrine=jnp.moveaxis(by_actor[_first("doctrine") :][:_ROLES], 0, 1),
        capability=jnp.moveaxis(by_actor[_first("capability") :][:_ASSETS], 0, 1),
        actor={lever: by_actor[i] for i, (lever, sub) in enumerate(ACTOR_COLUMNS) if not sub},
        theatre={lever: by_theatre[i] for i, (lever, _) in enumerate(THEATRE_COLUMNS)},
        world={lever: world[i] for i, (lever, _) in enumerate(GLOBAL_COLUMNS)},
    )


def _first(lever: str) -> int:
    return [name for name, _ in ACTOR_COLUMNS].index(lever)


def _combine(
    start: Float[Array, "M n"], rows: RowSlots, strength: Float[Array, "M place N"], years: Float[Array, ""]
) -> Float[Array, "column place N"]:
    act = rows.strength * activation(years, rows.measure @ start + rows.delay, rows.ramp)
    left = once(jnp.log(1.0 - act[:, None] * once(strength[rows.number])))
    raised = 1.0 - jnp.exp(mix(rows.raises, left))
    undone = jnp.any(rows.lowers > 0)
    u: Array = jax.lax.cond(undone, lambda u: u * jnp.exp(mix(rows.lowers, left)), lambda u: u, raised)
    return u
