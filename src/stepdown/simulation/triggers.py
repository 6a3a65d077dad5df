"""Decisions on observations: which steps are open, hold, revert or call for compensation.

One code for two forms. Hard: a rule is on or off per future (for decisions). Smooth: a logistic gate of width
`softness` (for gradients); it tends to the hard form as the width goes to 0, away from the levels.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.contracts.triggers import ACTIONS, TriggerPlan
from stepdown.simulation.indicators import Sight
from stepdown.simulation.measures import Package, RowSlots

REVERTING_TIME = 1.0
"""Years in which a step that reverts loses, or one that resumes regains, most of its effect (judgement)."""


_NEVER = 1e6
_AXES = {
    "of_measure": "MS",
    "start": "S",
    "lead": "S",
    "after": "SS",
    "after_years": "SS",
    "called": "S",
    "calls": "SS",
    "rules": "4SQ",
    "watches": "QK",
    "sign": "Q",
    "level": "Q",
    "band": "Q",
    "change": "Q",
}


class PlanSlots(NamedTuple):
    """`contracts.triggers.TriggerPlan` on the device, without names."""

    of_measure: Float[Array, "M S"]
    start: Float[Array, " S"]
    lead: Float[Array, " S"]
    after: Float[Array, "S S"]
    after_years: Float[Array, "S S"]
    called: Float[Array, " S"]
    calls: Float[Array, "S S"]
    rules: Float[Array, "4 S Q"]
    watches: Float[Array, "Q K"]
    sign: Float[Array, " Q"]
    level: Float[Array, " Q"]
    band: Float[Array, " Q"]
    change: Float[Array, " Q"]
    softness: Float[Array, ""]
    """Width of the gates; 0 for the hard form."""


class Progress(NamedTuple):
    """Where every step stands, in [0, 1] each (0 or 1 in the hard form); `clock` in years of effect."""

    rule: Float[Array, "Q N"]
    opened: Float[Array, "S N"]
    held: Float[Array, "S N"]
    reverted: Float[Array, "S N"]
    calling: Float[Array, "S N"]
    clock: Float[Array, "S N"]
    """Negative during lead time; stands still while a step holds or is reverted."""
    kept: Float[Array, "S N"]
    """1 in effect, falling to 0 when reverted."""


def plan_slots(
    plan: TriggerPlan, softness: float, dtype: np.dtype, multiple: tuple[int, int, int] = (1, 1, 1)
) -> PlanSlots:
    """A plan on the device; steps, rules and indicators padded to multiples by such as never act."""
    names = [n for n in PlanSlots._fields if n != "softness"]
    counts = zip("SQK", (len(plan.start), len(plan.sign), len(plan.indicators)), multiple, strict=True)
    more = {axis: -count % by for axis, count, by in counts}
    arrays = {
        n: np.pad(
            np.asarray(getattr(plan, n), dtype),
            [(0, more.get(axis, 0)) for axis in _AXES[n]],
            constant_values=_NEVER if n == "start" else 0.0,
        )
        for n in names
    }
    return PlanSlots(**{n: jnp.asarray(x) for n, x in arrays.items()}, softness=jnp.asarray(softness, dtype))


def first_progress(plan: PlanSlots, like: Array) -> Progress:
    """Nothing opened, no rule on, lead time ahead."""
    n = like.shape[-1]
    steps, rules = jnp.zeros((len(plan.start), n), like.dtype), jnp.zeros((len(plan.sign), n), like.dtype)
    return Progress(rules, steps, steps, steps, steps, steps - plan.lead[:, None], steps + 1.0)


def passing(v: Float[Array, "..."], softness: Float[Array, ""]) -> Float[Array, "..."]:
    """1 where v >= 0, else 0; with a positive softness logistic(v / softness)."""
    hard = (v >= 0.0).astype(v.dtype)
    smooth = jax.nn.sigmoid(v / jnp.where(softness > 0, softness, 1.0))
    return jnp.where(softness > 0, smooth, hard)


def decide(
    plan: PlanSlots,
    sight: Sight,
    years: Float[Array, ""],
    before: Progress,
) -> Progress:
    """The decisions of one moment; nothing of the world enters but what was observed, now and first.

    A rule: on <- on' + (1 - on')(1 - off') on, on' where the indicator is past the level, off' where it is
    back by more than the band. A step proceeds when all its rules are on; any one rule holds, reverts, calls.
    """
    since = plan.watches @ sight.observed - plan.change[:, None] * (plan.watches @ sight.first)
    past = plan.sign[:, None] * (since - plan.level[:, None])
    on = passing(past, plan.softness)
    off = passing(-past - plan.band[:, None] - 1e-9, plan.softness)
    known = (plan.watches @ sight.seen.astype(past.dtype) > 0.5)[:, None]
    rule = jnp.where(known, on + (1.0 - on) * (1.0 - off) * before.rule, before.rule)
    go, held, reverted, calling = (_of_steps(action, plan, rule) for action in ACTIONS)
    proven = _all(plan.after, _proven(plan, before))
    called = 1.0 - plan.called[:, None] * _all(plan.calls, 1.0 - before.calling * before.opened)
    due = (years >= plan.start - 1e-6).astype(rule.dtype)[:, None]
    opened = before.opened + (1.0 - before.opened) * due * go * proven * called
    return before._replace(
        rule=rule, opened=opened, held=held * opened, reverted=reverted * opened, calling=calling * opened
    )


def _of_steps(action: str, plan: PlanSlots, rule: Float[Array, "Q N"]) -> Float[Array, "S N"]:
    table = plan.rules[ACTIONS.index(action)]
    if action == "proceed":
        return _all(table, jnp.broadcast_to(rule, (len(table), *rule.shape)))
    return 1.0 - _all(table, jnp.broadcast_to(1.0 - rule, (len(table), *rule.shape)))


def _all(table: Float[Array, "S X"], x: Float[Array, "S X N"] | Float[Array, "X N"]) -> Float[Array, "S N"]:
    """Product over the entries a row of the table names; 1 for an empty row."""
    return jnp.prod(1.0 - table[..., None] * (1.0 - x), axis=1)


def _proven(plan: PlanSlots, before: Progress) -> Float[Array, "S S N"]:
    """Whether an earlier step has been in effect long enough, seen from each step that waits for it."""
    long_enough = before.clock[None] >= plan.after_years[..., None] - 1e-6
    return long_enough.astype(before.clock.dtype) * (before.opened * (1.0 - before.reverted))[None]


def advance(plan: PlanSlots, now: Progress, dt: float) -> Progress:
    """Clocks and effects after dt."""
    speed = now.opened * (1.0 - now.held) * (1.0 - now.reverted)
    target = 1.0 - now.reverted
    kept = target + (now.kept - target) * jnp.exp(-dt / REVERTING_TIME)
    return now._replace(clock=now.clock + speed * dt, kept=kept)


def steered(plan: PlanSlots, package: Package, now: Progress, years: Array) -> Package:
    """The package as the steps stand: each measure as old as its step's clock, weaker where it reverts.

    A reverted measure keeps the share `reversal` of its effect and cost. Measures of no step keep their own
    start.
    """
    inside = jnp.sum(plan.of_measure, axis=1)[:, None]
    clock = plan.of_measure @ now.clock
    kept = plan.of_measure @ now.kept
    share = 1.0 - inside * (1.0 - (package.reversal + (1.0 - package.reversal) * kept))

    def rows(r: RowSlots) -> RowSlots:
        return r._replace(strength=r.strength * share[r.number])

    return package._replace(
        start=(1.0 - inside) * package.start + inside * (years - clock),
        money=package.money * share,
        political=package.political * share,
        actor_rows=rows(package.actor_rows),
        theatre_rows=rows(package.theatre_rows),
        global_rows=rows(package.global_rows),
    )
