"""The record as it stood when a back-cast starts: who was there, what was coded, what was known of growth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import log
from types import MappingProxyType
from typing import get_args

from stepdown.contracts.facts import (
    Actor,
    Arsenal,
    ArsenalSeries,
    CodeMapping,
    Doctrine,
    Guarantee,
    ModelInput,
    PastInput,
    PastWorld,
    Record,
    Relation,
    TheatreRecord,
)
from stepdown.contracts.facts.amounts import Quantiles, ScalarAmount
from stepdown.contracts.facts.as_of import doctrine_in_force, guarantees_on
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.roles import RoleCell
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import ROLES, RoleCode

ROLE_CODES: Mapping[str, RoleCode] = {code: code for code in get_args(RoleCode)}
LOOKS_BACK = (3, 5, 7, 10)
"""Years over which growth is taken, as for today's trends (input.trend_S)."""
TRENDS = {"trend_S": 0.01, "trend_T": 0.03}
"""Growth of strategic and of theatre forces, and how much wider than the four growth rates its band is."""
NO_HISTORY = Quantiles(dist="quantiles", q={0.05: -0.05, 0.5: 0.05, 0.95: 0.2}, support=(-0.1, 0.25))
"""Growth of a state whose series starts later than the replay."""


def past_facts(facts: Facts, world: PastWorld) -> Facts:
    """The record of `world.start` in the shape of today's, so that everything downstream is unchanged.

    Later documents, guarantees and estimates are gone. Inputs of `PastInput` take their past codes; growth
    rates are those of the arsenal series up to the start.
    """
    on = earliest(world.start)
    by_type: dict[type[Record], Mapping[str, Record]] = dict(facts.by_type)
    armed = [a.id for a in _actors(facts, world) if a.in_model and a.nuclear_armed]
    changed: dict[type[Record], Iterator[Record]] = {
        Actor: _actors(facts, world),
        TheatreRecord: (t for t in facts.all(TheatreRecord) if _there(t.theatre, world.theatres)),
        Relation: _relations(facts, world),
        Guarantee: _guarantees(facts, world, on),
        Doctrine: _doctrines(facts, world, on),
        Arsenal: _arsenals(facts, armed, on.year),
        ModelInput: _inputs(facts, world, armed, on.year),
    }
    for kind, records in changed.items():
        by_type[kind] = MappingProxyType({record.id: record for record in records})
    return replace(facts, by_type=MappingProxyType(by_type))


def warheads_in(facts: Facts, state: str, year: int) -> int:
    """Military stockpile of a state in a year, from the long series; 0 where it has none."""
    series = (s for s in facts.all(ArsenalSeries) if s.holder == state)
    return next((s.values.get(year, 0) for s in series), 0)


def past_roles(facts: Facts, world: PastWorld) -> PastInput | None:
    """Role codes given for the period itself, where coded documents do not reach back to it."""
    found = (p for p in facts.all(PastInput) if p.period == world.period and p.symbol == "R0")
    return next(found, None)


def _there(name: str, chosen: tuple[str, ...]) -> bool:
    return not chosen or name in chosen


def _actors(facts: Facts, world: PastWorld) -> Iterator[Actor]:
    for actor in facts.all(Actor):
        yield actor.model_copy(update={"in_model": actor.in_model and _there(actor.id, world.actors)})


def _relations(facts: Facts, world: PastWorld) -> Iterator[Relation]:
    for r in facts.all(Relation):
        inside = all(_there(a, world.actors) for a in (r.challenger, r.defender))
        yield r.model_copy(update={"in_model": r.in_model and inside and _there(r.theatre, world.theatres)})


def _guarantees(facts: Facts, world: PastWorld, on: date) -> Iterator[Guarantee]:
    for g in guarantees_on(facts, on):
        inside = all(_there(a, world.actors) for a in (g.guarantor, g.protege))
        yield g.model_copy(update={"in_model": g.in_model and inside})


def _doctrines(facts: Facts, world: PastWorld, on: date) -> Iterator[Doctrine]:
    """The document in force of every state, which then counts as its newest; judged codes where the period
    has them instead of documents."""
    judged = past_roles(facts, world)
    for state in dict.fromkeys(d.state for d in facts.all(Doctrine)):
        newest = doctrine_in_force(facts, state, on)
        if judged is not None and judged.codes is not None and f"{state}|{ROLES[0]}" in judged.codes:
            codes = {role: RoleCell(code=_code(judged.codes[f"{state}|{role}"])) for role in ROLES}
            form = next(d for d in facts.all(Doctrine) if d.state == state)
            named = {"id": f"{judged.id}.{state}", "valid_from": world.start, "valid_to": None}
            yield form.model_copy(update={**named, "roles": codes, "basis": judged.basis})
        elif newest is not None:
            yield newest.model_copy(update={"valid_to": None})


def _code(text: str) -> RoleCode:
    """A role code from its letter; raises StudyError for another."""
    if text not in ROLE_CODES:
        raise StudyError([Problem("past_input", 0, "R0", "no such role code", text, ", ".join(ROLE_CODES))])
    return ROLE_CODES[text]


def _arsenals(facts: Facts, armed: list[str], year: int) -> Iterator[Arsenal]:
    """One estimate per armed state, from its long series; at least one warhead, which the model needs."""
    for state in armed:
        series = next(s for s in facts.all(ArsenalSeries) if s.holder == state)
        shared = {name: getattr(series, name) for name in ("basis", "confidence", "pedigree", "verified")}
        yield Arsenal(
            id=f"{series.id}.{year}",
            holder=state,
            as_of=str(year),
            vintage=series.vintage,
            military_stockpile=max(warheads_in(facts, state, year), 1),
            review_by=series.review_by,
            **shared,
        )


def _inputs(facts: Facts, world: PastWorld, armed: list[str], year: int) -> Iterator[ModelInput]:
    past = {p.symbol: p for p in facts.all(PastInput) if p.period == world.period}
    for record in facts.all(ModelInput):
        if record.symbol in TRENDS:
            widening = TRENDS[record.symbol]
            growth = {state: _growth(facts, state, year, widening) for state in armed}
            yield record.model_copy(update={"cells": growth})
        elif record.symbol in past:
            yield _as_then(facts, record, past[record.symbol])
        else:
            yield record


def _as_then(facts: Facts, record: ModelInput, past: PastInput) -> ModelInput:
    """Cells of today with those of the past laid over; codes are read through their mappings first."""
    cells: dict[str, ScalarAmount] = dict(record.cells or {})
    if record.codes is not None and record.mapping is not None:
        values = facts.get(CodeMapping, record.mapping).values
        cells = {key: values[code] for key, code in record.codes.items()}
    if past.codes is not None and past.mapping is not None:
        values = facts.get(CodeMapping, past.mapping).values
        cells |= {key: values[code] for key, code in past.codes.items()}
    cells |= past.cells or {}
    return record.model_copy(update={"codes": None, "mapping": None, "amount": None, "cells": cells})


def _growth(facts: Facts, state: str, year: int, widening: float) -> Quantiles:
    """Median and band of yearly logarithmic growth over the years before, as for today's trends."""
    now = warheads_in(facts, state, year)
    then = {k: warheads_in(facts, state, year - k) for k in LOOKS_BACK}
    rates = sorted(log(now / before) / k for k, before in then.items() if now > 0 and before > 0)
    if not rates:
        return NO_HISTORY
    middle = (rates[(len(rates) - 1) // 2] + rates[len(rates) // 2]) / 2
    low, high = (max(-0.2, rates[0] - widening), min(0.2, rates[-1] + widening))
    middle = min(max(middle, low), high)
    return Quantiles(
        dist="quantiles", q={0.05: low, 0.5: middle, 0.95: high}, support=(low - 0.03, high + 0.03)
    )
