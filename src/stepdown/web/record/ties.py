"""Rivalries and guarantees by theatre; thresholds as declared and as rivals are taken to read them."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import Figure
from stepdown.charts.numbers import between, day, decimal
from stepdown.charts.ties import Bond, ties_chart
from stepdown.contracts.facts import Actor, Doctrine, Guarantee, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import Rivalry, TheatreTies, Tie, coded_states, listing, readings, theatre_ties
from stepdown.vocabulary.ids import Language
from stepdown.web.pages import Link
from stepdown.web.record.as_of import FIRST, AsOf, bar, read_day
from stepdown.web.record.matrix import FIRST_YEAR, in_force, threshold_figure
from stepdown.web.record.places import entry_at, state_at, tabs
from stepdown.web.record.sheet import Cell, Sheet, sheet
from stepdown.web.words import Say


@dataclass(frozen=True)
class TheatreView:
    """One theatre: its drawing, its record, its principal parties."""

    name: str
    href: str
    principals: str
    figure: Figure


@dataclass(frozen=True)
class TiesPage:
    """Every theatre, then all relations and guarantees as tables."""

    as_of: AsOf
    tabs: tuple[Link, ...]
    theatres: tuple[TheatreView, ...]
    relations: Sheet
    guarantees: Sheet
    coded: str


@dataclass(frozen=True)
class ThresholdsPage:
    """Declared thresholds beside the lowest reading, and every reading as a table."""

    as_of: AsOf
    tabs: tuple[Link, ...]
    figure: Figure | None
    sheet: Sheet
    missing: str
    origins: tuple[Link, ...]


def ties_page(facts: Facts, lang: Language, given: str) -> TiesPage:
    """Relations as coded for today, guarantees in force on the day."""
    on = read_day(given)
    changes = [g.valid_from for g in facts.all(Guarantee) if g.valid_from]
    theatres = theatre_ties(facts, on)
    return TiesPage(
        bar(lang, "ties", given, changes, FIRST),
        tabs(lang, "ties", given),
        tuple(_theatre(facts, found, lang) for found in theatres),
        sheet(facts, listing(facts, "relations", on, (), lang), lang),
        sheet(facts, listing(facts, "guarantees", on, (), lang), lang),
        day(theatres[0].record.as_of, lang),
    )


def thresholds_page(facts: Facts, lang: Language, given: str) -> ThresholdsPage:
    """Thresholds of every state with a document in force on the day."""
    on = read_day(given)
    states = coded_states(facts)
    found = readings(facts, on, lang)
    documents = in_force(facts, on, states)
    comma = "、" if lang == "ja" else ", "
    missing = [s for s in states if s not in documents and facts.get(Actor, s).nuclear_armed]
    origins = dict.fromkeys(name for r in found for name in r.origin if not name.startswith("doc."))
    rows = tuple(
        (
            Cell("", (Link(_name(facts, r.state, lang), state_at(lang, r.state, given), False),)),
            Cell(_name(facts, r.observer, lang)),
            Cell(r.attitude),
            Cell(_span(r.declared, lang), (), True),
            Cell(_span(r.perceived, lang), (), True),
            Cell("", (Link(documents[r.state].label[lang], entry_at(lang, r.origin[0]), False),)),
        )
        for r in found
    )
    say = Say(lang)
    keys = ("state", "observer", "attitude", "declared", "perceived", "document")
    heads = tuple((say(f"record.threshold.{k}"), k in ("declared", "perceived")) for k in keys)
    return ThresholdsPage(
        bar(lang, "thresholds", given, [d.valid_from for d in facts.all(Doctrine)], FIRST_YEAR),
        tabs(lang, "thresholds", given),
        threshold_figure(facts, found, lang, "thresholds") if found else None,
        Sheet(say("record.threshold.caption"), heads, rows),
        comma.join(_name(facts, s, lang) for s in missing),
        tuple(Link(_title(facts, name, lang), entry_at(lang, name), False) for name in origins),
    )


def _theatre(facts: Facts, found: TheatreTies, lang: Language) -> TheatreView:
    name = found.record.label[lang]
    names = {s: _name(facts, s, lang) for s in (*found.left, *found.right)}
    figure = ties_chart(
        found.left,
        found.right,
        [Bond(r.left, r.right, r.nuclear, _rivalry(r, lang)) for r in found.rivalries],
        [Bond(t.guarantor, t.protege, t.nuclear, _tie(facts, t, lang)) for t in found.ties],
        names,
        lang,
        figure_id=f"ties-{found.theatre}",
        title=name,
    )
    comma = "、" if lang == "ja" else ", "
    principals = comma.join(_name(facts, s, lang) for s in found.record.principals)
    return TheatreView(name, entry_at(lang, found.record.id), principals, figure)


def _rivalry(rivalry: Rivalry, lang: Language) -> str:
    return Say(lang)("record.rivalry_nuclear" if rivalry.nuclear else "record.rivalry")


def _tie(facts: Facts, tie: Tie, lang: Language) -> str:
    kinds = dict.fromkeys(facts.get(Term, f"guarantee_kind.{g.kind}").label[lang] for g in tie.guarantees)
    return ("、" if lang == "ja" else ", ").join(kinds)


def _span(span: tuple[float, float, float], lang: Language) -> str:
    low, middle, high = (decimal(v, 2) for v in span)
    rest = between(low, high, lang)
    return f"{middle}（{rest}）" if lang == "ja" else f"{middle} ({rest})"


def _name(facts: Facts, actor: str, lang: Language) -> str:
    return facts.get(Actor, actor).label[lang]


def _title(facts: Facts, record: str, lang: Language) -> str:
    label = getattr(facts.find(record), "label", None)
    return label[lang] if label is not None else record
