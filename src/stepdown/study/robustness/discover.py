"""When a package backfires: the simple stable box, the inputs that decide, and futures laid over them."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool

from stepdown.contracts.comparison import Influence
from stepdown.contracts.effects import ALL_LENSES, Bilingual, DecidingInput
from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.scenarios import ScenarioFinding
from stepdown.discovery import Screen
from stepdown.discovery.deciding import Deciding
from stepdown.discovery.given_data import given_data
from stepdown.discovery.simple_box import MIN_HITS
from stepdown.record.evidence import cited_sources, evidence_level
from stepdown.study.analysis.analyse import LEAST_FUTURES, event, scenario
from stepdown.study.board.laboratory import Laboratory, Uses
from stepdown.study.robustness.drivers import drivers
from stepdown.study.robustness.found import Conditions
from stepdown.study.robustness.inputs import (
    Columns,
    Values,
    at,
    column_words,
    inputs_of,
    look_at,
    outcome_of,
)
from stepdown.study.robustness.strands import strands
from stepdown.study.words import coordinate_label, record_behind, words

DECIDING = 4
"""Inputs that are named beside the box."""
AXES = 5
"""Inputs over which futures are laid."""


def discover(laboratory: Laboratory, uses: Uses, letter: str, outcome: str) -> Conditions:
    """See `stepdown.study.robustness.conditions`."""
    key, label = outcome_of(laboratory, outcome)
    look = look_at(laboratory, uses)
    kept = np.flatnonzero(look.under(ALL_LENSES))
    columns = at(inputs_of(laboratory, uses), kept)
    way = look.way(outcome)[kept]
    hits = way < -key.little_change
    finding: ScenarioFinding | None = None
    deciding: tuple[DecidingInput, ...] = ()
    if min(int(hits.sum()), int(np.sum(~hits))) >= MIN_HITS:
        events = event(letter, label, key.little_change)
        finding = _scenario(laboratory, columns, hits, letter, outcome, events, key.little_change)
        screen = Screen(columns, np.ones(len(hits), dtype=bool))
        found = screen.deciding(hits, DECIDING)
        deciding = tuple(_deciding(laboratory.facts, d, letter, outcome) for d in found)
    change = look.change(outcome)[kept]
    above = _above_chance(columns, way)
    axes = _axes(columns, above, finding)
    laid = strands(laboratory.facts, label, axes, kept, change, hits) if axes else None
    moves = drivers(laboratory.facts, label, columns, change, above)
    return Conditions(label, float(hits.mean()), len(hits), finding, deciding, moves, laid)


def _scenario(
    laboratory: Laboratory,
    columns: Columns,
    hits: Bool[np.ndarray, " future"],
    letter: str,
    outcome: str,
    events: tuple[Bilingual, Bilingual],
    level: float,
) -> ScenarioFinding:
    named = {c.name: column_words(laboratory.facts, c) for c in columns}
    return scenario(letter, outcome, level, columns, hits, named, events, laboratory.seed)


def _above_chance(columns: Columns, way: Values) -> tuple[Influence, ...]:
    """Inputs that move the change by more than chance alone would, the strongest first."""
    if len(way) < LEAST_FUTURES or np.ptp(way) == 0:
        return ()
    ranked = given_data("change", columns, way, resamples=1, intervals=1)
    return tuple(i for i in ranked.influences if i.value > (ranked.noise or 0.0))


def _axes(columns: Columns, above: tuple[Influence, ...], finding: ScenarioFinding | None) -> Columns:
    """Inputs of the box first, then those that move the change most."""
    boxed = finding.box.inputs if finding is not None and finding.box is not None else ()
    by_name = {c.name: c for c in columns}
    return tuple(by_name[name] for name in list(dict.fromkeys((*boxed, *(i.name for i in above))))[:AXES])


def _deciding(facts: Facts, found: Deciding, letter: str, outcome: str) -> DecidingInput:
    label = coordinate_label(facts, found.coordinate)
    record = record_behind(facts, found.coordinate)
    if found.option is not None:
        option = facts.get(Switch, found.coordinate.input_id).options[found.option].label
        condition = Bilingual(f"{label.en}: {option.en}", f"{label.ja}：{option.ja}")
    else:
        rises = (found.high or 0.0) > (found.low or 0.0)
        condition = words("condition", "high" if rises else "low", label=label)
    return DecidingInput(
        letter,
        outcome,
        found.coordinate.input_id,
        label,
        found.importance,
        condition,
        found.low,
        found.high,
        evidence_level(record) if record is not None else 0,
        tuple(cited_sources(record)) if record is not None else (),
    )
