"""What a record says, in lines of (label, words): the part of a citation above its basis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stepdown.contracts.facts import (
    Arsenal,
    Claim,
    CodeMapping,
    Effect,
    Event,
    Guarantee,
    Lens,
    Measure,
    ModelInput,
    Observation,
    PastInput,
    PastStep,
    Precedent,
    Programme,
    Record,
    Relation,
    Switch,
    Term,
)
from stepdown.contracts.facts.facts import Facts
from stepdown.record.amount_words import amount_words
from stepdown.record.words import word
from stepdown.vocabulary.ids import ENABLERS, Language

Line = tuple[str, str]
LISTED_CELLS = 24


def value_lines(facts: Facts, record: Record, lang: Language) -> Iterator[Line]:
    """The record's own content, short; nothing for kinds whose label says it all."""
    lines = _LINES.get(type(record))
    if lines is not None:
        yield from lines(facts, record, lang)


def lever_words(facts: Facts, lever: Any, lang: Language) -> str:
    """One lever of an effect: what it moves, how far, how soon."""
    on = [_term(facts, "role", r, lang) for r in lever.roles]
    on += [_term(facts, "enabler" if c in ENABLERS else "capability", c, lang) for c in lever.capabilities]
    name = _term(facts, "lever", lever.lever, lang) + (f" ({', '.join(on)})" if on else "")
    sign = "" if lever.sign > 0 else "− "
    times = word("lever_times", lang, delay=amount_words(lever.delay), ramp=amount_words(lever.ramp))
    return f"{sign}{name}: {amount_words(lever.strength)}; {times}"


def _term(facts: Facts, group: str, name: str, lang: Language) -> str:
    return facts.get(Term, f"{group}.{name}").label[lang]


def _effect(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("measure", lang), f"{r.measure} {facts.get(Measure, r.measure).label[lang]}"
    for lever in r.levers:
        yield word("levers", lang), lever_words(facts, lever, lang)
    if r.evidence_only is not None:
        yield word("levers", lang), r.evidence_only[lang]
    for name in ("signal_cost", "money_cost", "political_cost", "reversal"):
        yield word(name, lang), amount_words(getattr(r, name))
    yield word("precondition", lang), r.precondition[lang]


def _input(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("symbol", lang), f"{r.symbol} [{', '.join(r.axes)}]" if r.axes else r.symbol
    yield word("unit", lang), r.unit
    if r.amount is not None:
        yield word("distribution", lang), amount_words(r.amount)
    for key, amount in _first(r.cells or {}):
        yield word("distribution", lang), f"{key}: {amount_words(amount)}"
    for key, code in _first(r.codes or {}):
        yield word("distribution", lang), f"{key}: {code} ({r.mapping})"


def _first(cells: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The first cells of a long table; the data file holds all of them."""
    yield from list(cells.items())[:LISTED_CELLS]
    if len(cells) > LISTED_CELLS:
        yield "…", f"+{len(cells) - LISTED_CELLS}"


def _mapping(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    for code, amount in r.values.items():
        yield word("distribution", lang), f"{code}: {amount_words(amount)}"


def _switch(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("switch", lang), r.question[lang]
    for option in r.options.values():
        moves = [f"{s} = {v:g}" for s, v in option.sets.items()]
        moves += [f"{s} × {v:g}" for s, v in option.scales.items()]
        done = f" [{', '.join(moves)}]" if moves else ""
        yield word("options", lang), f"{option.label[lang]}: {option.holds[lang]}{done}"


def _lens(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("summary", lang), r.summary[lang]
    for switch, weights in r.weights.items():
        options = facts.get(Switch, switch).options
        shown = ", ".join(f"{options[o].label[lang]} {w:g}" for o, w in weights.items() if w > 0)
        yield facts.get(Switch, switch).label[lang], shown


def _programme(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("owners", lang), ", ".join(r.owners) or "–"
    yield word("fielding", lang), r.fielding_text[lang]
    for name in ("fielding", "raises"):
        if getattr(r, name) is not None:
            basis = getattr(r, f"{name}_basis")[lang]
            yield word(f"modelled_{name}", lang), f"{amount_words(getattr(r, name))}. {basis}"
    for fact in r.facts:
        value = amount_words(fact.value) if fact.value is not None else fact.text[lang]
        yield fact.label[lang], f"{value} {fact.unit or ''}".strip()


def _arsenal(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("year", lang), r.as_of
    for name in ("deployed", "reserve", "military_stockpile", "retired", "total_inventory"):
        value = getattr(r, name)
        yield word(name, lang), word("code_U", lang) if value is None else f"{value:,}"


def _observation(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("year", lang), r.as_of
    yield word("value", lang), f"{amount_words(r.value)} {r.unit}" if r.value is not None else r.text[lang]


def _relation(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("theatre", lang), _term(facts, "theatre", r.theatre, lang)
    yield word("attack_types", lang), ", ".join(_term(facts, "attack_type", k, lang) for k in r.attack_types)


def _guarantee(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("kind", lang), _term(facts, "guarantee_kind", r.kind, lang)
    yield word("since", lang), r.valid_from or word("code_U", lang)


def _measure(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("track", lang), _term(facts, "track", r.track, lang)
    yield word("section", lang), f"{facts.get(Term, r.section).label[lang]} “{r.anchor}”"
    yield word("in_paper", lang), word(f"in_paper_{r.in_paper}", lang)
    yield word("claim", lang), " ".join(r.claims) or "–"


def _claim(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("section", lang), f"{facts.get(Term, r.section).label[lang]} “{r.anchor}”"
    yield word("type", lang), _term(facts, "claim_type", r.type, lang)
    yield word("hedge", lang), word(f"hedge_{r.hedge}", lang)
    yield word("measure", lang), " ".join(r.measures) or r.no_measure[lang]


def _event(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("date", lang), r.date_from + (f"–{r.date_to}" if r.date_to else "")
    yield word("type", lang), _term(facts, "event_type", r.type, lang)
    if r.resolution is not None:
        yield word("status", lang), r.resolution[lang]


def _past_step(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    act = facts.get(Precedent, r.precedent)
    yield word("precedent", lang), f"{act.label[lang]} ({act.date})"
    for part in r.parts:
        levers = ", ".join(_term(facts, "lever", lever, lang) for lever in part.levers)
        name = f"{part.measure} {facts.get(Measure, part.measure).label[lang]}"
        yield word("measure", lang), f"{name} ({levers})" if levers else name
    if r.actors:
        yield word("by_actors", lang), ", ".join(r.actors)
    if r.not_told is not None:
        yield word("not_told", lang), r.not_told[lang]


def _past_input(facts: Facts, r: Any, lang: Language) -> Iterator[Line]:
    yield word("symbol", lang), r.symbol
    yield word("year", lang), r.as_of
    ends = r.end_codes or {}
    for key, code in _first(r.codes or {}):
        yield key, f"{code} → {ends[key]}" if key in ends else code
    for key, amount in _first(r.cells or {}):
        yield key, amount_words(amount)


_LINES: Mapping[type[Record], Callable[[Facts, Any, Language], Iterator[Line]]] = {
    Effect: _effect,
    ModelInput: _input,
    CodeMapping: _mapping,
    Switch: _switch,
    Lens: _lens,
    Programme: _programme,
    Arsenal: _arsenal,
    Observation: _observation,
    Relation: _relation,
    Guarantee: _guarantee,
    Measure: _measure,
    Claim: _claim,
    Event: _event,
    PastInput: _past_input,
    PastStep: _past_step,
}
