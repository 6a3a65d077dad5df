"""What was observed over a period, indicator by indicator, each with the records it follows from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np

from stepdown.assumptions.quantile import quantile
from stepdown.calibration.score import Direction
from stepdown.contracts.facts import (
    ArsenalSeries,
    CodeMapping,
    Doctrine,
    ObservedChange,
    PastInput,
    PastWorld,
)
from stepdown.contracts.facts.as_of import doctrine_in_force
from stepdown.contracts.facts.base import Text
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.backcast.past import past_roles, warheads_in
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import ROLES

Indicator = Literal["tension", "roles", "prompt_launch", "warheads", "perception_gap"]
INDICATORS: tuple[Indicator, ...] = ("tension", "roles", "prompt_launch", "warheads", "perception_gap")
THRESHOLDS: Mapping[Indicator, float] = {
    "tension": 0.05,
    "roles": 0.02,
    "prompt_launch": 0.02,
    "warheads": 0.05,
    "perception_gap": 0.02,
}
"""Changes below these are flat, in the record and in the model: of an index, of ln(warheads)."""
ROLE_VALUES = {"Y": 1.0, "I": 0.5, "N": 0.0}
"""Codes that documents give themselves; what others say (A) or nobody knows (U) is not compared."""
NO_SERIES = Text(
    en="The stockpile series starts later than the period.", ja="保有数の系列が期間の開始より後に始まる。"
)
NO_CODES = Text(en="No coded document of this state at both ends.", ja="期間の両端に符号付けした文書がない。")


@dataclass(frozen=True)
class Observation:
    """One indicator of one subject: its direction, that of the ten years before where known, the records it
    follows from; or why it cannot be compared."""

    indicator: Indicator
    subject: str
    observed: Direction | None
    before: Direction | None
    records: tuple[str, ...]
    why_not: Text | None = None


def observations(facts: Facts, past: PastWorld, world: World) -> tuple[Observation, ...]:
    """Everything observed over a period, in the order of `INDICATORS`. `facts`: today's record."""
    judged = {(o.indicator, o.subject): o for o in facts.all(ObservedChange) if o.period == past.period}
    found = [*_tension(facts, past, world), *_warheads(facts, past, world)]
    if past_roles(facts, past) is None:
        found += _roles(facts, past, world)
    found += [
        Observation(o.indicator, o.subject, o.observed, None, (o.id,), o.not_possible)
        for o in judged.values()
    ]
    return tuple(sorted(found, key=lambda o: INDICATORS.index(o.indicator)))


def tension_levels(facts: Facts, past: PastWorld) -> Mapping[str, tuple[float, float]]:
    """Theatre -> median tension of its code at the start and at the end of the period."""
    record = next(p for p in facts.all(PastInput) if p.period == past.period and p.symbol == "tau0")
    values = facts.get(CodeMapping, record.mapping or "").values
    middle = {code: float(quantile(amount, np.array([0.5]))[0]) for code, amount in values.items()}
    ends = record.end_codes or {}
    return {t: (middle[code], middle[ends[t]]) for t, code in (record.codes or {}).items()}


def direction(change: float, threshold: float) -> Direction:
    """up, flat or down."""
    return "up" if change > threshold else "down" if change < -threshold else "flat"


def _tension(facts: Facts, past: PastWorld, world: World) -> Iterator[Observation]:
    record = next(p for p in facts.all(PastInput) if p.period == past.period and p.symbol == "tau0")
    for theatre, (start, end) in tension_levels(facts, past).items():
        if theatre in world.theatres:
            way = direction(end - start, THRESHOLDS["tension"])
            yield Observation("tension", theatre, way, None, (record.id,))


def _warheads(facts: Facts, past: PastWorld, world: World) -> Iterator[Observation]:
    first, last = earliest(past.start).year, earliest(past.end).year
    for state in world.armed:
        series = next(s for s in facts.all(ArsenalSeries) if s.holder == state)
        ago, start, end = (warheads_in(facts, state, y) for y in (first - 10, first, last))
        if start == 0 or end == 0:
            yield Observation("warheads", state, None, None, (series.id,), NO_SERIES)
            continue
        limit = THRESHOLDS["warheads"]
        before = direction(log(start / ago), limit) if ago > 0 else None
        yield Observation("warheads", state, direction(log(end / start), limit), before, (series.id,))


def _roles(facts: Facts, past: PastWorld, world: World) -> Iterator[Observation]:
    start, end = earliest(past.start), earliest(past.end)
    for state in world.armed:
        old, new = doctrine_in_force(facts, state, start), doctrine_in_force(facts, state, end)
        if old is None or new is None:
            yield Observation("roles", state, None, None, (), NO_CODES)
            continue
        records = tuple(dict.fromkeys((old.id, new.id)))
        way = direction(role_change(old, new), THRESHOLDS["roles"])
        yield Observation("roles", state, way, None, records)


def role_change(old: Doctrine, new: Doctrine) -> float:
    """Mean change of the codes that both documents give themselves: declared 1, open 1/2, excluded 0."""
    pairs = [(old.roles[role].code, new.roles[role].code) for role in ROLES]
    changes = [ROLE_VALUES[b] - ROLE_VALUES[a] for a, b in pairs if a in ROLE_VALUES and b in ROLE_VALUES]
    return float(np.mean(changes)) if changes else 0.0
