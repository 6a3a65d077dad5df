"""From a package of measures to levers: timing, conditions, gates, reversal, and the product of many
measures.
"""

from collections.abc import Sequence
from functools import reduce
from operator import mul
from typing import NamedTuple

from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.program import ACTOR_COLUMNS, GLOBAL_COLUMNS, SIGNAL, THEATRE_COLUMNS
from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import RAMP_EPS, add, mix, once, ramp, rows
from stepdown.simulation.slots import Slots, product
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure

CONDUCT_SCALE = 20.0
SPENDING_TIME = 0.5
PEAK_TIME = 0.5
_ASSETS = 10


class RowSlots(NamedTuple):
    """`contracts.program.Rows` on the device; trailing axis 1 or N."""

    number: Int[Array, " row"]
    """The measure a row belongs to."""
    strength: Float[Array, "row n"]
    delay: Float[Array, "row n"]
    ramp: Float[Array, "row n"]
    shifting: Int[Array, " shifting"]
    """Rows that move money from nuclear to conventional forces."""
    raising: Slots
    """Rows that raise a column; the column of signals, which every measure can raise, has none."""
    lowering: Slots | None


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
    signals: Int[Array, " M"]
    """The row on actors that says what a measure signals; the empty row where it signals nothing."""
    actor_rows: RowSlots
    theatre_rows: RowSlots
    global_rows: RowSlots
    programme_slots: Slots
    """Programmes that serve an asset of an actor."""
    programme_strength: Float[Array, "Q n"]
    programme_fielded: Float[Array, "Q n"]
    programme_ramp: Float[Array, "Q n"]


class Levers(NamedTuple):
    """u in [0, 1] of every lever: tables whose columns are those of `contracts.program`, and the signal."""

    by_actor: Float[Array, "column A N"]
    by_theatre: Float[Array, "column T N"]
    by_world: Float[Array, "column N"]
    signal: Float[Array, "A N"]

    @property
    def capability(self) -> Float[Array, "asset A N"]:
        """Levers that raise capabilities, then enablers."""
        return self.by_actor[actor_column("capability") :][:_ASSETS]

    def actor(self, lever: str) -> Float[Array, "A N"]:
        """A lever of actors that has one column."""
        return self.signal if lever == SIGNAL else self.by_actor[actor_column(lever)]

    def theatre(self, lever: str) -> Float[Array, "T N"]:
        """A lever of theatres."""
        return self.by_theatre[THEATRE_COLUMNS.index((lever, ""))]

    def world(self, lever: str) -> Float[Array, " N"]:
        """A global lever."""
        return self.by_world[GLOBAL_COLUMNS.index((lever, ""))]


def rivals_conduct(s: Structure, cut: Float[Array, "B N"], d_tau: Float[Array, "A N"]) -> Float[Array, "A N"]:
    """1 - exp(-20 [mean over principal rivals of ramp(-d secondary roles) + ramp(-d tau)]), in [0, 1)."""
    fallen = mix(s.principal_rivals_mean @ s.to_armed.T, cut) + ramp(-d_tau)
    return 1.0 - xp.exp(-CONDUCT_SCALE * fallen)


def peak_speed(peak: Float[Array, "A N"], now: Float[Array, "A N"]) -> Float[Array, "A N"]:
    """d peak/dt = ramp(now - peak)/.5 = speed (now - peak): the best conduct (or verification) so far."""
    rise = xp.maximum(now - peak, 0.0)
    return rise / (rise + RAMP_EPS) / PEAK_TIME


def triggers(
    s: Structure,
    p: Draws,
    package: Package,
    conduct: tuple[Float[Array, "A N"], Float[Array, "A N"]],
    verified: tuple[Float[Array, "A N"], Float[Array, "A N"]],
    gates: Sequence[Float[Array, "A N"]],
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
    here = package.participants
    share = here @ xp.constant(s.principal_rivals_mean.T, stays)
    alone = xp.constant(s.principal_rivals_mean.sum(axis=1) == 0, stays)
    unshared = once(1.0 - share - alone)
    coop = 1.0 - xp.maximum(-p["s9_scale"], 0.0)
    lost = once(1.0 - coop)
    reciprocal = 1.0 - (unshared[..., None] * coop + lost) * (1.0 - good)
    one, both, proven = once(tuple(here * package.condition[:, i, None] for i in range(3)))
    condition = one[..., None] + reciprocal * (both[..., None] + proven[..., None] * sure)
    open_ = sum(
        (package.gate[:, i, None, None] * gates[i - 1] for i in range(1, len(gates) + 1)),
        start=package.gate[:, 0, None, None],
    )
    return condition * open_


def _held(
    now: Float[Array, "A N"], peak: Float[Array, "A N"], stays: Float[Array, "M 1 n"]
) -> Float[Array, "M A N"]:
    return now + stays * xp.maximum(peak - now, 0.0)


def levers(
    s: Structure,
    package: Package,
    on: Float[Array, "M A N"],
    timing: tuple[Float[Array, "row n"], Float[Array, "row n"], Float[Array, "row n"]],
) -> Levers:
    """u = [1 - prod_m (1 - s+ act)] prod_m (1 - s- act) for every lever; act = timing x `on`.

    `on`: trigger x budget factor per measure and actor; `timing`: share of full strength reached,
    1 - exp(-max(t - begin, 0)/ramp), by the rows of actors, theatres and the world. A theatre lever takes the
    mean over the theatre's principals that take part, a global lever the mean over all that take part.
    """
    here = xp.constant(s.principals, on)
    present = xp.maximum(package.participants @ here.T, 1.0)
    by_theatre = mix(s.principals, xp.swap(on))
    in_theatre = xp.swap(by_theatre)
    in_theatre = in_theatre * (package.places / present)[..., None]
    taking_part = xp.maximum(package.participants.sum(axis=1), 1.0)[:, None]
    everywhere = (add(on) / taking_part)[:, None]
    rows_on = package.actor_rows, package.theatre_rows, package.global_rows
    shares = [once(r.strength * came) for r, came in zip(rows_on, timing, strict=True)]
    tables = tuple(map(_combine, rows_on, shares, (on, in_theatre, everywhere)))
    signal = _signal(rows(shares[0], package.signals), on)
    return Levers(*once((tables[0], tables[1], tables[2][:, 0])), signal)


def actor_column(lever: str) -> int:
    """The first column of a lever of actors."""
    return [name for name, _ in ACTOR_COLUMNS].index(lever)


def _signal(share: Float[Array, "M n"], on: Float[Array, "M A N"]) -> Float[Array, "A N"]:
    return once(1.0 - reduce(mul, (1.0 - share[m] * on[m] for m in range(len(on)))))


def _combine(
    of: RowSlots, share: Float[Array, "row n"], on: Float[Array, "M place N"]
) -> Float[Array, "column place N"]:
    def left(number: Int[Array, " number"]) -> Float[Array, "number place N"]:
        return 1.0 - rows(share, number)[:, None] * rows(on, rows(of.number, number))

    raised = once(1.0 - product(of.raising, left))
    return raised if of.lowering is None else raised * product(of.lowering, left)
