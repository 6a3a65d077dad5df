"""How a claim stands, in marks: a shape and a word for each verdict."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.claims_page import ClaimEntry
from stepdown.study.claims.book import Judged
from stepdown.study.claims.words import told
from stepdown.vocabulary.ids import Language

SHAPES = ("holds", "mixed", "fails", "assumed", "not_testable")


@dataclass(frozen=True)
class Mark:
    """`shape` is one of `SHAPES`, or "awaited". `about`: what the word is said of, for those who listen."""

    shape: str
    word: str
    about: str = ""


def verdict_mark(verdict: str, language: Language, about: str = "") -> Mark:
    """The mark of one verdict."""
    return Mark(verdict, told(verdict).text(language), about)


def claim_mark(found: Judged, language: Language) -> Mark:
    """How the claim stands as a whole: one that holds because it was assumed is marked so."""
    verdict = "assumed" if found.group == "group_assumed" else found.entry.verdict
    return verdict_mark(verdict, language)


def lens_marks(entry: ClaimEntry, language: Language) -> tuple[Mark, ...]:
    """One mark per lens, in the order of the lenses."""
    return tuple(verdict_mark(verdict, language, lens.text(language)) for lens, verdict in entry.lenses)


def key(language: Language) -> tuple[Mark, ...]:
    """All shapes with their words."""
    return tuple(verdict_mark(shape, language) for shape in SHAPES)
