"""Numbered source notes of a brief: first the documents of the role matrix, then whatever is cited."""

from __future__ import annotations

from datetime import date

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Source
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RoleMatrix, SourceNote
from stepdown.record.roles import matrix_notes


def _by(authors: str | None, title: str) -> str:
    return f"{authors}, {title}" if authors else title


class Notes:
    """Collects notes in order of first citation; each source outside the matrix has one number."""

    def __init__(self, facts: Facts, matrix: RoleMatrix, on: date) -> None:
        self._facts = facts
        self._notes = list(matrix_notes(facts, matrix, on))
        self._cited = {note.source for note in self._notes}

    def cite(self, source_id: str) -> None:
        """Give a source a number unless it has one."""
        if source_id in self._cited:
            return
        self._cited.add(source_id)
        source = self._facts.get(Source, source_id)
        number = max((n.number for n in self._notes), default=0) + 1
        self._notes.append(
            SourceNote(
                number,
                source.id,
                Bilingual(
                    _by(source.authors, source.title_en or source.title), _by(source.authors, source.title)
                ),
                source.date_published or "",
                Bilingual(source.publisher, source.publisher),
                source.lang,
                source.location or "",
            )
        )

    @property
    def all(self) -> tuple[SourceNote, ...]:
        return tuple(self._notes)
