"""Arsenals over time, capability programmes, and events: charts above the record's own listings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stepdown.charts import Figure
from stepdown.charts.spans import Span, SpanRow, span_chart
from stepdown.charts.stockpiles import stockpile_chart
from stepdown.contracts.facts import Actor, Arsenal, ArsenalSeries, Event, Programme, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import listing
from stepdown.vocabulary.dates import earliest, latest
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import Language
from stepdown.web.pages import Link
from stepdown.web.record.as_of import FIRST, AsOf, bar, read_day
from stepdown.web.record.places import Row, entry_at, tabs
from stepdown.web.record.sheet import Sheet, sheet
from stepdown.web.words import Say

AXIS = (2022, 2040)
"""Years of the chart of programmes."""


@dataclass(frozen=True)
class Stockpile:
    """One state's series: the chart and the record it is drawn from."""

    name: str
    href: str
    figure: Figure


@dataclass(frozen=True)
class ForcesPage:
    """A part with charts above a listing. `part` names it; `choices` narrow it by state where it can be."""

    part: str
    as_of: AsOf
    tabs: tuple[Link, ...]
    stockpiles: tuple[Stockpile, ...]
    figure: Figure | None
    sheet: Sheet
    choices: tuple[Row, ...]
    state: str


def arsenals_page(facts: Facts, lang: Language, given: str) -> ForcesPage:
    """The latest estimates published by the day, and the long series up to its year."""
    on = read_day(given)
    changes = [a.as_of for a in facts.all(Arsenal)]
    found = sheet(facts, listing(facts, "arsenals", on, (), lang), lang)
    return ForcesPage(
        "arsenals",
        bar(lang, "arsenals", given, changes, FIRST),
        tabs(lang, "arsenals", given),
        stockpiles(facts, on, lang),
        None,
        found,
        (),
        "",
    )


def stockpiles(facts: Facts, on: date, lang: Language, only: str = "") -> tuple[Stockpile, ...]:
    """Charts of the long series up to a year, on the same axes; of one holder where `only` names it."""
    series = facts.all(ArsenalSeries)
    last = max(year for s in series for year in s.values)
    cut = {s.holder: {y: n for y, n in s.values.items() if y <= on.year} for s in series}
    found = []
    for s in series:
        name = facts.get(Actor, s.holder).label[lang]
        if only in ("", s.holder):
            figure = stockpile_chart(
                cut[s.holder],
                [values for holder, values in cut.items() if holder != s.holder],
                (FIRST, last),
                lang,
                figure_id=f"stock-{s.holder}",
                title=Say(lang)("record.stockpile_title", state=name),
            )
            found.append(Stockpile(name, entry_at(lang, s.id), figure))
    return tuple(found)


def programmes_page(facts: Facts, lang: Language, given: str, state: str = "") -> ForcesPage:
    """Programmes on record by the day, with the years in which those that are simulated may count."""
    on, say = read_day(given), Say(lang)
    owners = [p.owners for p in facts.all(Programme)]
    choices = _choices(facts, [o for group in owners for o in group], lang, state)
    shown = [p for p in facts.all(Programme) if p.fielding is not None and (not state or state in p.owners)]
    rows = [_programme(p, lang) for p in sorted(shown, key=lambda p: _ends(p)[0])]
    figure = None
    if rows:
        figure = span_chart(
            rows,
            AXIS,
            lang,
            figure_id="fielding",
            title=say("record.fielding_title"),
            finding=say("record.fielding_finding", count=len(rows)),
        )
    narrowed = (state,) if state else ()
    return ForcesPage(
        "programmes",
        bar(lang, "programmes", given, [p.as_of for p in facts.all(Programme)], FIRST, state=state),
        tabs(lang, "programmes", given),
        (),
        figure,
        sheet(facts, listing(facts, "programmes", on, narrowed, lang), lang),
        choices,
        state,
    )


def events_page(facts: Facts, lang: Language, given: str, state: str = "") -> ForcesPage:
    """Events that had begun by the day, newest first, above them a strip by kind."""
    on, say = read_day(given), Say(lang)
    events = [
        e for e in facts.all(Event) if earliest(e.date_from) <= on and (not state or state in e.parties)
    ]
    parties = [p for e in facts.all(Event) for p in e.parties]
    choices = _choices(facts, parties, lang, state)
    figure = None
    if events:
        figure = span_chart(
            _by_type(facts, events, lang),
            (FIRST, date.today().year + 1),
            lang,
            figure_id="events",
            title=say("record.events_title"),
            finding=say("record.events_finding", count=len(events)),
        )
    found = sheet(facts, listing(facts, "events", on, (state,) if state else (), lang), lang)
    newest_first = Sheet(found.caption, found.heads, tuple(reversed(found.rows)))
    changes = [e.date_from for e in facts.all(Event)]
    return ForcesPage(
        "events",
        bar(lang, "events", given, changes, FIRST, state=state),
        tabs(lang, "events", given),
        (),
        figure,
        newest_first,
        choices,
        state,
    )


def _choices(facts: Facts, actors: list[str], lang: Language, state: str) -> tuple[Row, ...]:
    """Actors to narrow a listing to, in the order of the record. Raises UnknownNameError for another one."""
    known = [a for a in facts.all(Actor) if a.id in actors]
    if state and state not in {a.id for a in known}:
        raise UnknownNameError("state", state, [a.id for a in known])
    return tuple(Row(a.label[lang], a.id) for a in known)


def _programme(p: Programme, lang: Language) -> SpanRow:
    low, middle, high = _ends(p)
    name = p.label[lang]
    return SpanRow(name, (Span(name, low, high, f"{low:.0f}", f"{high:.0f}", middle),))


def _ends(p: Programme) -> tuple[float, float, float]:
    """First, most likely and last year of a programme's fielding as its record gives them."""
    amount = p.fielding.model_dump() if p.fielding is not None else {}
    low, high = amount.get("low", amount.get("value", 0)), amount.get("high", amount.get("value", 0))
    return float(low), float(amount.get("mode", (low + high) / 2)), float(high)


def _by_type(facts: Facts, events: list[Event], lang: Language) -> list[SpanRow]:
    rows = []
    for kind in dict.fromkeys(e.type for e in facts.all(Event)):
        spans = tuple(
            Span(
                e.label[lang],
                _year(earliest(e.date_from)),
                _year(latest(e.date_to or e.date_from)),
                e.date_from,
                e.date_to or "–",
            )
            for e in events
            if e.type == kind
        )
        if spans:
            rows.append(SpanRow(f"{facts.get(Term, f'event_type.{kind}').label[lang]} ({len(spans)})", spans))
    return rows


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
