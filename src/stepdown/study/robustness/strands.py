"""Futures over inputs: which to draw, where each stands on every axis, and its values in words."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Int

from stepdown.charts.numbers import changes, level
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.scenarios import InputWords
from stepdown.study.robustness.found import Strand, Strands
from stepdown.study.robustness.inputs import Columns, Values, column_words

SHOWN = 50
"""Futures of each kind: more lines hide one another."""
OUTER = (0.01, 0.99)
"""An axis of an input reaches from one quantile to the other; what lies beyond stands at its end."""


def strands(
    facts: Facts,
    outcome: OutcomeLabel,
    columns: Columns,
    futures: Int[np.ndarray, " n"],
    change: Values,
    hits: Bool[np.ndarray, " n"],
) -> Strands:
    """Up to `SHOWN` futures that backfire and as many that do not, evenly over all of their kind.

    `futures`: their numbers among all; `columns`, `change` and `hits` hold the same futures.
    """
    words = [column_words(facts, column) for column in columns]
    last = Coordinate("change", "change", change)
    # No backfire may stand at the end of the axis of changes as if it were a gain: that axis holds all.
    scales = [*(_scale(column, OUTER) for column in columns), _scale(last, (0, 1))]
    chosen = np.concatenate([_evenly(np.flatnonzero(hits == kind)) for kind in (False, True)])
    drawn = tuple(
        Strand(
            int(futures[i]),
            tuple(_place(c.values[i], s) for c, s in zip((*columns, last), scales, strict=True)),
            (*(_value(c, w, i) for c, w in zip(columns, words, strict=True)), _change(outcome, change[i])),
            bool(hits[i]),
        )
        for i in chosen
    )
    marks = [_marks(c, w, s) for c, w, s in zip(columns, words, scales, strict=False)]
    low, high = (_change(outcome, end) for end in scales[-1])
    return Strands((*(w.label for w in words), outcome.label), (*marks, ((0, low), (1, high))), drawn)


def _evenly(members: Int[np.ndarray, " member"]) -> Int[np.ndarray, " chosen"]:
    if len(members) <= SHOWN:
        return members
    return np.asarray(members[np.linspace(0, len(members) - 1, SHOWN).round().astype(int)])


def _scale(column: Coordinate, ends: tuple[float, float]) -> tuple[float, float]:
    if column.options:
        return 0.0, float(len(column.options) - 1)
    low, high = (float(x) for x in np.quantile(column.values, ends))
    return (low, high) if high > low else (low, low + 1.0)


def _place(value: float, scale: tuple[float, float]) -> float:
    return float(np.clip((value - scale[0]) / (scale[1] - scale[0]), 0, 1))


def _value(column: Coordinate, words: InputWords, i: int) -> Bilingual:
    if column.options:
        return words.option(column.options[int(column.values[i])])
    return _level(float(column.values[i]))


def _marks(
    column: Coordinate, words: InputWords, scale: tuple[float, float]
) -> tuple[tuple[float, Bilingual], ...]:
    if column.options:
        return tuple((_place(i, scale), words.option(o)) for i, o in enumerate(column.options))
    return (0, _level(scale[0])), (1, _level(scale[1]))


def _level(value: float) -> Bilingual:
    return Bilingual(level(value), level(value))


def _change(outcome: OutcomeLabel, value: float) -> Bilingual:
    (text,) = changes(outcome.kind, float(value))
    return Bilingual(text, text)
