"""One entry of the record in the reader's language: what it says, on what ground, how it was checked."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.effects import EvidenceLevel
from stepdown.contracts.facts import KINDS, Effect, Measure, Record, Source, Sourced
from stepdown.contracts.facts.base import Evidence, Judgement
from stepdown.contracts.facts.facts import Facts
from stepdown.record import word
from stepdown.record.cite import source_words, title_of
from stepdown.record.evidence import evidence_level, grounds
from stepdown.record.places import place_words
from stepdown.record.values import value_lines
from stepdown.vocabulary.ids import Language

Line = tuple[str, str]


@dataclass(frozen=True)
class Ground:
    """One ground of a value: a passage of a source, or somebody's judgement (`source` is then empty).

    `anchor`: a few words as they stand in the source, whose language is `language`. `against`: the ground
    qualifies or contradicts the value.
    """

    source: str
    words: str
    bearing: str
    against: bool
    place: str
    anchor: str
    language: str
    note: str


@dataclass(frozen=True)
class Basis:
    """Why a record is to be believed, and how far: the part that every sourced record has."""

    evidence: EvidenceLevel
    grounds: tuple[Ground, ...]
    checked: str
    checked_on: str
    checked_scope: str
    confidence: str
    pedigree: tuple[Line, ...]
    dispute: str
    notes: str
    review_by: str


@dataclass(frozen=True)
class Entry:
    """A record: its kind (a key of `KINDS`), title, content in lines, and its basis if it has one."""

    id: str
    kind: str
    title: str
    lines: tuple[Line, ...]
    basis: Basis | None


@dataclass(frozen=True)
class SourceEntry:
    """A source. `language` is its own; `location` a web address or words on where a copy was found."""

    id: str
    title: str
    own_title: str
    language: str
    reference: str
    type: str
    published: str
    published_note: str
    location: str
    licence: str
    passing_on: str
    checked: str
    checked_on: str
    notes: str


def entry(facts: Facts, record_id: str, lang: Language) -> Entry:
    """The record with this id. Raises UnknownNameError with the nearest id."""
    record = facts.find(record_id)
    return Entry(
        record.id,
        kind_of(record),
        title(facts, record, lang),
        tuple(value_lines(facts, record, lang)),
        basis_of(facts, record, lang) if isinstance(record, Sourced) else None,
    )


def source_entry(facts: Facts, source_id: str, lang: Language) -> SourceEntry:
    """The source with this id. Raises UnknownNameError with the nearest id."""
    s = facts.get(Source, source_id)
    return SourceEntry(
        s.id,
        title_of(s, lang),
        s.title,
        s.lang,
        source_words(s, lang),
        ("、" if lang == "ja" else ", ").join(
            (word(f"doc_{s.doc_type}", lang), word(f"authority_{s.authority}", lang))
        ),
        s.date_published or "",
        s.date_note[lang] if s.date_note else "",
        s.location or "",
        s.licence.name,
        s.licence.redistribute,
        word(f"how_{s.verified.how}", lang),
        s.verified.on,
        s.notes[lang] if s.notes else "",
    )


def title(facts: Facts, record: Record, lang: Language) -> str:
    """What a record is called; an effect is called after its measure."""
    named = facts.get(Measure, record.measure) if isinstance(record, Effect) else record
    return title_of(named, lang)


def kind_of(record: Record) -> str:
    """The name of a record's kind, as data files give it."""
    return next(name for name, kind in KINDS.items() if type(record) is kind)


def basis_of(facts: Facts, record: Sourced, lang: Language) -> Basis:
    """Grounds, check, confidence and pedigree of a record."""
    scope, why = record.verified.scope, record.confidence.why
    confidence = word(f"confidence_{record.confidence.level}", lang)
    return Basis(
        evidence_level(record),
        tuple(_ground(facts, g, lang) for g in dict.fromkeys(grounds(record))),
        word(f"how_{record.verified.how}", lang),
        record.verified.on,
        scope[lang] if scope else "",
        f"{confidence}: {why[lang]}" if why else confidence,
        tuple((word(f"pedigree_{name}", lang), str(n)) for name, n in record.pedigree.model_dump().items()),
        record.dispute[lang] if record.dispute else "",
        record.notes[lang] if record.notes else "",
        record.review_by,
    )


def _ground(facts: Facts, ground: Evidence | Judgement, lang: Language) -> Ground:
    if isinstance(ground, Judgement):
        said = word("judged_by", lang, who=ground.judgement, why=ground.why[lang])
        return Ground("", said, "", False, "", "", lang, "")
    source = facts.get(Source, ground.source)
    return Ground(
        source.id,
        source_words(source, lang),
        word(f"bearing_{ground.bearing}", lang),
        ground.bearing != "supports",
        place_words(ground.at, lang),
        ground.anchor or "",
        source.lang,
        ground.note[lang] if ground.note else "",
    )
