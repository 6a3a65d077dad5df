"""What nuclear weapons are said to be for: the role matrix with numbered notes, and thresholds."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.voice import Voice, phrase
from stepdown.charts import Figure, role_key, role_list, role_matrix, threshold_pairs
from stepdown.charts.element import Element
from stepdown.charts.numbers import day
from stepdown.contracts.findings import SourceNote
from stepdown.vocabulary.ids import Language

_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: document (with the language its title is in), date in words, place in it.

    ``url`` is a web address to link; ``where`` says in words where a copy was found, when there is none.
    """

    number: int
    document: str
    language: str
    place: str
    url: str
    where: str


@dataclass(frozen=True, slots=True)
class Roles:
    """The section on roles."""

    intro: str
    matrix: Element
    list: Element
    key: Element
    thresholds: Figure | None


def roles_section(voice: Voice) -> Roles:
    """Matrix, its list form for phones, its key, and threshold pairs where there are any."""
    matrix = voice.findings.roles
    names = {state.id: voice.text(state.label) for state in matrix.states}
    thresholds = (
        threshold_pairs(matrix.thresholds, names, voice.language, figure_id="thresholds")
        if matrix.thresholds
        else None
    )
    return Roles(
        intro=voice.say("roles.intro", date=day(matrix.as_of, voice.language)),
        matrix=role_matrix(matrix, voice.language),
        list=role_list(matrix, voice.language),
        key=role_key(voice.language),
        thresholds=thresholds,
    )


def notes(voice: Voice) -> tuple[Note, ...]:
    """All sources by number."""
    ordered = sorted(voice.findings.sources, key=lambda n: n.number)
    return tuple(note_view(note, voice.language) for note in ordered)


def note_view(note: SourceNote, language: Language) -> Note:
    """A note as written in a language."""
    dated = day(note.date, language) if note.date else ""
    join = phrase(language, "page.list_join")
    return Note(
        number=note.number,
        document=note.document.text(language),
        language=note.language if note.document.en == note.document.ja else language,
        place=join.join(part for part in (dated, note.locator.text(language)) if part),
        url=note.url if note.url.startswith(_WEB) else "",
        where="" if note.url.startswith(_WEB) else note.url,
    )
