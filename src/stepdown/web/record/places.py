"""Addresses inside the screen, its tabs, and rows that lead on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from stepdown.vocabulary.ids import Language
from stepdown.web.pages import Link
from stepdown.web.words import Say

TABS = ("matrix", "thresholds", "ties", "arsenals", "programmes", "events", "sources", "all")
"""Parts of the screen, in order; `matrix` stands at the screen's own address."""


@dataclass(frozen=True)
class Row:
    """A label and words; `href` where the words lead on, `lang` where they are in another language."""

    label: str
    text: str
    href: str = ""
    lang: str = ""


def at(language: Language, path: str = "", **settings: str) -> str:
    """The address of a part of the screen; settings without a value are left out."""
    kept = {name: value for name, value in settings.items() if value}
    query = f"?{urlencode(kept)}" if kept else ""
    return f"/{language}/record{'/' if path else ''}{quote(path)}{query}"


def tabs(language: Language, here: str, as_of: str) -> tuple[Link, ...]:
    """Links to the parts; the date goes along."""
    say = Say(language)
    return tuple(
        Link(
            say(f"record.tab.{tab}"),
            at(language, "" if tab == "matrix" else tab, as_of=as_of),
            tab == here,
        )
        for tab in TABS
    )


def source_at(language: Language, source: str) -> str:
    """The page of a source."""
    return at(language, f"sources/{source}")


def entry_at(language: Language, record: str) -> str:
    """The page of any other record."""
    return at(language, f"entries/{record}")


def state_at(language: Language, state: str, as_of: str) -> str:
    """The page of a state."""
    return at(language, f"states/{state}", as_of=as_of)
