"""Influence of every record on an effect, from the futures at hand, with its pedigree."""

from __future__ import annotations

import numpy as np

from stepdown.assumptions.audit import input_records
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts import Effect, Measure, ModelInput, Programme, Sourced, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.discovery.given_data import given_data
from stepdown.study.assumptions.cards import strength
from stepdown.study.assumptions.weight import Weighed, WeighedKind, Weights
from stepdown.study.board.laboratory import Laboratory, Uses
from stepdown.study.robustness.inputs import at, inputs_of, look_at, outcome_of
from stepdown.study.words import coordinate_label

_KIND: dict[type[Sourced], WeighedKind] = {Switch: "switch", Effect: "effect", Programme: "programme"}


def weigh(laboratory: Laboratory, uses: Uses, outcome: str) -> Weights:
    """See `stepdown.study.assumptions.weights`. A package that changes nothing leaves nothing to weigh."""
    _, label = outcome_of(laboratory, outcome)
    look = look_at(laboratory, uses)
    kept = np.flatnonzero(look.under(ALL_LENSES))
    columns = at(inputs_of(laboratory, uses), kept)
    change = look.change(outcome)[kept]
    if np.ptp(change) == 0:
        return Weights(label, (), 1.0, len(kept))
    found = given_data(outcome, columns, change, resamples=1, intervals=1, seed=laboratory.seed)
    by_name = {c.name: c for c in columns}
    records = {f"input.{s}": r for s, r in input_records(laboratory.facts, laboratory.world).items()}
    weighed: dict[str, Weighed] = {}
    for influence in found.influences:
        column = by_name[influence.name]
        if column.input_id in weighed:
            continue
        record = records.get(column.input_id) or laboratory.facts.find(column.input_id)
        assert isinstance(record, Sourced)
        number = coordinate_label(laboratory.facts, column)
        weighed[record.id] = Weighed(
            record.id,
            _KIND.get(type(record), "input"),
            _label(laboratory.facts, record),
            number,
            influence.value,
            strength(record),
        )
    return Weights(label, tuple(weighed.values()), found.noise or 0.0, found.futures)


def _label(facts: Facts, record: Sourced) -> Bilingual:
    if isinstance(record, Effect):
        return facts.get(Measure, record.measure).label.bilingual
    assert isinstance(record, ModelInput | Switch | Programme)
    return record.label.bilingual
