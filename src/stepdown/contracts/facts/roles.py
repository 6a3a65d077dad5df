"""Which roles a state's documents give its nuclear weapons."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from stepdown.contracts.facts.base import (
    ActorId,
    Closed,
    Locator,
    NonEmpty,
    PartialDate,
    Sourced,
    SourceId,
    Text,
)
from stepdown.vocabulary.ids import ROLES, Role, RoleCode


class AlternativeCode(Closed):
    """Another defensible reading of the same text."""

    code: RoleCode
    why: Text


class RoleCell(Closed):
    """One role in one document: Y declared, I left open, N excluded or absent, A said by others, U unknown.

    `at` is the passage; absent means that the code was read from the document as a whole.
    """

    code: RoleCode
    at: Locator | None = None
    source: SourceId | None = None
    anchor: NonEmpty | None = None
    alternative: AlternativeCode | None = None
    second_coder: NonEmpty | None = None
    second_code: RoleCode | None = None
    note: Text | None = None

    @property
    def disputed(self) -> bool:
        return self.alternative is not None or self.second_code not in (None, self.code)


class Coding(Closed):
    codebook: NonEmpty
    coder: NonEmpty
    coded_on: PartialDate
    method: Literal["human", "double_blind", "machine_assisted"]


class Doctrine(Sourced):
    """A coded document. In force from `valid_from` until the state's next document, or until `valid_to`."""

    state: ActorId
    label: Text
    valid_from: PartialDate
    valid_to: PartialDate | None = None
    declaratory_policy: Text
    roles: dict[Role, RoleCell]
    negative_security_assurance: Text
    ambiguity: Text
    alert_posture: Text
    delegation: Text
    coding: Coding

    @model_validator(mode="after")
    def _all_roles(self) -> Doctrine:
        missing = [role for role in ROLES if role not in self.roles]
        if missing:
            raise ValueError(f"roles not coded: {', '.join(missing)}; code U when unknown")
        return self
