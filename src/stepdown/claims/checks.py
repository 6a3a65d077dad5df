"""Simulated parts: every check is one comparison per future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.claims.verdict import share_of
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.facts.claim_tests import Check, Condition, Quantity, Simulated
from stepdown.contracts.verdicts import CheckOutcome, SimulatedOutcome, Table, Values

_FLAT = {"difference": 0.0, "ratio": 1.0}


def sides_needed(part: Simulated) -> Iterator[tuple[str, Quantity]]:
    """(arm, quantity) of everything a part looks at."""
    for check in part.checks:
        for quantity, arm, less in _sides(check):
            yield arm, quantity
            if less is not None:
                yield less, quantity
    for condition in part.where:
        if condition.of is not None and condition.arm is not None:
            yield condition.arm, condition.of


def _sides(check: Check) -> list[tuple[Quantity, str, str | None]]:
    left = (check.of, check.arm, check.less)
    right = check.right
    return [left] if isinstance(right, float) else [left, right]


def simulated_outcome(
    part: Simulated,
    table: Table,
    coordinates: Sequence[Coordinate],
    ok: Bool[np.ndarray, " future"],
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
) -> SimulatedOutcome:
    """All checks of a part over the futures it speaks of, pooled and lens by lens.

    A lens under which no future is spoken of has no share.
    """
    named = {c.name: c for c in coordinates}
    asked = ok.copy()
    for condition in part.where:
        asked &= _meets(condition, table, named)
    gaps = [_gap(check, table) for check in part.checks]
    each = [holds_in(check, gap) for check, gap in zip(part.checks, gaps, strict=True)]
    holds = np.logical_and.reduce(each)
    by_lens = {
        name: share_of(holds[inside])
        for i, name in enumerate(lenses)
        if np.any(inside := asked & (lens == i))
    }
    outcomes = tuple(_outcome(e[asked], g[asked]) for e, g in zip(each, gaps, strict=True))
    return SimulatedOutcome(share_of(holds[asked]), by_lens, outcomes, holds, asked)


def _outcome(holds: Bool[np.ndarray, " n"], gap: Values) -> CheckOutcome:
    if not len(gap):
        return CheckOutcome(0.0, np.nan, np.nan, np.nan)
    p05, median, p95 = (float(q) for q in np.quantile(gap, [0.05, 0.5, 0.95], method="inverted_cdf"))
    return CheckOutcome(float(holds.mean()), p05, median, p95)


def holds_in(check: Check, gap: Values) -> Bool[np.ndarray, " future"]:
    """Whether the gap between the sides is as the check says; a gap that is no number holds nowhere."""
    answers = {
        "higher": gap > check.by,
        "lower": gap < -check.by,
        "about_the_same": np.abs(gap) <= check.by,
        "not_higher": gap <= check.by,
        "not_lower": gap >= -check.by,
    }
    return np.asarray(answers[check.relation] & np.isfinite(gap))


def _gap(check: Check, table: Table) -> Values:
    """Left minus right; with scale ratio, left over right minus one."""
    left = _side(check.of, check.arm, check.less, check, table)
    right = check.right
    other = right if isinstance(right, float) else _side(*right, check, table)
    if check.scale == "difference" or isinstance(right, float):
        return np.asarray(left - other)
    return _over(left, np.asarray(other)) - 1.0


def _side(quantity: Quantity, arm: str, less: str | None, check: Check, table: Table) -> Values:
    value = table[arm, quantity.key]
    if less is None:
        return value
    base = table[less, quantity.key]
    return value - base if check.scale == "difference" else _over(value, base)


def _over(a: Values, b: Values) -> Values:
    return np.asarray(np.divide(a, b, out=np.full_like(a, np.nan), where=b != 0))


def _meets(
    condition: Condition, table: Table, named: Mapping[str, Coordinate]
) -> Bool[np.ndarray, " future"]:
    if condition.switch is not None:
        switch = named[condition.switch]
        return np.asarray(switch.values == switch.options.index(condition.option or ""))
    if condition.input is not None:
        return np.asarray(_third(named[condition.input].values) == _THIRDS.index(condition.third or ""))
    assert condition.of is not None
    assert condition.arm is not None
    value = table[condition.arm, condition.of.key]
    if condition.above is not None:
        return np.asarray(value > condition.above)
    return np.asarray(value < (condition.below or 0.0))


_THIRDS = ("low", "middle", "high")


def _third(values: Float[np.ndarray, " future"]) -> Int[np.ndarray, " future"]:
    ranks = np.empty(len(values), dtype=int)
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks * 3 // len(values)
