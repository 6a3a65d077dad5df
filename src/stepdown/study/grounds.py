"""What numbers rest on: titles of records, and numbered notes of the sources behind them."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Source, Sourced
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import SourceNote
from stepdown.record.cite import source_words, title_of
from stepdown.record.evidence import cited_sources


@dataclass
class Cited:
    """Collects numbered notes in order of first citation."""

    facts: Facts

    def __post_init__(self) -> None:
        self.notes: dict[str, SourceNote] = {}

    def ground(self, name: str) -> tuple[str, Bilingual, tuple[int, ...]] | None:
        """Title and notes of a record; None for runs, arithmetic and inputs read from other records."""
        if name.startswith("run") or name == "computed":
            return None
        record = self.facts.find(name.partition("#")[0]) if self._known(name) else None
        if not isinstance(record, Sourced):
            return None
        title = Bilingual(title_of(record, "en"), title_of(record, "ja"))
        return name, title, tuple(self._note(s) for s in cited_sources(record))

    def _known(self, name: str) -> bool:
        return any(name.partition("#")[0] in records for records in self.facts.by_type.values())

    def _note(self, source_id: str) -> int:
        if source_id not in self.notes:
            source = self.facts.get(Source, source_id)
            self.notes[source_id] = SourceNote(
                len(self.notes) + 1,
                source_id,
                Bilingual(source_words(source, "en"), source_words(source, "ja")),
                "",
                Bilingual(source_id, source_id),
                source.lang,
                source.location or "",
            )
        return self.notes[source_id].number
