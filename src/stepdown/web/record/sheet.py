"""A listing of the record as a table whose rows lead to entries, and whose sources lead to sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepdown.contracts.facts import Source
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import Listing
from stepdown.vocabulary.ids import Language
from stepdown.web.pages import Link
from stepdown.web.record.places import entry_at, source_at

NUMERIC = frozenset({"deployed", "reserve", "military_stockpile", "retired", "total_inventory"})


OPENER = {"events": "event", "precedents": "precedent"}
"""The column whose words lead to the entry, where it is not the first."""


@dataclass(frozen=True)
class Cell:
    """What one field shows: words, and links where there are any."""

    text: str
    links: tuple[Link, ...] = ()
    numeric: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table: heads (with whether they are numeric), rows."""

    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet(facts: Facts, found: Listing, lang: Language, drop: Sequence[str] = ()) -> Sheet:
    """A listing as a sheet, without the columns `drop`."""
    columns = [c for c in found.columns if c != "id" and c not in drop]
    heads = dict(zip(found.columns, found.heads, strict=True))
    rows = []
    for row in found.rows:
        cells = [_cell(facts, c, row, lang) for c in columns]
        href = source_at(lang, row["id"]) if found.kind == "sources" else entry_at(lang, row["id"])
        i = columns.index(OPENER.get(found.kind, columns[0]))
        cells[i] = Cell(cells[i].text, (Link(cells[i].text or row["id"], href, False),), cells[i].numeric)
        rows.append(tuple(cells))
    return Sheet(found.title, tuple((heads[c], c in NUMERIC) for c in columns), tuple(rows))


def source_links(facts: Facts, sources: Sequence[str], lang: Language) -> tuple[Link, ...]:
    """Sources by publisher and year, each leading to its page."""
    return tuple(Link(short(facts.get(Source, s)), source_at(lang, s), False) for s in sources)


def short(source: Source) -> str:
    """A source in a few words: who published it, and when."""
    who = re.split(r",| / | \(", source.publisher)[0]
    year = (source.date_published or "")[:4]
    return f"{who} {year}".strip()


def _cell(facts: Facts, column: str, row: Mapping[str, str], lang: Language) -> Cell:
    text = str(row.get(column, ""))
    if column == "sources" and text.startswith("src."):
        return Cell("", source_links(facts, text.split(" "), lang))
    return Cell(text, (), column in NUMERIC)
