"""What the model is compared with: counted events, elicited effects, changes that were observed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.amounts import ScalarAmount
from stepdown.contracts.facts.base import (
    ActorId,
    Closed,
    MappingId,
    MeasureId,
    NonEmpty,
    PartialDate,
    Ref,
    Sourced,
    Text,
)
from stepdown.vocabulary.ids import Condition, Lever, Theatre

EventId = Annotated[str, Ref("event")]
Period = Literal["1985-1992", "2014-2024"]
Direction = Literal["up", "flat", "down"]


class OtherCount(Closed):
    """Another defensible count of the same events, run for comparison."""

    name: NonEmpty
    count: Annotated[int, Field(ge=0)]
    events: tuple[EventId, ...] = ()
    why: Text


class EventCount(Sourced):
    """How often something happened while it could have: a Poisson likelihood for one cell of a symbol.

    `key`: the cell (a theatre), absent for a symbol without axes. Exposure: `date_from` to `date_to`, times
    `actors`. Where `events` lists records, there are `count` of them.
    """

    symbol: Literal["H0", "l0", "h0"]
    key: NonEmpty | None = None
    label: Text
    count: Annotated[int, Field(ge=0)]
    events: tuple[EventId, ...] = ()
    date_from: PartialDate
    date_to: PartialDate
    actors: Annotated[int, Field(ge=1)] = 1
    rule: Text
    other: tuple[OtherCount, ...] = ()

    @model_validator(mode="after")
    def _events_are_counted(self) -> EventCount:
        for name, count, events in (
            (self.id, self.count, self.events),
            *((o.name, o.count, o.events) for o in self.other),
        ):
            if events and len(events) != count:
                raise ValueError(f"{name}: count {count}, but {len(events)} events are listed")
        return self


class PolicyPart(Closed):
    """One measure of an elicited policy; `levers` limits it to those that the policy is about."""

    measure: MeasureId
    levers: tuple[Lever, ...] = ()


class OtherPolicy(Closed):
    """Another defensible reading of the same policy, run for comparison."""

    name: NonEmpty
    parts: Annotated[tuple[PolicyPart, ...], Field(min_length=1)]
    why: Text


class PolicyEffect(Sourced):
    """An elicited change of cumulative use risk by `until` if a policy is carried out by all `actors`.

    `change`: the median answer, e.g. -.25. `tolerance`: how near the model's median must come. The question
    supposes that the policy is in force, so the run supposes it too (see docs/method/calibration.md).
    """

    label: Text
    parts: Annotated[tuple[PolicyPart, ...], Field(min_length=1)]
    actors: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    start: int
    until: int
    condition: Condition = "unilateral"
    change: Annotated[float, Field(gt=-1, lt=1)]
    tolerance: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    mapping: Text
    other: tuple[OtherPolicy, ...] = ()


class PastWorld(Sourced):
    """A period that can be replayed: who is in it, from when to when, and what is left out, and why.

    Empty `actors` or `theatres`: all of today's model.
    """

    period: Period
    label: Text
    start: PartialDate
    end: PartialDate
    actors: tuple[ActorId, ...] = ()
    theatres: tuple[Theatre, ...] = ()
    left_out: Text


class PastInput(Sourced):
    """An input of the model as it stood when a back-cast starts, where it differs from today's record.

    Codes with a mapping, or cells, as in an input record; keys that are not given stay as today. `end_codes`
    (tension only): the codes at the end of the period, which give the observed direction.
    """

    period: Period
    symbol: NonEmpty
    codes: dict[str, str] | None = None
    end_codes: dict[str, str] | None = None
    mapping: MappingId | None = None
    cells: dict[str, ScalarAmount] | None = None
    as_of: PartialDate

    @model_validator(mode="after")
    def _one_form(self) -> PastInput:
        if (self.codes is None) == (self.cells is None):
            raise ValueError("give exactly one of codes and cells")
        if (self.codes is None) != (self.mapping is None):
            raise ValueError("`codes` and `mapping` belong together")
        if (self.end_codes is not None) != (self.symbol == "tau0"):
            raise ValueError("`end_codes` belong to tau0, and tau0 needs them")
        return self


class PastStep(Sourced):
    """What was agreed or ordered within a replayed period, as measures of the model; or why it is not told.

    `parts` at the far end of their effect records, by `actors` (groupings allowed) from the date of the
    precedent on, in `theatres` (empty: where the actors are principals).
    """

    period: Period
    precedent: Annotated[str, Ref("precedent")]
    parts: tuple[PolicyPart, ...] = ()
    actors: tuple[ActorId, ...] = ()
    theatres: tuple[Theatre, ...] = ()
    not_told: Text | None = None

    @model_validator(mode="after")
    def _told_or_why_not(self) -> PastStep:
        told = bool(self.parts), bool(self.actors)
        if any(told) == (self.not_told is not None) or any(told) != all(told):
            raise ValueError("give `parts` and `actors`, or say in `not_told` why not; not both")
        return self


class ObservedChange(Sourced):
    """What was observed over a period: the direction of one indicator, or why it cannot be compared yet.

    Directions of tension, warheads, and roles with coded documents follow from other records and have none.
    """

    period: Period
    indicator: Literal["roles", "prompt_launch", "perception_gap"]
    subject: NonEmpty
    observed: Direction | None = None
    not_possible: Text | None = None
    as_of: PartialDate

    @model_validator(mode="after")
    def _observed_or_why_not(self) -> ObservedChange:
        if (self.observed is None) == (self.not_possible is None):
            raise ValueError("give `observed`, or say in `not_possible` why it cannot be compared; not both")
        return self
