"""What was sought in a crisis, by whom, and whether it came about."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import model_validator

from stepdown.contracts.facts.base import ActorId, PartialDate, Ref, Sourced, Text

EventId = Annotated[str, Ref("event")]
Attempt = Literal["compellence", "deterrence"]
NuclearPart = Literal["explicit", "signal", "background"]
Stake = Literal["homeland", "territory", "ally", "influence"]
Result = Literal["achieved", "partly", "not_achieved", "unclear"]


class Outcome(Sourced):
    """One attempt inside an event: `by` sought something of `against`.

    `label`: what was sought. `nuclear`: threatened in words, signalled by deeds, or in the background.
    `result` says whether what was sought came about, not why.
    """

    event: EventId
    by: ActorId
    against: ActorId
    attempt: Attempt
    nuclear: NuclearPart
    stake: Stake
    result: Result
    label: Text
    as_of: PartialDate

    @model_validator(mode="after")
    def _two_parties(self) -> Outcome:
        if self.by == self.against:
            raise ValueError("`by` and `against` must differ")
        return self
