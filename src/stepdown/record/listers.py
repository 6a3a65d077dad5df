"""For each kind, which records a listing shows and which columns: one short function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stepdown.contracts.facts import (
    Actor,
    Arsenal,
    ArsenalSeries,
    Claim,
    CodeMapping,
    Effect,
    Event,
    Lens,
    Measure,
    ModelInput,
    Observation,
    Precedent,
    Programme,
    Record,
    Relation,
    Source,
    Switch,
    Term,
)
from stepdown.contracts.facts.as_of import arsenal_on, guarantees_on
from stepdown.contracts.facts.facts import Facts
from stepdown.record.amount_words import amount_words
from stepdown.record.words import word
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import ENABLERS, Language


@dataclass(frozen=True)
class View:
    """From where a listing looks: the record, the day, the states of interest (none = all), the language."""

    facts: Facts
    on: date
    states: tuple[str, ...]
    lang: Language

    def concerns(self, *parties: str) -> bool:
        return not self.states or any(p in self.states for p in parties)

    def name(self, actor: str) -> str:
        return self.facts.get(Actor, actor).label[self.lang]

    def names(self, actors: Sequence[str]) -> str:
        """Names in a row; a dash where the record names nobody in particular."""
        return ("、" if self.lang == "ja" else ", ").join(map(self.name, actors)) or "–"

    def term(self, term_id: str) -> str:
        return self.facts.get(Term, term_id).label[self.lang]


Row = dict[str, Any]
Lister = Callable[[View], Iterator[tuple[Record, Row]]]


def _arsenals(v: View) -> Iterator[tuple[Record, Row]]:
    """The latest estimate published by the day; before the first one, the long series' value for the year."""
    numbers = ("deployed", "reserve", "military_stockpile", "retired", "total_inventory")
    series = {r.holder: r for r in v.facts.all(ArsenalSeries)}
    for holder in dict.fromkeys((*(a.holder for a in v.facts.all(Arsenal)), *series)):
        best = arsenal_on(v.facts, holder, v.on)
        record: Arsenal | ArsenalSeries | None = best or series.get(holder)
        if record is None or not v.concerns(holder):
            continue
        if best is not None:
            known, year = {n: getattr(best, n) for n in numbers}, best.as_of
        else:
            stockpile = series[holder].values.get(v.on.year)
            if not stockpile:
                continue
            known, year = {"military_stockpile": stockpile}, str(v.on.year)
        shown = {n: word("code_U", v.lang) if known.get(n) is None else f"{known[n]:,}" for n in numbers}
        vintage = v.facts.get(Source, record.vintage).publisher
        yield record, {"holder": v.name(holder), "year": year, **shown, "vintage": vintage}


def _programmes(v: View) -> Iterator[tuple[Record, Row]]:
    for p in v.facts.all(Programme):
        if earliest(p.as_of) <= v.on and v.concerns(*p.owners):
            yield (
                p,
                {
                    "programme": p.label[v.lang],
                    "owners": v.names(p.owners),
                    "capability": v.term(
                        f"{'enabler' if p.capability in ENABLERS else 'capability'}.{p.capability}"
                    ),
                    "fielding": p.fielding_text[v.lang],
                },
            )


def _events(v: View) -> Iterator[tuple[Record, Row]]:
    events = [e for e in v.facts.all(Event) if earliest(e.date_from) <= v.on and v.concerns(*e.parties)]
    for e in sorted(events, key=lambda e: earliest(e.date_from)):
        until = f"–{e.date_to}" if e.date_to else ""
        yield (
            e,
            {
                "date": e.date_from + until,
                "event": e.label[v.lang],
                "parties": v.names(e.parties),
                "type": v.term(f"event_type.{e.type}"),
            },
        )


def _measures(v: View) -> Iterator[tuple[Record, Row]]:
    for m in v.facts.all(Measure):
        if v.concerns(*m.actors):
            yield (
                m,
                {
                    "track": v.term(f"track.{m.track}"),
                    "measure": m.label[v.lang],
                    "in_paper": word(f"in_paper_{m.in_paper}", v.lang),
                    "section": v.term(m.section),
                },
            )


def _claims(v: View) -> Iterator[tuple[Record, Row]]:
    for c in v.facts.all(Claim):
        yield (
            c,
            {
                "claim": c.label[v.lang],
                "type": v.term(f"claim_type.{c.type}"),
                "hedge": word(f"hedge_{c.hedge}", v.lang),
                "section": v.term(c.section),
                "anchor": c.anchor,
            },
        )


def _relations(v: View) -> Iterator[tuple[Record, Row]]:
    for r in v.facts.all(Relation):
        if v.concerns(r.challenger, r.defender):
            yield (
                r,
                {
                    "challenger": v.name(r.challenger),
                    "defender": v.name(r.defender),
                    "theatre": v.term(f"theatre.{r.theatre}"),
                    "attack_types": ", ".join(v.term(f"attack_type.{k}") for k in r.attack_types)
                    if all(f"attack_type.{k}" in v.facts.by_type.get(Term, {}) for k in r.attack_types)
                    else ", ".join(r.attack_types),
                    "in_model": "✓" if r.in_model else "–",
                },
            )


def _guarantees(v: View) -> Iterator[tuple[Record, Row]]:
    for g in guarantees_on(v.facts, v.on):
        if v.concerns(g.guarantor, g.protege):
            yield (
                g,
                {
                    "guarantor": v.name(g.guarantor),
                    "protege": v.name(g.protege),
                    "kind": v.term(f"guarantee_kind.{g.kind}"),
                    "since": g.valid_from or word("code_U", v.lang),
                },
            )


def _effects(v: View) -> Iterator[tuple[Record, Row]]:
    for e in v.facts.all(Effect):
        if not v.concerns(*v.facts.get(Measure, e.measure).actors):
            continue
        levers = [v.term(f"lever.{lever.lever}") for lever in e.levers]
        yield (
            e,
            {
                "measure": v.facts.get(Measure, e.measure).label[v.lang],
                "levers": ", ".join(levers) if levers else (e.evidence_only or e.precondition)[v.lang],
                "strength": "; ".join(amount_words(lever.strength) for lever in e.levers),
            },
        )


def _inputs(v: View) -> Iterator[tuple[Record, Row]]:
    for i in v.facts.all(ModelInput):
        cells = i.cells or i.codes or {}
        shown = amount_words(i.amount) if i.amount else f"{len(cells)} × {', '.join(i.axes)}"
        yield i, {"symbol": i.symbol, "input": i.label[v.lang], "distribution": shown, "unit": i.unit}


def _sources(v: View) -> Iterator[tuple[Record, Row]]:
    for s in v.facts.all(Source):
        if s.date_published is None or earliest(s.date_published) <= v.on:
            yield s, {"title": s.title, "publisher": s.publisher, "date": s.date_published or "–"}


def _actors(v: View) -> Iterator[tuple[Record, Row]]:
    for a in v.facts.all(Actor):
        if v.concerns(a.id):
            yield (
                a,
                {
                    "actor": a.label[v.lang],
                    "nuclear_armed": "✓" if a.nuclear_armed else "–",
                    "npt_status": a.npt_status,
                    "in_model": "✓" if a.in_model else "–",
                },
            )


def _precedents(v: View) -> Iterator[tuple[Record, Row]]:
    known = [p for p in v.facts.all(Precedent) if earliest(p.date) <= v.on and v.concerns(*p.parties)]
    for p in sorted(known, key=lambda p: earliest(p.date)):
        yield p, {"date": p.date, "precedent": p.label[v.lang], "status": p.status[v.lang]}


def _observations(v: View) -> Iterator[tuple[Record, Row]]:
    for o in v.facts.all(Observation):
        if earliest(o.as_of) <= v.on and v.concerns(*o.parties):
            value = amount_words(o.value) if o.value else o.text[v.lang] if o.text else ""
            yield o, {"observation": o.label[v.lang], "value": value, "unit": o.unit, "year": o.as_of}


def _terms(v: View) -> Iterator[tuple[Record, Row]]:
    for t in v.facts.all(Term):
        yield t, {"list": t.list, "term": t.label[v.lang]}


def _switches(v: View) -> Iterator[tuple[Record, Row]]:
    for s in v.facts.all(Switch):
        options = " / ".join(o.label[v.lang] for o in s.options.values())
        yield s, {"switch": s.label[v.lang], "options": options}


def _lenses(v: View) -> Iterator[tuple[Record, Row]]:
    for x in v.facts.all(Lens):
        yield x, {"lens": x.label[v.lang], "summary": x.summary[v.lang]}


def _mappings(v: View) -> Iterator[tuple[Record, Row]]:
    for m in v.facts.all(CodeMapping):
        shown = "; ".join(f"{code} {amount_words(a)}" for code, a in m.values.items())
        yield m, {"mapping": m.label[v.lang], "distribution": shown}


BY_STATE = frozenset(
    ("arsenals", "programmes", "events", "measures", "effects", "relations", "guarantees", "precedents")
) | {"observations", "actors"}
"""Kinds that --state can narrow."""

LISTERS: dict[str, Lister] = {
    "arsenals": _arsenals,
    "programmes": _programmes,
    "events": _events,
    "measures": _measures,
    "claims": _claims,
    "relations": _relations,
    "guarantees": _guarantees,
    "effects": _effects,
    "precedents": _precedents,
    "observations": _observations,
    "inputs": _inputs,
    "switches": _switches,
    "lenses": _lenses,
    "mappings": _mappings,
    "actors": _actors,
    "sources": _sources,
    "terms": _terms,
}
