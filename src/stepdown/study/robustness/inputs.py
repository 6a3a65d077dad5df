"""The uncertain inputs behind the laboratory's futures, one column each, with their words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from stepdown.assumptions import Planned, documented_programmes, sample_futures, steps_of
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.scenarios import InputWords
from stepdown.discovery.sentence import input_words
from stepdown.experiments import outcome_keys
from stepdown.study.board.laboratory import Laboratory, Uses
from stepdown.study.board.look import Look
from stepdown.study.board.plan import HORIZON, OUTCOMES
from stepdown.study.words import coordinate_label, outcome_label
from stepdown.vocabulary.errors import UnknownNameError

Columns = tuple[Coordinate, ...]
Values = Float[np.ndarray, " future"]


def inputs_of(laboratory: Laboratory, uses: Uses) -> Columns:
    """What differs between the laboratory's futures and can bear on a package: its own measures' effects, the
    documented programmes, and every input of the model. The draws are those the laboratory ran."""
    facts, world, seed = laboratory.facts, laboratory.world, laboratory.seed
    futures, start = laboratory.futures, HORIZON.start
    drawn = sample_futures(facts, world, futures, seed, laboratory.lenses)
    _, programmes = documented_programmes(facts, world, start, futures, seed)
    _, effects = steps_of(facts, world, [Planned.of(use) for use in uses], start, futures, seed)
    return (*drawn.coordinates, *programmes, *effects)


def outcome_of(laboratory: Laboratory, outcome: str) -> tuple[OutcomeKey, OutcomeLabel]:
    """An outcome of the board with its words. Raises UnknownNameError."""
    if outcome not in OUTCOMES:
        raise UnknownNameError("outcome", outcome, OUTCOMES)
    key = next(key for key in outcome_keys(laboratory.world) if key.id == outcome)
    return key, outcome_label(laboratory.facts, key)


def look_at(laboratory: Laboratory, uses: Uses) -> Look:
    """A package in all futures; what the board has computed before is not computed again."""
    parts = range(len(laboratory.parts))
    return Look(laboratory, [laboratory.run(uses, i) for i in parts], [laboratory.run((), i) for i in parts])


def at(columns: Columns, futures: Sequence[int] | np.ndarray) -> Columns:
    """The columns at some futures only."""
    return tuple(Coordinate(c.name, c.input_id, c.values[futures], c.options) for c in columns)


def column_words(facts: Facts, column: Coordinate) -> InputWords:
    """How an input is called, with the thirds of its distribution or the words of its options."""
    options: tuple[Bilingual, ...] = ()
    if column.options:
        switch = facts.get(Switch, column.input_id)
        options = tuple(switch.options[o].label.bilingual for o in column.options)
    return input_words(column, coordinate_label(facts, column), options)
