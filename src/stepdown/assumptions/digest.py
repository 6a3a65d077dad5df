"""A fingerprint of everything that decides what a draw is, so that stored futures can be told to be stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from stepdown.assumptions.audit import input_records
from stepdown.contracts.facts import CodeMapping, Lens, ModelInput, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World

SAMPLED_EVENT = "sampled_event"
"""Mappings of sizes and rates of sampled events: no input is drawn from them."""
NUMBERS = ("symbol", "axes", "shared", "amount", "cells", "codes", "mapping")


def inputs_digest(facts: Facts, world: World, measures: tuple[str, ...] = ()) -> str:
    """SHA-256 of the numbers behind the draws: inputs, mappings, switches, lenses, named axes, and the effect
    records of `measures`. Labels, reasons and sources may change without changing it.
    """
    parts = list(_parts(facts, world, measures))
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _parts(facts: Facts, world: World, measures: tuple[str, ...]) -> Iterator[Any]:
    yield {axis: world.axis(axis) for axis in sorted({a for spec in PARAMETERS.values() for a in spec.axes})}
    yield [[spec.symbol, spec.low, spec.high] for spec in PARAMETERS.values()]
    for record in input_records(facts, world).values():
        yield _numbers(record)
    for mapping in (m for m in facts.all(CodeMapping) if m.of != SAMPLED_EVENT):
        yield [mapping.id, {code: amount.model_dump(mode="json") for code, amount in mapping.values.items()}]
    for switch in facts.all(Switch):
        yield [switch.id, {name: [o.sets, o.scales] for name, o in switch.options.items()}]
    for lens in facts.all(Lens):
        yield [lens.id, lens.weights]
    effects = effects_by_measure(facts)
    for measure in sorted(measures):
        levers = [lever.model_dump(mode="json", exclude={"basis"}) for lever in effects[measure].levers]
        yield [measure, levers]


def _numbers(record: ModelInput) -> dict[str, Any]:
    return record.model_dump(mode="json", include=set(NUMBERS), exclude_none=True)
