"""One state: its roles and documents, thresholds, warheads, rivals, guarantees, programmes, events."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import Figure
from stepdown.charts.numbers import day
from stepdown.charts.words import word
from stepdown.contracts.facts import Actor, Doctrine, Term
from stepdown.contracts.facts.as_of import doctrine_in_force
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import coded_states, listing, readings
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import ROLES, Language
from stepdown.web.pages import Link
from stepdown.web.record.as_of import AsOf, bar, read_day
from stepdown.web.record.entries import document_rows
from stepdown.web.record.forces import stockpiles
from stepdown.web.record.matrix import FIRST_YEAR, threshold_figure
from stepdown.web.record.places import Row, at, entry_at, tabs
from stepdown.web.record.sheet import Sheet, sheet
from stepdown.web.words import Say

TABLES = ("arsenals", "relations", "guarantees", "programmes", "events", "precedents", "observations")


@dataclass(frozen=True)
class RoleRow:
    """One role of the state: code as a letter (for the mark) and as a word, where it leads."""

    role: str
    code: str
    word: str
    disputed: bool
    href: str


@dataclass(frozen=True)
class StatePage:
    """Everything on record about a state as of a day. `document` is None where none was in force."""

    as_of: AsOf
    tabs: tuple[Link, ...]
    id: str
    name: str
    rows: tuple[Row, ...]
    coded: bool
    document: Link | None
    said: tuple[Row, ...]
    roles: tuple[RoleRow, ...]
    documents: tuple[Row, ...]
    threshold: Figure | None
    stockpile: Figure | None
    sheets: tuple[tuple[str, Sheet], ...]


def state_page(facts: Facts, lang: Language, given: str, state: str) -> StatePage:
    """The page. Raises UnknownNameError for a state that is not on record."""
    actor, on = facts.get(Actor, state), read_day(given)
    coded = sorted((d for d in facts.all(Doctrine) if d.state == state), key=lambda d: earliest(d.valid_from))
    document = doctrine_in_force(facts, state, on)
    found = readings(facts, on, lang, (state,))
    piles = stockpiles(facts, on, lang, state) if actor.nuclear_armed and actor.type == "state" else ()
    sheets = [(kind, sheet(facts, listing(facts, kind, on, (state,), lang), lang)) for kind in TABLES]
    return StatePage(
        bar(lang, f"states/{state}", given, [d.valid_from for d in coded], FIRST_YEAR),
        tabs(lang, "matrix", given),
        actor.id,
        actor.label[lang],
        tuple(_about(actor, lang)),
        state in coded_states(facts),
        Link(document.label[lang], entry_at(lang, document.id), False) if document else None,
        tuple(document_rows(document, lang)) if document else (),
        tuple(_roles(facts, document, given, lang)) if document else (),
        tuple(Row(day(d.valid_from, lang), d.label[lang], entry_at(lang, d.id)) for d in reversed(coded)),
        threshold_figure(facts, found, lang, "threshold") if found else None,
        piles[0].figure if piles else None,
        tuple((kind, table) for kind, table in sheets if table.rows),
    )


def _about(actor: Actor, lang: Language) -> list[Row]:
    say = Say(lang)
    rows = [
        Row(say("record.state.npt"), say(f"record.npt.{actor.npt_status}")),
        Row(say("record.state.armed"), say("record.yes" if actor.nuclear_armed else "record.no")),
    ]
    if actor.first_test_year:
        rows.append(Row(say("record.state.first_test"), str(actor.first_test_year)))
    rows.append(Row(say("record.state.in_model"), say("record.yes" if actor.in_model else "record.no")))
    return [*rows, Row(say("record.state.entry"), actor.id, entry_at(lang, actor.id))]


def _roles(facts: Facts, document: Doctrine, given: str, lang: Language) -> list[RoleRow]:
    rows = []
    for role in ROLES:
        term, cell = facts.get(Term, f"role.{role}"), document.roles[role]
        href = at(lang, as_of=given, state=document.state, role=role) + "#cell"
        rows.append(
            RoleRow(
                term.label.bilingual.heading(lang),
                cell.code,
                word(f"code_{cell.code}", lang),
                cell.disputed,
                href,
            )
        )
    return rows
