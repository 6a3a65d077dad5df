"""What moves an effect most: inputs whose classes part the change by more than chance would."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stepdown.charts.numbers import changes
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.comparison import Influence
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.record.evidence import evidence_level
from stepdown.study.robustness.found import Driver
from stepdown.study.robustness.inputs import Columns, Values
from stepdown.study.words import coordinate_label, record_behind

NAMED = 5
"""Inputs that are named."""


def drivers(
    facts: Facts, outcome: OutcomeLabel, columns: Columns, change: Values, above: Sequence[Influence]
) -> tuple[Driver, ...]:
    """The strongest of `above`, the inputs that stand out from chance, strongest first.

    `columns` and `change` hold the same futures.
    """
    by_name = {c.name: c for c in columns}
    return tuple(_driver(facts, outcome, by_name[i.name], change, i.value) for i in above[:NAMED])


def _driver(
    facts: Facts, outcome: OutcomeLabel, column: Coordinate, change: Values, influence: float
) -> Driver:
    record = record_behind(facts, column)
    low, high = (
        _options(facts, outcome, column, change) if column.options else _thirds(outcome, column, change)
    )
    evidence = evidence_level(record) if record is not None else 0
    return Driver(coordinate_label(facts, column), influence, low, high, evidence)


def _thirds(outcome: OutcomeLabel, column: Coordinate, change: Values) -> tuple[Bilingual, Bilingual]:
    """The median change in the lowest and in the highest third of the input."""
    ends = np.quantile(column.values, (1 / 3, 2 / 3))
    inside = column.values <= ends[0], column.values >= ends[1]
    low, high = changes(outcome.kind, *(float(np.median(change[i])) for i in inside))
    return Bilingual(low, low), Bilingual(high, high)


def _options(
    facts: Facts, outcome: OutcomeLabel, column: Coordinate, change: Values
) -> tuple[Bilingual, Bilingual]:
    """The options of a switch with the lowest and the highest median change."""
    held = [i for i in range(len(column.options)) if np.any(column.values == i)]
    medians = [float(np.median(change[column.values == i])) for i in held]
    first, last = int(np.argmin(medians)), int(np.argmax(medians))
    texts = changes(outcome.kind, medians[first], medians[last])
    switch = facts.get(Switch, column.input_id)
    labels = [switch.options[column.options[held[i]]].label.bilingual for i in (first, last)]
    low, high = (
        Bilingual(f"{text} ({label.en})", f"{text}（{label.ja}）")
        for text, label in zip(texts, labels, strict=True)
    )
    return low, high
