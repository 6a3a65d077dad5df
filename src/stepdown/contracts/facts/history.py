"""What happened, and what the paper says: precedents, events, claims."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from stepdown.contracts.facts.base import ActorId, MeasureId, NonEmpty, PartialDate, Sourced, TermId, Text
from stepdown.vocabulary.dates import earliest, latest
from stepdown.vocabulary.ids import Theatre, Track


class Precedent(Sourced):
    """An agreement, statement or unilateral step of the past that resembles a measure."""

    label: Text
    date: PartialDate
    parties: tuple[ActorId, ...] = ()
    parties_text: Text | None = None
    status: Text


class Event(Sourced):
    """A crisis, threat, false alarm or accident with nuclear weapons in the background."""

    label: Text
    date_from: PartialDate
    date_to: PartialDate | None = None
    parties: tuple[ActorId, ...]
    type: Literal[
        "nuclear_threat",
        "crisis",
        "false_alarm",
        "accident_or_procedural",
        "exercise_misread",
        "war_under_nuclear_shadow",
    ]
    theatre: Theatre | None = None
    low_posture_relevant: Literal["yes", "partly", "no"]
    resolution: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Event:
        if self.date_to is not None and latest(self.date_to) < earliest(self.date_from):
            raise ValueError(f"date_to {self.date_to} lies before date_from {self.date_from}")
        return self


class Claim(Sourced):
    """A statement of the paper in our words. `anchor`: a few words by which to find the passage.

    Points to the measures it bears on, or says in `no_measure` why none does.
    """

    label: Text
    section: TermId
    anchor: NonEmpty
    type: Literal["descriptive", "mechanism", "conditional", "recommendation"]
    hedge: Literal["firm", "moderate"]
    formal: NonEmpty
    conditions: Text | None = None
    tracks: tuple[Track, ...]
    evidence_to_test: Text
    measures: tuple[MeasureId, ...] = ()
    no_measure: Text | None = None
    as_of: PartialDate

    @model_validator(mode="after")
    def _points_to_a_measure(self) -> Claim:
        if bool(self.measures) == (self.no_measure is not None):
            raise ValueError(
                "a claim points to at least one measure, or says why none in `no_measure`; not both"
            )
        return self
