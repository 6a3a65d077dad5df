"""What a record must hold before the model can run on it."""

from __future__ import annotations

from collections.abc import Iterator

from stepdown.contracts.facts.actors import Actor
from stepdown.contracts.facts.as_of import newest_arsenal
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.inputs import CodeMapping, Lens, ModelInput, Switch
from stepdown.contracts.parameters import PARAMETERS
from stepdown.vocabulary.errors import Problem, nearest
from stepdown.vocabulary.ids import LENSES, SWITCH_OPTIONS

READ_FROM_RECORDS = ("R0", "warheads")
"""Symbols without an input record: declared roles come from coded documents, warheads from arsenals."""


def incomplete(facts: Facts) -> Iterator[Problem]:
    """Everything the model needs and the record lacks, and every input the model does not know."""
    yield from _inputs(facts)
    yield from _others(facts)


def _inputs(facts: Facts) -> Iterator[Problem]:
    """Symbols without a record, records without a symbol, and axes that disagree."""
    by_symbol = {record.symbol: record for record in facts.all(ModelInput)}
    for symbol, spec in PARAMETERS.items():
        record = by_symbol.get(symbol)
        if record is None:
            if symbol not in READ_FROM_RECORDS:
                yield Problem("inputs", 0, symbol, "the model needs this input, but no record gives it")
        elif record.axes != spec.axes:
            yield Problem(
                "inputs", 0, record.id, "axes differ from the model's", str(record.axes), str(spec.axes)
            )
    for symbol, record in by_symbol.items():
        if symbol not in PARAMETERS:
            hint = nearest(symbol, PARAMETERS) or ""
            yield Problem("inputs", 0, record.id, "the model has no such symbol", symbol, hint=hint)


def _others(facts: Facts) -> Iterator[Problem]:
    """What else a run needs: every lens, a default reading of the role codes, an estimate per armed state."""
    for lens in LENSES:
        if lens not in facts.by_type.get(Lens, {}):
            yield Problem("lenses", 0, lens, "no record gives this lens")
    for switch in SWITCH_OPTIONS:
        if switch not in facts.by_type.get(Switch, {}):
            yield Problem("switches", 0, switch, "no record gives this switch")
    if sum(m.default and m.of == "role_code" for m in facts.all(CodeMapping)) != 1:
        yield Problem("mappings", 0, "role_code", "exactly one mapping of role codes must be the default")
    for actor in facts.all(Actor):
        if actor.in_model and actor.nuclear_armed:
            arsenal = newest_arsenal(facts, actor.id)
            if arsenal is None or not arsenal.military_stockpile:
                yield Problem(
                    "arsenals", 0, actor.id, "a nuclear-armed state of the model has no stockpile on record"
                )
