"""Known answers of the literature beside what the code finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepdown.games import check
from stepdown.vocabulary.ids import Language

YES_NO: Mapping[Language, tuple[str, str]] = {"en": ("yes", "no"), "ja": ("有", "無")}


@dataclass(frozen=True)
class KnownAnswer:
    """One reference problem: expected and found as written, tolerance, source id, whether it passes.

    `published`: the source gives the number; otherwise it was worked out from the source's assumptions.
    """

    id: str
    title: str
    expected: str
    found: str
    tolerance: float
    source: str
    published: bool
    passed: bool
    note: str


def known_answers(lang: Language) -> tuple[KnownAnswer, ...]:
    """All reference problems, solved now."""
    return tuple(
        KnownAnswer(
            a.problem.id,
            a.problem.title.text(lang),
            _values(a.problem.expected, lang),
            _values(a.found, lang),
            a.problem.tolerance,
            a.problem.source,
            a.problem.origin == "published",
            a.passed,
            a.problem.note.text(lang) if a.problem.note else "",
        )
        for a in check()
    )


def _values(values: Mapping[str, bool | int | float | str], lang: Language) -> str:
    """Pairs of name and value; a lone value without its name."""
    shown = {name: _shown(value, lang) for name, value in values.items()}
    return shown["value"] if list(shown) == ["value"] else ", ".join(f"{k} {v}" for k, v in shown.items())


def _shown(value: bool | int | float | str, lang: Language) -> str:
    if isinstance(value, bool):
        return YES_NO[lang][not value]
    return f"{value:.6g}" if isinstance(value, float) else str(value)
