"""All records by kind, one kind as a table, and a search over titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepdown.contracts.facts import Record, Source
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import kind_of, listing, title
from stepdown.vocabulary.ids import Language
from stepdown.web.pages import Link
from stepdown.web.problems import UnusableError, not_among
from stepdown.web.record.as_of import read_day
from stepdown.web.record.places import Row, at, entry_at, source_at, tabs
from stepdown.web.record.sheet import Sheet, sheet
from stepdown.web.words import Say

LISTS = (
    *("actors", "relations", "guarantees", "arsenals", "programmes", "observations", "events", "precedents"),
    *("claims", "measures", "effects", "inputs", "switches", "lenses", "mappings", "sources", "terms"),
)
"""Kinds that can be listed, in the order in which they are offered."""
MOST = 60
"""Records a search shows."""


@dataclass(frozen=True)
class ListPage:
    """All records of a kind; `q` narrows by words."""

    tabs: tuple[Link, ...]
    kind: str
    title: str
    sheet: Sheet
    q: str
    all: int


@dataclass(frozen=True)
class AllPage:
    """Every kind with its number of records, and what a search found."""

    tabs: tuple[Link, ...]
    kinds: tuple[tuple[Link, int], ...]
    total: int
    digest: str
    q: str
    found: tuple[Row, ...]
    more: int


def list_page(facts: Facts, lang: Language, kind: str, given: str, q: str) -> ListPage:
    """All records of a kind as of a day. Raises UnusableError for a kind that is not listed."""
    if kind not in LISTS:
        raise UnusableError([not_among("kind", kind, LISTS)])
    found = listing(facts, kind, read_day(given), (), lang)
    whole = sheet(facts, found, lang)
    shown = [row for row in whole.rows if not q or any(_says(q, cell.text) for cell in row)]
    tab = kind if kind == "sources" else "all"
    return ListPage(
        tabs(lang, tab, given),
        kind,
        Say(lang)(f"record.list.{kind}"),
        Sheet(whole.caption, whole.heads, tuple(shown)),
        q,
        len(whole.rows),
    )


def all_page(facts: Facts, lang: Language, q: str) -> AllPage:
    """Kinds of records, and the records whose id or title holds the words `q`."""
    today = read_day("")
    kinds = tuple(
        (
            Link(
                Say(lang)(f"record.list.{kind}"),
                at(lang, "sources" if kind == "sources" else f"list/{kind}"),
                False,
            ),
            len(listing(facts, kind, today, (), lang).rows),
        )
        for kind in LISTS
    )
    found = list(_search(facts, q.strip(), lang)) if q.strip() else []
    return AllPage(
        tabs(lang, "all", ""),
        kinds,
        len(facts),
        facts.digest[:12],
        q,
        tuple(found[:MOST]),
        max(len(found) - MOST, 0),
    )


def _search(facts: Facts, q: str, lang: Language) -> Iterator[Row]:
    say = Say(lang)
    for record in facts:
        name = title(facts, record, lang)
        if _says(q, record.id) or _says(q, name):
            yield Row(name, say(f"record.kind.{kind_of(record)}"), _page_of(record, lang))


def _page_of(record: Record, lang: Language) -> str:
    return source_at(lang, record.id) if isinstance(record, Source) else entry_at(lang, record.id)


def _says(q: str, text: str) -> bool:
    return q.casefold() in text.casefold()
