"""The role matrix: which roles each state gives its nuclear weapons, as of a day, each cell sourced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stepdown.contracts.effects import Bilingual, Named
from stepdown.contracts.facts import Actor, Doctrine, Source, Term
from stepdown.contracts.facts.base import Evidence, Text
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RoleCell, RoleGroup, RoleLabel, RoleMatrix, SourceNote
from stepdown.record.as_of import doctrine_in_force
from stepdown.record.evidence import cell_evidence_level
from stepdown.record.words import word
from stepdown.vocabulary.ids import LANGUAGES, ROLE_GROUPS, ROLES, Language


def bilingual(text: Text) -> Bilingual:
    """The contract's text for a record's text."""
    return Bilingual(text.en, text.ja)


def armed_states(facts: Facts) -> tuple[str, ...]:
    """Ids of the nuclear-armed states, in the record's order."""
    return tuple(a.id for a in facts.all(Actor) if a.nuclear_armed and a.type == "state" and a.in_model)


def role_matrix(facts: Facts, on: date, states: Sequence[str] = ()) -> RoleMatrix:
    """The matrix on a day; all nuclear-armed states when none is named.

    Raises UnknownNameError for a state that has no record. A state without a document in force is left to
    the matrix's own rule: every cell unknown. A cell's note number is that of its state's document.
    """
    chosen = [facts.get(Actor, s) for s in states or armed_states(facts)]
    cells: list[RoleCell] = []
    for number, state in enumerate(chosen, 1):
        document = doctrine_in_force(facts, state.id, on)
        if document is None:
            continue
        cells += [
            RoleCell(
                state.id,
                role,
                document.roles[role].code,
                cell_evidence_level(document, role),
                document.roles[role].disputed,
                (number,),
            )
            for role in ROLES
        ]
    return RoleMatrix(
        on.isoformat(),
        tuple(Named(a.id, bilingual(a.label)) for a in chosen),
        tuple(_label(facts, group, role) for group, roles in ROLE_GROUPS.items() for role in roles),  # type: ignore[arg-type]
        tuple(cells),
    )


def _label(facts: Facts, group: RoleGroup, role: str) -> RoleLabel:
    term = facts.get(Term, f"role.{role}")
    return RoleLabel(role, bilingual(term.short or term.label), group)


def matrix_notes(facts: Facts, matrix: RoleMatrix, on: date) -> tuple[SourceNote, ...]:
    """One numbered note per state of the matrix: the document, its date, and where in it each cell stands."""
    notes = []
    for number, state in enumerate(matrix.states, 1):
        document = doctrine_in_force(facts, state.id, on)
        if document is not None:
            notes.append(_note(facts, number, document))
    return tuple(notes)


def _note(facts: Facts, number: int, document: Doctrine) -> SourceNote:
    source_id = document_source(document)
    source = facts.get(Source, source_id) if source_id else None
    return SourceNote(
        number,
        source_id or document.id,
        bilingual(document.label),
        document.valid_from,
        Bilingual(*("; ".join(passages(facts, document, lang)) for lang in LANGUAGES)),
        source.lang if source else "en",
        (source.location if source else None) or "",
    )


def document_source(document: Doctrine) -> str | None:
    """Id of the source that carries the document; None when its coding rests on judgement alone."""
    return next((b.source for b in document.basis if isinstance(b, Evidence)), None)


def passages(facts: Facts, document: Doctrine, lang: Language) -> list[str]:
    """`place (roles)`, one entry per place; a passage of another document names that document first."""
    own = document_source(document)
    roles_at: dict[str, list[str]] = {}
    for role in ROLES:
        cell = document.roles[role]
        place = word("whole_document", lang) if cell.at is None else str(cell.at)
        if cell.source not in (None, own):
            place = f"{source_title(facts, cell.source, lang)}, {place}"
        roles_at.setdefault(place, []).append(_label(facts, "core", role).label.text(lang))
    comma = "、" if lang == "ja" else ", "
    return [f"{place} ({comma.join(roles)})" for place, roles in roles_at.items()]


def source_title(facts: Facts, source_id: str, lang: Language) -> str:
    """Title and year of a source."""
    source = facts.get(Source, source_id)
    title = source.title_en or source.title if lang == "en" else source.title
    return f"{title} ({source.date_published[:4]})" if source.date_published else title
