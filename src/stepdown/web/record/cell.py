"""One cell of the matrix: the coding in force, its passage and source, its coders, what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import evidence_dot
from stepdown.charts.element import Element
from stepdown.charts.numbers import day
from stepdown.charts.words import word
from stepdown.contracts.facts import Actor, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import Basis, Coding, Ground, codings
from stepdown.vocabulary.ids import Language, Role
from stepdown.web.record.places import Row, at, entry_at, source_at, state_at
from stepdown.web.words import Say


@dataclass(frozen=True)
class CodingView:
    """One coding in words. `against` is empty where nothing on record speaks against the code."""

    id: str
    title: str
    href: str
    period: str
    code: str
    code_word: str
    change: str
    evidence: Element
    disputed: bool
    quote: str
    quote_language: str
    place: str
    rows: tuple[Row, ...]
    against: tuple[Row, ...]
    trust: tuple[Row, ...]


@dataclass(frozen=True)
class CellView:
    """A cell: its state and role, the coding in force on the day, and how many there are in all.

    `coding` is None where no document of the state was in force.
    """

    state: str
    state_href: str
    role: str
    definition: str
    coding: CodingView | None
    count: int
    all_href: str


def cell_view(facts: Facts, state: str, role: Role, document: str, given: str, lang: Language) -> CellView:
    """The cell as the document in force (`document`, empty for none) codes it."""
    found = codings(facts, state, role, lang)
    shown = next((c for c in found if c.document == document), None)
    term = facts.get(Term, f"role.{role}")
    return CellView(
        facts.get(Actor, state).label[lang],
        state_at(lang, state, given),
        term.label.bilingual.heading(lang),
        term.definition[lang] if term.definition else "",
        coding_view(shown, lang) if shown else None,
        len(found),
        at(lang, f"cells/{state}/{role}", as_of=given),
    )


def all_codings(facts: Facts, state: str, role: Role, lang: Language) -> tuple[CodingView, ...]:
    """Every coding of a cell, newest first."""
    return tuple(coding_view(c, lang) for c in reversed(codings(facts, state, role, lang)))


def coding_view(coding: Coding, lang: Language) -> CodingView:
    """A coding in words."""
    say = Say(lang)
    until = say("record.until", date=day(coding.until, lang)) if coding.until else say("record.in_force")
    change = ""
    if coding.earlier_code and coding.earlier_code != coding.code:
        change = say("record.changed_from", code=word(f"code_{coding.earlier_code}", lang))
    return CodingView(
        coding.document,
        coding.label,
        entry_at(lang, coding.document),
        say("record.period", start=day(coding.valid_from, lang), end=until),
        coding.code,
        word(f"code_{coding.code}", lang),
        change,
        evidence_dot(coding.evidence, lang, visible_word=True),
        coding.disputed,
        coding.anchor,
        coding.source_language,
        coding.place or say("record.whole_document"),
        tuple(_rows(coding, lang)),
        tuple(_against(coding, lang)),
        tuple(trust_rows(coding.basis, lang)),
    )


def _rows(coding: Coding, lang: Language) -> list[Row]:
    say = Say(lang)
    rows = []
    if coding.source:
        key = "record.source_carried" if coding.carried else "record.source"
        words = coding.source_words
        rows.append(Row(say(key), words, source_at(lang, coding.source), coding.source_language))
    for ground in coding.basis.grounds:
        if ground.source != coding.source and not ground.against:
            rows.append(ground_row(ground, lang))
    method = say(f"record.method.{coding.method}")
    who = say("record.coder_words", coder=coding.coder, date=day(coding.coded_on, lang), method=method)
    rows.append(Row(say("record.first_coder"), who))
    if coding.second_code:
        second = say(
            "record.second_words", coder=coding.second_coder, code=word(f"code_{coding.second_code}", lang)
        )
    else:
        second = say("record.no_second")
    rows.append(Row(say("record.second_coder"), second))
    if coding.note:
        rows.append(Row(say("record.note"), coding.note))
    return rows


def trust_rows(basis: Basis, lang: Language) -> list[Row]:
    """How a record was checked and how far it is trusted."""
    say = Say(lang)
    rows = [checked_row(basis.checked, basis.checked_on, lang)]
    if basis.checked_scope:
        rows.append(Row(say("record.checked_scope"), basis.checked_scope))
    comma = "、" if lang == "ja" else ", "
    rows += [
        Row(say("record.confidence"), basis.confidence),
        Row(say("record.pedigree"), comma.join(f"{name} {mark}" for name, mark in basis.pedigree)),
    ]
    if basis.notes:
        rows.append(Row(say("record.notes"), basis.notes))
    return [*rows, Row(say("record.review_by"), day(basis.review_by, lang))]


def checked_row(how: str, on: str, lang: Language) -> Row:
    """How a value was checked against its source, and when."""
    say = Say(lang)
    return Row(say("record.checked"), say("record.checked_words", how=how, date=day(on, lang)))


def ground_row(ground: Ground, lang: Language) -> Row:
    """One ground: the source with its place, or the judgement with its reason."""
    say = Say(lang)
    if not ground.source:
        return Row(say("record.judgement"), ground.words)
    anchor = say("record.quoted", words=ground.anchor) if ground.anchor else ""
    parts = [ground.words, ground.place, anchor, ground.note]
    text = ("。" if lang == "ja" else "; ").join(p.rstrip("。.") for p in parts if p)
    return Row(ground.bearing, text, source_at(lang, ground.source))


def _against(coding: Coding, lang: Language) -> list[Row]:
    say = Say(lang)
    rows = []
    if coding.alternative_code:
        code = word(f"code_{coding.alternative_code}", lang)
        rows.append(Row(say("record.other_reading", code=code), coding.alternative_why))
    if coding.second_code and coding.second_code != coding.code:
        rows.append(Row(say("record.second_coder"), word(f"code_{coding.second_code}", lang)))
    rows += [ground_row(g, lang) for g in coding.basis.grounds if g.against]
    if coding.basis.dispute:
        rows.append(Row(say("record.dispute"), coding.basis.dispute))
    return rows
