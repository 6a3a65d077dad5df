"""The summary table of a run: headline outcomes by package, backfire beside every effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepdown.charts.numbers import between, changes, share
from stepdown.contracts.effects import Bilingual, PairedEffect
from stepdown.contracts.findings import Findings
from stepdown.study.words import words
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class EffectsTable:
    """A title, heads and rows of words, and notes below."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def effects_table(findings: Findings, lang: Language) -> EffectsTable:
    """Median and 9 in 10 futures, shares that improve and backfire, agreement of lenses, worst lens."""
    shown = [o for o in findings.outcomes if o.headline]
    rows = []
    for outcome in shown:
        for package in findings.packages:
            effect = findings.effect(package.id, outcome.id)
            if effect is not None:
                rows.append((outcome.label.text(lang), *_row(findings, effect, lang)))
    heads = ("outcome", "package", "median", "range", "improves", "backfires", "agreement", "worst")
    notes = [words("table", "conditional").text(lang)]
    if findings.run.failed:
        failed = words("table", "failed", failed=findings.run.failed, futures=findings.run.futures)
        notes.append(failed.text(lang))
    if findings.run.ensemble != "prior":
        notes.append(words("table", "calibrated", ensemble=findings.run.ensemble).text(lang))
    if findings.run.stale:
        notes.append(words("table", "stale").text(lang))
    notes += [note.text(lang) for note in _over_budget(findings)]
    title = words("table", "title", start=findings.start_year, end=findings.end_year)
    return EffectsTable(
        title.text(lang), tuple(words("table", h).text(lang) for h in heads), tuple(rows), tuple(notes)
    )


def _row(findings: Findings, effect: PairedEffect, lang: Language) -> tuple[str, ...]:
    kind = findings.outcome(effect.outcome).kind
    median, low, high = changes(kind, effect.median, effect.p05, effect.p95)
    single = [e for e in findings.effects if (e.package, e.outcome) == (effect.package, effect.outcome)]
    worst = max((e for e in single if e.lens != "all"), key=lambda e: e.backfires)
    names = {lens.id: lens.label.text(lang) for lens in findings.lenses}
    package = findings.package(effect.package)
    return (
        f"{package.letter} {package.label.text(lang)}",
        median,
        between(low, high, lang),
        share(effect.improves),
        share(effect.backfires),
        share(effect.sign_agreement or 0.0),
        f"{names[worst.lens]} {share(worst.backfires)}" if worst.backfires > 0 else "–",
    )


def _over_budget(findings: Findings) -> Iterator[Bilingual]:
    """What a package asked for beyond a budget, and how far its measures were scaled for it."""
    for package in findings.packages:
        for note in package.budget:
            if note.used > note.available:
                yield words(
                    "table",
                    f"over_{note.kind}",
                    package=package.letter,
                    actor=findings.actor(note.actor).label,
                    used=f"{note.used:.2f}",
                    delivered=f"{note.delivered:.2f}",
                )
