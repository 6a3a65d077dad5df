"""All codings of one cell of the role matrix, over time: who read what where, and who reads it otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stepdown.contracts.effects import EvidenceLevel
from stepdown.contracts.facts import Doctrine, Source
from stepdown.contracts.facts.base import Text
from stepdown.contracts.facts.facts import Facts
from stepdown.record.cite import source_words
from stepdown.record.evidence import cell_evidence_level
from stepdown.record.places import place_words
from stepdown.record.roles import armed_states, document_source
from stepdown.study.record.entries import Basis, basis_of
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import Language, Role


@dataclass(frozen=True)
class Coding:
    """One document's coding of one role.

    `until` is the date of the state's next document, empty for the newest; `earlier_code` the code of the
    document before, empty for the first. `source` carries the passage; `carried` when the passage stands in
    another document than the coded one. `second_code` is empty where nobody has read it a second time.
    """

    document: str
    label: str
    valid_from: str
    until: str
    code: str
    earlier_code: str
    evidence: EvidenceLevel
    disputed: bool
    place: str
    anchor: str
    source: str
    source_words: str
    source_language: str
    carried: bool
    coder: str
    coded_on: str
    codebook: str
    method: str
    second_coder: str
    second_code: str
    alternative_code: str
    alternative_why: str
    note: str
    basis: Basis


def codings(facts: Facts, state: str, role: Role, lang: Language) -> tuple[Coding, ...]:
    """Every coding of a role in the documents of a state, oldest first; empty where none is on record."""
    documents = sorted(
        (d for d in facts.all(Doctrine) if d.state == state), key=lambda d: earliest(d.valid_from)
    )
    return tuple(_codings(facts, documents, role, lang))


def _codings(facts: Facts, documents: list[Doctrine], role: Role, lang: Language) -> Iterator[Coding]:
    for i, document in enumerate(documents):
        cell, coding = document.roles[role], document.coding
        after = documents[i + 1].valid_from if i + 1 < len(documents) else ""
        own = document_source(document)
        carrier = cell.source or own
        source = facts.get(Source, carrier) if carrier else None
        yield Coding(
            document.id,
            document.label[lang],
            document.valid_from,
            document.valid_to or after,
            cell.code,
            documents[i - 1].roles[role].code if i else "",
            cell_evidence_level(document, role),
            cell.disputed,
            place_words(cell.at, lang) if cell.at else "",
            cell.anchor or "",
            source.id if source else "",
            source_words(source, lang) if source else "",
            source.lang if source else "",
            carrier != own,
            coding.coder,
            coding.coded_on,
            coding.codebook,
            coding.method,
            cell.second_coder or "",
            cell.second_code or "",
            cell.alternative.code if cell.alternative else "",
            _text(cell.alternative.why if cell.alternative else None, lang),
            _text(cell.note, lang),
            basis_of(facts, document, lang),
        )


def _text(text: Text | None, lang: Language) -> str:
    return text[lang] if text else ""


@dataclass(frozen=True)
class Reach:
    """How far the cells of some documents were checked: all, with a located passage, disputed, read twice."""

    cells: int
    located: int
    disputed: int
    twice: int


def coded_states(facts: Facts) -> tuple[str, ...]:
    """The nuclear-armed states in the record's order, then whoever else has coded documents (an alliance)."""
    others = (d.state for d in facts.all(Doctrine))
    return tuple(dict.fromkeys((*armed_states(facts), *others)))


def reach(documents: Iterable[Doctrine]) -> Reach:
    """Counts over all cells of the documents."""
    cells = [cell for document in documents for cell in document.roles.values()]
    return Reach(
        len(cells),
        sum(cell.at is not None for cell in cells),
        sum(cell.disputed for cell in cells),
        sum(cell.second_code is not None for cell in cells),
    )
