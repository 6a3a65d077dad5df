"""The role matrix: which roles each state gives its nuclear weapons, as of a day, each cell sourced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from stepdown.contracts.effects import Bilingual, Named
from stepdown.contracts.facts import Actor, Doctrine, Source, Term
from stepdown.contracts.facts.as_of import doctrine_in_force
from stepdown.contracts.facts.base import Evidence
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RoleCell, RoleGroup, RoleLabel, RoleMatrix, SourceNote
from stepdown.record.evidence import cell_evidence_level
from stepdown.record.places import place_words
from stepdown.record.words import word
from stepdown.vocabulary.ids import LANGUAGES, ROLE_GROUPS, ROLES, Language, Role


def armed_states(facts: Facts) -> tuple[str, ...]:
    """Ids of the nuclear-armed states, in the record's order."""
    return tuple(a.id for a in facts.all(Actor) if a.nuclear_armed and a.type == "state" and a.in_model)


def role_matrix(facts: Facts, on: date, states: Sequence[str] = ()) -> RoleMatrix:
    """The matrix on a day; all nuclear-armed states when none is named.

    Raises UnknownNameError for a state that has no record. A state without a document in force is left to
    the matrix's own rule: every cell unknown. A cell's notes are those of its state's document and, where the
    passage was carried forward from another document, of that one.
    """
    chosen = [facts.get(Actor, s) for s in states or armed_states(facts)]
    documents = _documents(facts, on, [a.id for a in chosen])
    carried = _carried(documents)
    return RoleMatrix(
        on.isoformat(),
        tuple(Named(a.id, a.label.bilingual) for a in chosen),
        tuple(_label(facts, group, role) for group, roles in ROLE_GROUPS.items() for role in roles),  # type: ignore[arg-type]
        tuple(
            _cell(document, role, number, carried) for number, document in documents.items() for role in ROLES
        ),
    )


def _documents(facts: Facts, on: date, states: Sequence[str]) -> dict[int, Doctrine]:
    """Note number -> document in force, for the states that have one."""
    found = ((i, doctrine_in_force(facts, state, on)) for i, state in enumerate(states, 1))
    return {i: document for i, document in found if document is not None}


def _carried(documents: Mapping[int, Doctrine]) -> dict[str, int]:
    """Sources of passages carried forward from other documents -> note number, after the documents' own."""
    sources = dict.fromkeys(
        cell.source
        for document in documents.values()
        for cell in (document.roles[role] for role in ROLES)
        if cell.source is not None and cell.source != document_source(document)
    )
    return {source: max(documents) + n for n, source in enumerate(sources, 1)}


def _cell(document: Doctrine, role: Role, number: int, carried: Mapping[str, int]) -> RoleCell:
    cell = document.roles[role]
    other = () if cell.source is None or cell.source not in carried else (carried[cell.source],)
    level = cell_evidence_level(document, role)
    return RoleCell(document.state, role, cell.code, level, cell.disputed, (number, *other))


def _label(facts: Facts, group: RoleGroup, role: str) -> RoleLabel:
    term = facts.get(Term, f"role.{role}")
    return RoleLabel(role, (term.short or term.label).bilingual, group)


def matrix_notes(facts: Facts, matrix: RoleMatrix, on: date) -> tuple[SourceNote, ...]:
    """Numbered notes: per state the document, its date and where in it each cell stands; then every other
    document that a passage was carried forward from, with its places."""
    documents = _documents(facts, on, [s.id for s in matrix.states])
    notes = [_document_note(facts, n, d) for n, d in documents.items()]
    notes += [_carried_note(facts, n, s, documents) for s, n in _carried(documents).items()]
    return tuple(notes)


def _document_note(facts: Facts, number: int, document: Doctrine) -> SourceNote:
    source_id = document_source(document)
    source = facts.get(Source, source_id) if source_id else None
    own = [r for r in ROLES if document.roles[r].source in (None, source_id)]
    return SourceNote(
        number,
        source_id or document.id,
        document.label.bilingual,
        document.valid_from,
        _places(facts, [(document, role) for role in own]),
        source.lang if source else "en",
        (source.location if source else None) or "",
    )


def _carried_note(facts: Facts, number: int, source_id: str, documents: Mapping[int, Doctrine]) -> SourceNote:
    source = facts.get(Source, source_id)
    cells = [(d, r) for d in documents.values() for r in ROLES if d.roles[r].source == source_id]
    return SourceNote(
        number,
        source.id,
        Bilingual(
            f"{source.publisher}, {source.title_en or source.title}", f"{source.publisher}, {source.title}"
        ),
        source.date_published or "",
        _places(facts, cells),
        source.lang,
        source.location or "",
    )


def document_source(document: Doctrine) -> str | None:
    """Id of the source that carries the document; None when its coding rests on judgement alone."""
    return next((b.source for b in document.basis if isinstance(b, Evidence)), None)


def _places(facts: Facts, cells: Sequence[tuple[Doctrine, Role]]) -> Bilingual:
    """`place (roles)`, one entry per place."""
    return Bilingual(*("; ".join(_places_in(facts, cells, lang)) or "–" for lang in LANGUAGES))


def _places_in(facts: Facts, cells: Sequence[tuple[Doctrine, Role]], lang: Language) -> Iterator[str]:
    roles_at: dict[str, list[str]] = {}
    for document, role in cells:
        at = document.roles[role].at
        place = word("whole_document", lang) if at is None else place_words(at, lang)
        roles_at.setdefault(place, []).append(_label(facts, "core", role).label.text(lang))
    comma = "、" if lang == "ja" else ", "
    yield from (f"{place} ({comma.join(roles)})" for place, roles in roles_at.items())
