"""Says who? From any id of the record to its basis, in words a reader can follow to the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepdown.contracts.facts import Doctrine, Effect, Measure, Record, Source, Sourced, Term
from stepdown.contracts.facts.base import Evidence, Judgement
from stepdown.contracts.facts.facts import Facts
from stepdown.record.evidence import cell_evidence_level, evidence_level, grounds
from stepdown.record.places import place_words
from stepdown.record.values import value_lines
from stepdown.record.words import word
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import ROLES, Language, Role

Line = tuple[str, str]


def cite(facts: Facts, record_id: str, lang: Language) -> dict[str, Any]:
    """Title, lines of (label, words) and source ids for a record, or for a role cell `DOCUMENT#ROLE`.

    Raises UnknownNameError with the nearest id.
    """
    document_id, _, role = record_id.partition("#")
    record = facts.find(document_id)
    if role:
        if not isinstance(record, Doctrine) or role not in ROLES:
            raise UnknownNameError("role cell", record_id, (f"{document_id}#{r}" for r in ROLES))
        lines = [*_cell_lines(facts, record, role, lang), *_sourced_lines(facts, record, lang)]
    elif isinstance(record, Source):
        lines = list(_source_lines(record, lang))
    elif isinstance(record, Sourced):
        level = word(f"evidence_{evidence_level(record)}", lang)
        lines = [
            *value_lines(facts, record, lang),
            (word("label_evidence", lang), level),
            *_sourced_lines(facts, record, lang),
        ]
    else:
        lines = list(value_lines(facts, record, lang))
    named = facts.get(Measure, record.measure) if isinstance(record, Effect) else record
    return {"id": record_id, "title": title_of(named, lang), "lines": lines}


def title_of(record: Record, lang: Language) -> str:
    """The record's label in the language, or its id where it has none."""
    if isinstance(record, Source):
        return record.title_en if lang == "en" and record.title_en else record.title
    label = getattr(record, "label", None)
    return label[lang] if label is not None else record.id


def source_words(source: Source, lang: Language) -> str:
    """Authors, publisher, title, date, where published: one line."""
    parts = [
        source.authors or "",
        source.publisher,
        title_of(source, lang),
        source.date_published or "n.d.",
        source.location or "",
    ]
    return ", ".join(p for p in parts if p)


def _cell_lines(facts: Facts, document: Doctrine, role: Any, lang: Language) -> Iterator[Line]:
    cell = document.roles[role]
    chosen: Role = role
    yield word("role", lang), facts.get(Term, f"role.{role}").label[lang]
    yield word("label_code", lang), f"{cell.code} ({word(f'code_{cell.code}', lang)})"
    yield word("label_document", lang), f"{document.label[lang]} ({document.valid_from})"
    anchor = f" “{cell.anchor}”" if cell.anchor else ""
    place = place_words(cell.at, lang) if cell.at is not None else word("whole_document", lang)
    yield word("label_passage", lang), f"{place}{anchor}"
    if cell.source is not None:
        carried = source_words(facts.get(Source, cell.source), lang)
        yield word("label_passage_of", lang), f"[{cell.source}] {carried}"
    yield word("label_evidence", lang), word(f"evidence_{cell_evidence_level(document, chosen)}", lang)
    second = cell.second_code or word("label_none_yet", lang)
    yield word("label_second", lang), second
    if cell.alternative:
        code = word(f"code_{cell.alternative.code}", lang)
        yield (
            word("label_alternative", lang),
            f"{cell.alternative.code} ({code}): {cell.alternative.why[lang]}",
        )
    if cell.note:
        yield word("label_notes", lang), cell.note[lang]


def _sourced_lines(facts: Facts, record: Sourced, lang: Language) -> Iterator[Line]:
    for ground in dict.fromkeys(grounds(record)):
        yield word("label_basis", lang), ground_words(facts, ground, lang)
    yield word("label_verified", lang), f"{word(f'how_{record.verified.how}', lang)}, {record.verified.on}"
    yield word("label_confidence", lang), word(f"confidence_{record.confidence.level}", lang)
    scores = ", ".join(
        f"{word(f'pedigree_{name}', lang)} {score}" for name, score in record.pedigree.model_dump().items()
    )
    yield word("label_pedigree", lang), scores
    for label, text in (("label_dispute", record.dispute), ("label_notes", record.notes)):
        if text is not None:
            yield word(label, lang), text[lang]
    yield word("label_review", lang), record.review_by


def ground_words(facts: Facts, ground: Evidence | Judgement, lang: Language) -> str:
    """One ground of a value in words."""
    if isinstance(ground, Judgement):
        return word("judged_by", lang, who=ground.judgement, why=ground.why[lang])
    bearing = word(f"bearing_{ground.bearing}", lang)
    anchor = f" “{ground.anchor}”" if ground.anchor else ""
    source = source_words(facts.get(Source, ground.source), lang)
    note = f" ({ground.note[lang]})" if ground.note else ""
    return f"[{ground.source}] {bearing}: {source}; {place_words(ground.at, lang)}{anchor}{note}"


def _source_lines(source: Source, lang: Language) -> Iterator[Line]:
    yield word("source", lang), source_words(source, lang)
    yield (
        word("type", lang),
        ", ".join((word(f"doc_{source.doc_type}", lang), word(f"authority_{source.authority}", lang))),
    )
    yield word("label_verified", lang), f"{word(f'how_{source.verified.how}', lang)}, {source.verified.on}"
    if source.date_note is not None:
        yield word("date", lang), source.date_note[lang]
    if source.notes is not None:
        yield word("label_notes", lang), source.notes[lang]
