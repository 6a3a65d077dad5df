"""The controlled vocabulary: one term per meaning, both languages, with the paper's own words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stepdown.contracts.facts.base import Closed, NonEmpty, Record, Text

Count = Annotated[int, Field(ge=0)]


class Synonyms(Closed):
    en: tuple[NonEmpty, ...] = ()
    ja: tuple[NonEmpty, ...] = ()


class Term(Record):
    """`in_paper`: how often the Japanese label stands in the paper; `model_id`: the model's coarser id.

    `synonyms_in_paper` counts the Japanese synonyms that stand there; one left out does not.
    """

    list: Literal[
        "role",
        "role_group",
        "role_code",
        "doctrine",
        "attack_type",
        "capability",
        "enabler",
        "measure",
        "track",
        "condition",
        "actor",
        "challenge",
        "theatre",
        "cause",
        "lever",
        "section",
        "quantity",
        "unit",
        "evidence_level",
        "guarantee_kind",
        "event_type",
        "claim_type",
        "translation_warning",
    ]
    label: Text
    short: Text | None = None
    synonyms: Synonyms = Synonyms()
    in_paper: Count | None = None
    synonyms_in_paper: dict[str, Count] = Field(default_factory=dict)
    definition: Text | None = None
    model_id: NonEmpty | None = None
