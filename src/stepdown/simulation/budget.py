"""Levers are never free: money and political capital run out smoothly."""

from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.contracts.program import ACTOR_COLUMNS
from stepdown.simulation import arrays as xp
from stepdown.simulation.measures import Package, RowSlots
from stepdown.simulation.shapes import rows
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
    timing: Timing,
    P: Float[Array, "A N"],
    P0: Float[Array, "A N"],
) -> Use:
    """Running costs of all measures under way, over B_i (1 + shift) for money and B_i P/P0 for political
    capital.

    Cost starts with the measure, within half a year, whether or not its effect has ramped up. `shift` (M43)
    is the plain sum of the strengths that move money: it must be known before the shrinking it eases.
    """
    money = _total(package.money * timing.spending, trigger)
    political = _total(package.political * timing.spending, trigger)
    shift = _moved(package.actor_rows, package.actor_rows.strength * timing.actor, trigger)
    money_share = money / (p["budget_money"] * (1.0 + shift))
    political_share = political / (p["budget_political"] * P / P0)
    return Use(money_share, political_share, shrink(money_share) * shrink(political_share))


def _moved(of: RowSlots, act: Float[Array, "row n"], trigger: Float[Array, "M A N"]) -> Float[Array, "A N"]:
    each = rows(act, of.shifting)[:, None] * rows(trigger, rows(of.number, of.shifting))
    return sum((each[i] for i in range(1, len(each))), start=each[0])


def _total(each: Float[Array, "M n"], trigger: Float[Array, "M A N"]) -> Float[Array, "A N"]:
    # Unrolled: a reduction over a leading axis does not fuse and costs ten times as much.
    return sum((each[m] * trigger[m] for m in range(1, len(trigger))), start=each[0] * trigger[0])
