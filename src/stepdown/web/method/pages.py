"""The parts of the screen as page contexts: words where words depend on data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepdown.charts.numbers import decimal, share
from stepdown.contracts.facts import Lens, Source
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.start_terms import START_TERMS
from stepdown.study.method import (
    Dispute,
    Factor,
    KnownAnswer,
    Release,
    articles,
    calibration_report,
    changelog,
    disputes,
    known_answers,
    odd,
    release,
    trust,
)
from stepdown.study.method.articles import CHANGELOG, PLACES
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import MODEL_ACTORS, THEATRES, Language
from stepdown.web.method.markdown import Text, shown
from stepdown.web.pages import Link
from stepdown.web.words import Say

PARTS = (
    *("overview", "credibility", "switches", "validation", "calibration"),
    *("backcasts", "description", "changes", "notes"),
)
"""Parts in order; `overview` stands at the screen's own address."""


@dataclass(frozen=True)
class Door:
    """A part of the screen as the overview offers it: its link and one sentence that is true today."""

    link: Link
    text: str


@dataclass(frozen=True)
class OverviewPage:
    """What the model is, what it cannot say, and the parts."""

    parts: tuple[Link, ...]
    actors: int
    theatres: int
    cannot: tuple[str, ...]
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class CredibilityPage:
    """Factors with their levels, and the counts behind the counted ones."""

    parts: tuple[Link, ...]
    factors: tuple[Factor, ...]
    lowest: int
    observed: int
    checked: tuple[tuple[str, int, int, str], ...]
    uncertain: int
    judged: int
    judged_share: str
    pedigree: tuple[tuple[str, str], ...]
    cannot: tuple[str, ...]


@dataclass(frozen=True)
class SwitchesPage:
    """Switches with both sides; which terms each may change at the start; weights lens by lens."""

    parts: tuple[Link, ...]
    terms: tuple[str, ...]
    lenses: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    weights: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(frozen=True)
class ValidationPage:
    """Known answers beside what the code finds."""

    parts: tuple[Link, ...]
    answers: tuple[KnownAnswer, ...]
    passed: int
    sources: Mapping[str, str]


@dataclass(frozen=True)
class TextPage:
    """A written text; `foreign` where it exists in English alone and the reader reads Japanese."""

    parts: tuple[Link, ...]
    part: str
    title: str
    text: Text
    language: Language
    foreign: bool
    back: str


@dataclass(frozen=True)
class NotesPage:
    """The method notes and derivations that are at hand."""

    parts: tuple[Link, ...]
    notes: tuple[Link, ...]


@dataclass(frozen=True)
class ChangesPage:
    """This release and its baseline; earlier ones; the changelog where it is at hand."""

    parts: tuple[Link, ...]
    release: Release
    text: Text | None
    foreign: bool


def parts(lang: Language, here: str) -> tuple[Link, ...]:
    """Links to the parts."""
    return tuple(Link(Say(lang)(f"method.part.{p}"), _at(lang, p), p == here) for p in PARTS)


def overview_page(facts: Facts, lang: Language) -> OverviewPage:
    """The overview, each part with one sentence."""
    known, answers = trust(facts, lang), known_answers(lang)
    values: Mapping[str, Mapping[str, str | int]] = {
        "credibility": {"lowest": known.lowest, "factors": len(known.factors)},
        "switches": {"switches": len(disputes(facts, lang)), "lenses": len(facts.all(Lens))},
        "validation": {"passed": sum(a.passed for a in answers), "all": len(answers)},
    }
    say = Say(lang)
    doors = tuple(
        Door(link, say(f"method.door.{part}", **values.get(part, {})))
        for part, link in zip(PARTS, parts(lang, "overview"), strict=True)
        if part != "overview"
    )
    here = parts(lang, "overview")
    return OverviewPage(here, len(MODEL_ACTORS), len(THEATRES), known.cannot, doors)


def credibility_page(facts: Facts, lang: Language) -> CredibilityPage:
    """The credibility assessment."""
    known = trust(facts, lang)
    return CredibilityPage(
        parts(lang, "credibility"),
        known.factors,
        known.lowest,
        known.observed,
        tuple((c.how, c.mark, c.records, share(c.records / known.observed)) for c in known.checked),
        known.uncertain,
        known.judged,
        share(known.judged / known.uncertain),
        tuple((name, decimal(mark, 2)) for name, mark in known.pedigree),
        known.cannot,
    )


def switches_page(facts: Facts, lang: Language) -> SwitchesPage:
    """The structural switches and the lenses' weights."""
    found = disputes(facts, lang)
    weights = {
        d.id: tuple((s.label, tuple(share(w.share) for w in s.weights)) for s in d.sides) for d in found
    }
    lenses = tuple(lens.label[lang] for lens in facts.all(Lens))
    return SwitchesPage(parts(lang, "switches"), tuple(START_TERMS), lenses, found, weights)


def validation_page(facts: Facts, lang: Language) -> ValidationPage:
    """The reference problems, solved now."""
    answers = known_answers(lang)
    titles = {a.source: _source(facts.get(Source, a.source)) for a in answers}
    return ValidationPage(parts(lang, "validation"), answers, sum(a.passed for a in answers), titles)


def calibration_page(lang: Language) -> TextPage:
    """The report of the calibrated ensemble that ships."""
    text = shown(calibration_report(lang))
    return TextPage(parts(lang, "calibration"), "calibration", text.title, text, lang, False, "")


def description_page(facts: Facts, lang: Language) -> TextPage:
    """The ODD description, written from the code and the record."""
    text = shown(odd(facts), "docs/odd.md", _pages(lang))
    return TextPage(parts(lang, "description"), "description", text.title, text, "en", lang != "en", "")


def notes_page(lang: Language) -> NotesPage:
    """What notes there are."""
    notes = tuple(
        Link(Say(lang)(f"method.note.{a.name}"), f"/{lang}/method/notes/{a.name}", False) for a in articles()
    )
    return NotesPage(parts(lang, "notes"), notes)


def note_page(lang: Language, name: str) -> TextPage:
    """One note. Raises UnknownNameError with the nearest name."""
    found = {a.name: a for a in articles()}
    if name not in found:
        raise UnknownNameError("note", name, found)
    text = shown(found[name].text, found[name].place, _pages(lang))
    back = f"/{lang}/method/notes"
    return TextPage(parts(lang, "notes"), "notes", text.title, text, "en", lang != "en", back)


def changes_page(facts: Facts, lang: Language) -> ChangesPage:
    """This release, and the changelog."""
    log = changelog()
    text = shown(log, CHANGELOG, _pages(lang)) if log else None
    return ChangesPage(parts(lang, "changes"), release(facts), text, lang != "en")


def _at(lang: Language, part: str) -> str:
    return f"/{lang}/method" if part == "overview" else f"/{lang}/method/{part}"


def _pages(lang: Language) -> Mapping[str, str]:
    """Where documents of the project are shown here."""
    own = {
        "docs/odd.md": "description",
        "docs/credibility.md": "credibility",
        "docs/method/switches.md": "switches",
        CHANGELOG: "changes",
    }
    notes = {place: f"/{lang}/method/notes/{name}" for name, place in PLACES.items()}
    return {place: f"/{lang}/method/{part}" for place, part in own.items()} | notes


def _source(source: Source) -> str:
    year = (source.date_published or "")[:4]
    return f"{source.authors or source.publisher} {year}".strip()
