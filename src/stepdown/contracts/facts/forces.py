"""With what: arsenals by vintage, long series, capability programmes, single observations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.amounts import ScalarAmount
from stepdown.contracts.facts.base import ActorId, Closed, NonEmpty, PartialDate, Sourced, SourceId, Text
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import Capability, Enabler, Role, Unit

Warheads = Annotated[int, Field(ge=0)]


class Arsenal(Sourced):
    """Estimated warheads of one holder at one date as one publication (the vintage) gave them.

    Vintages are kept apart: a later publication is a new record, never an overwrite. `None`: not published.
    total_inventory = military_stockpile + retired; military_stockpile = deployed + reserve.
    """

    holder: ActorId
    as_of: PartialDate
    vintage: SourceId
    unit: Literal["warhead"] = "warhead"
    deployed: Warheads | None = None
    reserve: Warheads | None = None
    military_stockpile: Warheads | None = None
    retired: Warheads | None = None
    total_inventory: Warheads | None = None
    high_alert: Warheads | None = None


class ArsenalSeries(Sourced):
    """A yearly series of one quantity from one dataset, e.g. 1945 to 2026."""

    holder: ActorId
    vintage: SourceId
    unit: Literal["warhead"] = "warhead"
    quantity: Literal["military_stockpile"]
    values: dict[int, Warheads]


class Observation(Sourced):
    """A dated fact that is no arsenal: a treaty's parties, a declared ceiling. One of value or text."""

    topic: NonEmpty
    label: Text
    unit: Unit
    value: ScalarAmount | None = None
    text: Text | None = None
    parties: tuple[ActorId, ...] = ()
    as_of: PartialDate
    valid_to: PartialDate | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Observation:
        if (self.value is None) == (self.text is None):
            raise ValueError("give exactly one of `value` (a number) and `text`")
        if self.valid_to is not None and earliest(self.valid_to) < earliest(self.as_of):
            raise ValueError(f"valid_to {self.valid_to} lies before as_of {self.as_of}")
        return self


class ProgrammeFact(Closed):
    """One published figure or date of a programme: a number with its unit, or words."""

    label: Text
    unit: Unit | None = None
    value: ScalarAmount | None = None
    text: Text | None = None


class Programme(Sourced):
    """A non-nuclear capability programme. `fielding`: year in which it counts, uncertain; `raises`: the share
    of the remaining distance to a full capability that it closes for each owner (judged unless evidenced)."""

    owners: tuple[ActorId, ...]
    label: Text
    category: NonEmpty
    capability: Capability | Enabler
    in_model: bool
    named_in_paper: bool
    facts: tuple[ProgrammeFact, ...] = ()
    fielding_text: Text
    fielding: ScalarAmount | None = None
    fielding_basis: Text | None = None
    raises: ScalarAmount | None = None
    raises_basis: Text | None = None
    could_substitute: tuple[Role, ...] = ()
    as_of: PartialDate

    @model_validator(mode="after")
    def _simulated_needs_numbers(self) -> Programme:
        if self.in_model and not (self.owners and self.fielding and self.raises):
            raise ValueError("a programme with `in_model: true` needs owners, fielding and raises")
        for name in ("fielding", "raises"):
            if getattr(self, name) is not None and getattr(self, f"{name}_basis") is None:
                raise ValueError(f"`{name}` needs `{name}_basis`: who says so, or whose judgement it is")
        return self
