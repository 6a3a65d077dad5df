"""Who: states and groupings, who could attack whom and where, who guarantees whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stepdown.contracts.facts.base import ActorId, NonEmpty, PartialDate, Sourced, Text
from stepdown.vocabulary.ids import AttackType, Theatre


class Actor(Sourced):
    """A state (ISO 3166-1 alpha-3 id) or a grouping. `in_model`: an actor of the simulation."""

    label: Text
    type: Literal["state", "grouping"]
    members: tuple[ActorId, ...] = ()
    iso2: NonEmpty | None = None
    in_model: bool = False
    nuclear_armed: bool = False
    p5: bool = False
    npt_status: Literal["NWS", "NNWS", "non_party", "withdrawn", "not_applicable"]
    first_test_year: int | None = None
    frameworks: tuple[NonEmpty, ...] = ()
    as_of: PartialDate


class TheatreRecord(Sourced):
    """A region in which overlapping relations share one crisis, so that it is counted once."""

    theatre: Theatre
    label: Text
    principals: Annotated[tuple[ActorId, ...], Field(min_length=2)]
    as_of: PartialDate


class Relation(Sourced):
    """One meaning only: `challenger` could attack `defender`, with these attack types.

    Every rivalry has both directions. `in_model` false keeps a relation on record without simulating it
    (two states that are partners today). `dispute_onsets`: militarised disputes 1946-2010 of the pair.
    """

    challenger: ActorId
    defender: ActorId
    theatre: Theatre
    attack_types: Annotated[tuple[AttackType, ...], Field(min_length=1)]
    in_model: bool = True
    named_in_paper: bool
    recorded_as: NonEmpty | None = None
    label: Text
    dispute_onsets: Annotated[int, Field(ge=0)] | None = None
    as_of: PartialDate


class Guarantee(Sourced):
    """`guarantor` has given `protege` an assurance of this kind.

    Only `formal_nuclear` and `sharing_host` carry a nuclear guarantee; a treaty without one stays
    `conventional_only`, talks without a promise stay `consultation`.
    """

    guarantor: ActorId
    protege: ActorId
    kind: Literal["formal_nuclear", "sharing_host", "consultation", "conventional_only"]
    in_model: bool = True
    named_in_paper: bool
    recorded_as: NonEmpty | None = None
    label: Text
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    as_of: PartialDate
