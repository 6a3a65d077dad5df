"""What rests on a source: every record that cites it, with the place it cites."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.facts import Doctrine, Sourced
from stepdown.contracts.facts.base import Evidence
from stepdown.contracts.facts.facts import Facts
from stepdown.record.crosscheck import references
from stepdown.record.evidence import grounds
from stepdown.record.places import place_words
from stepdown.study.record.entries import kind_of, title
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class Resting:
    """A record that cites the source: id, kind, title, the places in the source, each once."""

    id: str
    kind: str
    title: str
    places: tuple[str, ...]


def resting_on(facts: Facts, source_id: str, lang: Language) -> tuple[Resting, ...]:
    """All records that cite a source, by kind and in file order."""
    found = []
    for record in facts:
        if any(kind == "source" and value == source_id for _, kind, value in references(record)):
            places = _places(record, source_id, lang) if isinstance(record, Sourced) else ()
            found.append(Resting(record.id, kind_of(record), title(facts, record, lang), places))
    return tuple(sorted(found, key=lambda r: r.kind))


def _places(record: Sourced, source_id: str, lang: Language) -> tuple[str, ...]:
    at = [g.at for g in grounds(record) if isinstance(g, Evidence) and g.source == source_id]
    if isinstance(record, Doctrine):
        at += [cell.at for cell in record.roles.values() if cell.at and cell.source == source_id]
    return tuple(dict.fromkeys(place_words(place, lang) for place in at))
