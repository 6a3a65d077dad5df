"""Sources: the documents and datasets that evidence points into."""

from __future__ import annotations

from typing import Literal

from stepdown.contracts.facts.base import ActorId, Closed, NonEmpty, PartialDate, Record, Text, Verification


class Licence(Closed):
    """What may be passed on: the whole, short quotes, or only the link."""

    name: NonEmpty
    redistribute: Literal["full", "quote", "link_only"]


class Source(Record):
    """A document or dataset. `location`: where it, or the copy that was seen, is published.

    `title` is in the source's own language; `date_published` as precise as known, absent when unknown.
    """

    authors: NonEmpty | None = None
    title: NonEmpty
    title_en: NonEmpty | None = None
    publisher: NonEmpty
    state: ActorId | None = None
    doc_type: Literal[
        "treaty",
        "law",
        "doctrine",
        "white_paper",
        "official_statement",
        "official_data",
        "dataset",
        "book",
        "peer_reviewed",
        "think_tank",
        "news",
        "elicitation",
    ]
    authority: Literal["binding", "promulgated", "declared", "remarks", "third_party", "expert_judgement"]
    lang: NonEmpty
    date_published: PartialDate | None = None
    date_note: Text | None = None
    location: NonEmpty | None = None
    licence: Licence
    verified: Verification
    notes: Text | None = None
