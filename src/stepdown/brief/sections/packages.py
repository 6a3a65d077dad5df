"""The packages compared: what they contain, when, by whom, and whether budgets carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stepdown.brief.voice import Voice, letter_class
from stepdown.charts import Figure, evidence_dot, measures_by_track, package_timeline
from stepdown.charts.element import Element
from stepdown.charts.numbers import NBSP, decimal, share
from stepdown.charts.words import word
from stepdown.contracts.findings import BudgetNote, MeasureInPackage, PackageDescription

_FULLY_DELIVERED = 0.995
_MOST_BUDGETS = 4


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: its name, when, how and by whom, the word for its strength, its evidence."""

    name: str
    detail: str
    strength: str
    evidence: Element


@dataclass(frozen=True, slots=True)
class PackageCard:
    """A package for the comparison table and for its own card."""

    id: str
    letter: str
    letter_class: str
    label: str
    heading: str
    summary: str
    measures_by_track: tuple[str, ...]
    period: str
    budget: tuple[str, ...]
    timeline: Figure
    tracks: tuple[tuple[str, tuple[MeasureLine, ...]], ...]


def package_cards(voice: Voice) -> tuple[PackageCard, ...]:
    """One card per package, in the order given."""
    return tuple(_card(voice, package) for package in voice.findings.packages)


def _card(voice: Voice, package: PackageDescription) -> PackageCard:
    groups = measures_by_track(package.measures)
    starts = [m.start for m in package.measures]
    label = voice.text(package.label)
    findings = voice.findings
    return PackageCard(
        id=package.id,
        letter=package.letter,
        letter_class=letter_class(package),
        label=label,
        heading=voice.say("package_heading", letter=package.letter, label=label),
        summary=voice.text(package.summary),
        measures_by_track=tuple(
            voice.say("packages.per_track", track=word(f"track_{track}", voice.language), count=len(measures))
            for track, measures in groups
        ),
        period=f"{min(starts)}, {max(m.full for m in package.measures)}" if starts else "",
        budget=_budget(voice, package.budget),
        timeline=package_timeline(
            package,
            findings.start_year,
            findings.end_year,
            voice.language,
            figure_id=f"timeline-{package.id}",
        ),
        tracks=tuple(
            (word(f"track_{track}", voice.language), tuple(_measure(voice, m) for m in measures))
            for track, measures in groups
        ),
    )


def _measure(voice: Voice, measure: MeasureInPackage) -> MeasureLine:
    detail = voice.say(
        "packages.detail",
        start=measure.start,
        full=measure.full,
        condition=voice.say(f"condition.{measure.condition}"),
        actors=voice.actors(measure.actors),
    )
    return MeasureLine(
        name=voice.text(measure.label),
        detail=detail,
        strength=voice.say(f"strength.{measure.word}"),
        evidence=evidence_dot(measure.evidence, voice.language),
    )


def _budget(voice: Voice, notes: Sequence[BudgetNote]) -> tuple[str, ...]:
    """Budgets that scale measures down, the tightest first; or the one used most, when all suffice."""
    if not notes:
        return (voice.say("packages.no_budget"),)
    by_use = sorted(notes, key=lambda note: -note.used / note.available)
    scaled = [note for note in by_use if note.delivered < _FULLY_DELIVERED]
    if not scaled:
        return (voice.say("packages.within", **_use(voice, by_use[0])),)
    lines = [
        voice.say("packages.scaled", delivered=share(note.delivered), **_use(voice, note))
        for note in scaled[:_MOST_BUDGETS]
    ]
    rest = len(scaled) - len(lines)
    return (*lines, voice.say("packages.more", count=rest)) if rest else tuple(lines)


def _use(voice: Voice, note: BudgetNote) -> dict[str, str]:
    return {
        "actor": voice.actors((note.actor,)),
        "used": f"{decimal(100 * note.used / note.available, 0)}{NBSP}%",
        "kind": voice.say(f"packages.{note.kind}"),
    }
