"""Levers are never free: money and political capital run out smoothly."""

import operator
from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.contracts.program import ACTOR_COLUMNS
from stepdown.simulation import arrays as xp
from stepdown.simulation.measures import Package
from stepdown.simulation.shapes import once, rows
from stepdown.simulation.state import Draws
from stepdown.simulation.timing import Timing

USE_LIMIT = 50.0
SHIFT = ACTOR_COLUMNS.index(("budget_shift", ""))


class Use(NamedTuple):
    """Use of each budget as a share of it; `factor` scales every strength of the actor."""

    money: Float[Array, "A N"]
    political: Float[Array, "A N"]
    factor: Float[Array, "A N"]


def shrink(use: Float[Array, "..."]) -> Float[Array, "..."]:
    """(1 + x^8)^(-1/8): 1 well within the budget, 1/x well beyond it (C43 trade-offs)."""
    square = xp.minimum(use, USE_LIMIT) ** 2
    eighth = (square * square) * (square * square)
    return 1.0 / xp.sqrt(xp.sqrt(xp.sqrt(1.0 + eighth)))


def budget_use(
    p: Draws,
    package: Package,
    trigger: Float[Array, "M A N"],
    timings: Sequence[Timing],
    P: Float[Array, "A N"],
    P0: Float[Array, "A N"],
) -> list[Use]:
    """Running costs of all measures under way, over B_i (1 + shift) for money and B_i P/P0 for political
    capital, as each of `timings` has it.

    Cost starts with the measure, within half a year, whether or not its effect has ramped up. `shift` (M43)
    is the plain sum of the strengths that move money: it must be known before the shrinking it eases.
    """
    of = package.actor_rows
    costs = [cost * t.spending for t in timings for cost in (package.money, package.political)]
    moving = [rows(of.strength * t.actor, of.shifting) for t in timings]
    spent = _totals(costs, trigger)
    moved = _totals(moving, rows(trigger, rows(of.number, of.shifting)))
    found = []
    for i in range(len(timings)):
        money = spent[:, 2 * i] / (p["budget_money"] * (1.0 + moved[:, i]))
        political = spent[:, 2 * i + 1] / (p["budget_political"] * P / P0)
        found.append(Use(money, political, shrink(money) * shrink(political)))
    return found


def _totals(each: Sequence[Float[Array, "M n"]], trigger: Float[Array, "M A N"]) -> Float[Array, "A kind N"]:
    """Sums over measures, of all kinds in one walk through `trigger`, the largest table of a step."""
    kinds = xp.stack(each, axis=1)
    # Unrolled: a reduction over a leading axis does not fuse and costs ten times as much.
    parts = (kinds[m] * trigger[m][:, None] for m in range(len(trigger)))
    return once(reduce(operator.add, parts))
