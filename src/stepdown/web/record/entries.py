"""Any record down to its basis, any source with what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from stepdown.charts import evidence_dot
from stepdown.charts.element import Element
from stepdown.charts.numbers import day
from stepdown.contracts.facts import Doctrine, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import Basis, entry, resting_on, source_entry
from stepdown.vocabulary.ids import ROLES, Language
from stepdown.web.pages import Link
from stepdown.web.record.cell import checked_row, ground_row, trust_rows
from stepdown.web.record.places import Row, at, entry_at, tabs
from stepdown.web.words import Say


@dataclass(frozen=True)
class EntryPage:
    """A record: what it says, on what ground, how it was checked, what speaks against it."""

    tabs: tuple[Link, ...]
    id: str
    kind: str
    title: str
    lines: tuple[Row, ...]
    evidence: Element | None
    grounds: tuple[Row, ...]
    against: tuple[Row, ...]
    trust: tuple[Row, ...]
    cells: tuple[Link, ...]


@dataclass(frozen=True)
class Group:
    """Records of one kind that rest on a source."""

    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SourcePage:
    """A source: what it is, and every record that rests on it."""

    tabs: tuple[Link, ...]
    id: str
    title: str
    language: str
    rows: tuple[Row, ...]
    link: str
    groups: tuple[Group, ...]
    count: int


def entry_page(facts: Facts, lang: Language, record_id: str) -> EntryPage:
    """The page of a record. Raises UnknownNameError with the nearest id."""
    found, record, say = entry(facts, record_id, lang), facts.find(record_id), Say(lang)
    lines = [Row(label, text) for label, text in found.lines]
    cells: tuple[Link, ...] = ()
    if isinstance(record, Doctrine):
        lines = [*document_rows(record, lang), *lines]
        cells = tuple(
            Link(
                facts.get(Term, f"role.{role}").label.bilingual.heading(lang),
                at(lang, f"cells/{record.state}/{role}"),
                False,
            )
            for role in ROLES
        )
    basis = found.basis
    return EntryPage(
        tabs(lang, "all", ""),
        found.id,
        say(f"record.kind.{found.kind}"),
        found.title,
        tuple(lines),
        evidence_dot(basis.evidence, lang, visible_word=True) if basis else None,
        tuple(ground_row(g, lang) for g in basis.grounds if not g.against) if basis else (),
        tuple(_against(basis, lang)) if basis else (),
        tuple(trust_rows(basis, lang)) if basis else (),
        cells,
    )


def source_page(facts: Facts, lang: Language, source_id: str) -> SourcePage:
    """The page of a source. Raises UnknownNameError with the nearest id."""
    found, say = source_entry(facts, source_id, lang), Say(lang)
    rest = resting_on(facts, source_id, lang)
    rows = [Row(say("record.reference"), found.reference, "", found.language)]
    if found.own_title != found.title:
        rows.append(Row(say("record.own_title"), found.own_title, "", found.language))
    rows.append(Row(say("record.type"), found.type))
    if found.published:
        rows.append(Row(say("record.published"), day(found.published, lang)))
    if found.published_note:
        rows.append(Row(say("record.published_note"), found.published_note))
    passing_on = say(f"record.passing_on.{found.passing_on}")
    rows += [
        Row(
            say("record.location"),
            found.location or say("record.no_location"),
            "",
            "en" if found.location else "",
        ),
        Row(say("record.licence"), found.licence, "", "en"),
        Row(say("record.passing_on.label"), passing_on),
        checked_row(found.checked, found.checked_on, lang),
    ]
    if found.notes:
        rows.append(Row(say("record.notes"), found.notes))
    comma = "、" if lang == "ja" else "; "
    groups = tuple(
        Group(
            say(f"record.kind.{kind}"),
            tuple(Row(r.title, comma.join(r.places), entry_at(lang, r.id)) for r in records),
        )
        for kind, records in groupby(rest, key=lambda r: r.kind)
    )
    link = found.location if found.location.startswith(("http://", "https://")) else ""
    return SourcePage(
        tabs(lang, "sources", ""), found.id, found.title, found.language, tuple(rows), link, groups, len(rest)
    )


def document_rows(document: Doctrine, lang: Language) -> list[Row]:
    """What a coded document declares beside its roles."""
    say = Say(lang)
    fields = ("declaratory_policy", "negative_security_assurance", "ambiguity", "alert_posture", "delegation")
    rows = [Row(say("record.document.valid_from"), day(document.valid_from, lang))]
    return [*rows, *(Row(say(f"record.document.{f}"), getattr(document, f)[lang]) for f in fields)]


def _against(basis: Basis, lang: Language) -> list[Row]:
    rows = [ground_row(g, lang) for g in basis.grounds if g.against]
    if basis.dispute:
        rows.append(Row(Say(lang)("record.dispute"), basis.dispute))
    return rows
