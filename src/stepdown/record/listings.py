"""What `record show` lists: records of one kind as of a day, with their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stepdown.contracts.facts import Actor, Sourced
from stepdown.contracts.facts.facts import Facts
from stepdown.record.evidence import cited_sources
from stepdown.record.listers import BY_STATE, LISTERS, View
from stepdown.record.words import word
from stepdown.vocabulary.errors import StepdownError, UnknownNameError
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class Listing:
    """A table with ids of columns, so that JSON and terminal show the same thing."""

    kind: str
    title: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def listing(facts: Facts, kind: str, on: date, states: Sequence[str], lang: Language) -> Listing:
    """The records of a kind as of a day. Raises UnknownNameError for an unknown kind or state,
    StepdownError for states with a kind that is not kept by state."""
    if kind not in LISTERS:
        raise UnknownNameError("listing", kind, ("roles", *LISTERS))
    for state in states:
        facts.get(Actor, state)
    if states and kind not in BY_STATE:
        raise StepdownError(word("not_by_state", lang, kind=word(f"kind_{kind}", lang)))
    view = View(facts, on, tuple(states), lang)
    rows: list[Mapping[str, str]] = []
    for record, row in LISTERS[kind](view):
        sources = {}
        if isinstance(record, Sourced):
            sources["sources"] = " ".join(cited_sources(record)) or word("judgement_only", lang)
        rows.append({"id": record.id, **row, **sources})
    columns = tuple(rows[0]) if rows else ("id",)
    title = word("title_listing", lang, kind=word(f"kind_{kind}", lang), on=on.isoformat())
    return Listing(kind, title, columns, tuple(word(c, lang) for c in columns), tuple(rows))
