"""Where a claim fails, in one sentence, and which assumptions decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from stepdown.claims import sides_needed
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Effect
from stepdown.contracts.facts.claim_tests import Simulated
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.scenarios import Box, ScenarioFinding
from stepdown.contracts.verdicts import SimulatedOutcome
from stepdown.discovery import Screen
from stepdown.discovery.sentence import sentence
from stepdown.discovery.simple_box import simple_box
from stepdown.study.claims.run import ClaimsRun
from stepdown.study.claims.words import told
from stepdown.study.robustness.inputs import column_words
from stepdown.study.words import coordinate_label

RESAMPLES = 12


@dataclass(frozen=True, slots=True)
class Decider:
    """An assumption that decides: its share of the explained difference between holding and failing."""

    input_id: str
    label: Bilingual
    importance: float


@dataclass(frozen=True, slots=True)
class Where:
    """One sentence on where a part fails, the box behind it, and the assumptions that decide most.

    `picture`: the box as charts draw it.
    """

    told: Bilingual
    box: Box | None
    deciders: tuple[Decider, ...]
    picture: ScenarioFinding | None = None


def where_it_fails(facts: Facts, run: ClaimsRun, claim: str, part: Simulated) -> Where:
    """Scenario discovery over the futures asked; effects of measures that no arm of the part has stay out."""
    outcome = _outcome(run, claim, part)
    asked = outcome.asked
    fails = ~outcome.holds[asked]
    if not fails.any():
        return Where(told("holds_everywhere"), None, ())
    if fails.all():
        return Where(told("fails_everywhere"), None, ())
    columns = tuple(
        Coordinate(c.name, c.input_id, c.values[asked], c.options)
        for c in _inputs(facts, run, part)
        if np.ptp(c.values[asked]) > 0
    )
    found = simple_box(columns, fails, seed=run.seed, resamples=RESAMPLES)
    box = found.box if found else None
    words = {c.name: column_words(facts, c) for c in columns if box is not None and c.name in box.inputs}
    event = told("fails_event")
    said = sentence(box, words, event, told("fails_short"))
    support, named = (found.support, tuple(words.items())) if found else ((), ())
    picture = ScenarioFinding(claim, part.id, 0.0, event, box, said, support, named, (), ()) if box else None
    return Where(said, box, _deciders(facts, columns, fails), picture)


def _outcome(run: ClaimsRun, claim: str, part: Simulated) -> SimulatedOutcome:
    verdict = next(p for p in run.verdicts[claim].parts if p.part == part.id)
    assert isinstance(verdict.outcome, SimulatedOutcome)
    return verdict.outcome


def _inputs(facts: Facts, run: ClaimsRun, part: Simulated) -> tuple[Coordinate, ...]:
    """All inputs but the effects of measures that no arm of the part contains."""
    arms = {arm for arm, _ in sides_needed(part)}
    used = {use.measure for arm in arms for use in run.suite.arms[arm].measures}
    return tuple(c for c in run.coordinates if _concerns(facts, c, used))


def _concerns(facts: Facts, coordinate: Coordinate, measures: set[str]) -> bool:
    effects: Mapping[str, object] = facts.by_type.get(Effect, {})
    record = effects.get(coordinate.input_id)
    return not isinstance(record, Effect) or record.measure in measures


def _deciders(
    facts: Facts, columns: tuple[Coordinate, ...], fails: Bool[np.ndarray, " n"]
) -> tuple[Decider, ...]:
    screen = Screen(columns, np.ones(len(fails), dtype=bool))
    return tuple(
        Decider(d.coordinate.input_id, coordinate_label(facts, d.coordinate), d.importance)
        for d in screen.deciding(fails, count=3)
    )
