"""How strong the evidence behind a value is, in four steps, by one rule for the whole product."""

from __future__ import annotations

from collections.abc import Iterator

from stepdown.contracts.effects import EvidenceLevel
from stepdown.contracts.facts import Doctrine, Effect, Sourced, Switch
from stepdown.contracts.facts.base import Evidence, Judgement
from stepdown.vocabulary.ids import Role


def evidence_level(record: Sourced) -> EvidenceLevel:
    """0 judgement only, 1 thin, 2 some, 3 good.

    Judgement only when no source supports the value. Otherwise by the mean of the five pedigree scores:
    below 2 thin, below 3 some, from 3 good; a value nobody has checked is never better than thin.
    """
    if not any(isinstance(ground, Evidence) for ground in grounds(record)):
        return 0
    if record.verified.how == "not_checked":
        return 1
    scores = list(record.pedigree.model_dump().values())
    mean = sum(scores) / len(scores)
    return 1 if mean < 2 else 2 if mean < 3 else 3


def cell_evidence_level(document: Doctrine, role: Role) -> EvidenceLevel:
    """As `evidence_level`; a code others attribute is at best thin, good needs a located passage."""
    cell = document.roles[role]
    level = evidence_level(document)
    if cell.code == "U":
        return 0
    if cell.code == "A":
        return min(level, 1)
    return level if cell.at is not None else min(level, 2)


def grounds(record: Sourced) -> Iterator[Evidence | Judgement]:
    """Every ground of a record: its own, and those of its levers or options."""
    yield from record.basis
    if isinstance(record, Effect):
        yield from (ground for lever in record.levers for ground in lever.basis)
    if isinstance(record, Switch):
        yield from (ground for option in record.options.values() for ground in option.basis)


def cited_sources(record: Sourced) -> Iterator[str]:
    """Ids of the sources a record rests on, in order, each once."""
    yield from dict.fromkeys(g.source for g in grounds(record) if isinstance(g, Evidence))
