"""Where a claim fails, in one sentence, and which assumptions decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

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
from stepdown.discovery.columns import chosen_futures, varying
from stepdown.discovery.sentence import sentence
from stepdown.discovery.simple_box import Halves
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


class Search:
    """Scenario discovery over the futures of one run: what does not depend on the claim is made once."""

    def __init__(self, facts: Facts, coordinates: tuple[Coordinate, ...], seed: int) -> None:
        self._facts, self._coordinates, self._seed = facts, coordinates, seed
        self._known: dict[bytes, tuple[Halves, Screen]] = {}
        self._lock = Lock()

    def where(self, run: ClaimsRun, claim: str, part: Simulated) -> Where:
        """Where a part fails among the futures asked; effects of measures that no arm of it has stay out."""
        outcome = _outcome(run, claim, part)
        fails = ~outcome.holds[outcome.asked]
        if not fails.any():
            return Where(told("holds_everywhere"), None, ())
        if fails.all():
            return Where(told("fails_everywhere"), None, ())
        halves, screen = self._tables(outcome.asked)
        only = self._concerned(run, part)
        deciding = screen.deciding(fails, 3, only)
        deciders = tuple(
            Decider(d.coordinate.input_id, coordinate_label(self._facts, d.coordinate), d.importance)
            for d in deciding
        )
        found = halves.box(fails, only)
        event = told("fails_event")
        if found is None:
            return Where(sentence(None, {}, event, told("fails_short")), None, deciders)
        words = {c.name: column_words(self._facts, c) for c in halves.columns if c.name in found.box.inputs}
        said = sentence(found.box, words, event, told("fails_short"))
        named = tuple(words.items())
        picture = ScenarioFinding(claim, part.id, 0.0, event, found.box, said, found.support, named, (), ())
        return Where(said, found.box, deciders, picture)

    def _tables(self, asked: Bool[np.ndarray, " future"]) -> tuple[Halves, Screen]:
        """The inputs of these futures, sorted and cut into classes."""
        key = asked.tobytes()
        with self._lock:
            if key not in self._known:
                columns = varying(chosen_futures(self._coordinates, asked))
                every = np.ones(int(asked.sum()), dtype=bool)
                self._known[key] = Halves(columns, self._seed, RESAMPLES), Screen(columns, every)
            return self._known[key]

    def _concerned(self, run: ClaimsRun, part: Simulated) -> set[str]:
        """All inputs but the effects of measures that no arm of the part contains."""
        arms = {arm for arm, _ in sides_needed(part)}
        used = {use.measure for arm in arms for use in run.suite.arms[arm].measures}
        return {c.name for c in self._coordinates if _concerns(self._facts, c, used)}


def _outcome(run: ClaimsRun, claim: str, part: Simulated) -> SimulatedOutcome:
    verdict = next(p for p in run.verdicts[claim].parts if p.part == part.id)
    assert isinstance(verdict.outcome, SimulatedOutcome)
    return verdict.outcome


def _concerns(facts: Facts, coordinate: Coordinate, measures: set[str]) -> bool:
    effects: Mapping[str, object] = facts.by_type.get(Effect, {})
    record = effects.get(coordinate.input_id)
    return not isinstance(record, Effect) or record.measure in measures
