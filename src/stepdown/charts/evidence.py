"""The evidence dot: a circle filled by quarters, always with its word."""

from __future__ import annotations

from stepdown.charts.element import Element, el
from stepdown.charts.words import word
from stepdown.contracts.effects import EvidenceLevel
from stepdown.vocabulary.ids import Language

_PARTS: dict[int, str | None] = {
    0: None,
    1: "M7 7V1.5A5.5 5.5 0 0 1 12.5 7Z",
    2: "M7 1.5A5.5 5.5 0 0 1 7 12.5Z",
    3: "M7 1.5a5.5 5.5 0 1 0 .01 0Z",
}


def evidence_dot(level: EvidenceLevel, language: Language, *, visible_word: bool = False) -> Element:
    """Empty: judgement only; quarter: thin; half: some; full: good. The word is read out, or shown."""
    part = _PARTS[level]
    drawing = el(
        "svg",
        el("circle", class_="ring", cx=7, cy=7, r=5.5),
        el("path", class_="part", d=part) if part else None,
        class_="evidence",
        viewBox="0 0 14 14",
        aria_hidden="true",
    )
    name = evidence_word(level, language)
    text = el("span", f" {name}" if visible_word else name, class_=None if visible_word else "hidden-text")
    return el("span", drawing, text, class_="evidence-mark")


def evidence_word(level: EvidenceLevel, language: Language) -> str:
    """The word for a level of evidence."""
    return word(f"evidence_{level}", language)
