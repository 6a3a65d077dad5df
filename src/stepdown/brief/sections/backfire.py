"""Where it backfires: the most frequent cases, and the two inputs that decide most."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.sections.effects import worst_lens
from stepdown.brief.sections.short import headline_effects
from stepdown.brief.voice import Voice, letter_class
from stepdown.charts import Figure, evidence_dot, futures_squares
from stepdown.charts.element import Element
from stepdown.charts.numbers import share
from stepdown.contracts.effects import DecidingInput, PairedEffect

LEAST_SHARE = 0.05
"""A case enters the table when at least this share of futures backfires."""


@dataclass(frozen=True, slots=True)
class Decider:
    """One deciding input: its name, the condition, how the share moves with it, how much it explains.

    ``where`` is empty when it would only repeat the name beside the shares.
    """

    label: str
    where: str
    thirds: str
    importance: str
    evidence: Element
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BackfireRow:
    """One package on one outcome that moves the wrong way."""

    letter: str
    letter_class: str
    package: str
    outcome: str
    backfires: str
    worst: str
    squares: Figure
    deciders: tuple[Decider, ...]


def backfire_rows(voice: Voice) -> tuple[BackfireRow, ...]:
    """Headline cases with a backfire share of at least `LEAST_SHARE`, most frequent first."""
    cases = [e for e in headline_effects(voice.findings) if e.backfires >= LEAST_SHARE]
    cases.sort(key=lambda e: -e.backfires)
    return tuple(_row(voice, effect) for effect in cases)


def _row(voice: Voice, effect: PairedEffect) -> BackfireRow:
    findings = voice.findings
    package, outcome = findings.package(effect.package), findings.outcome(effect.outcome)
    mine = [d for d in findings.deciding if (d.package, d.outcome) == (effect.package, effect.outcome)]
    squares = futures_squares(
        effect,
        outcome,
        package.letter,
        voice.language,
        figure_id=f"backfire-{package.id}-{outcome.id}",
    )
    worst = worst_lens(voice, package.id, outcome.id)
    return BackfireRow(
        letter=package.letter,
        letter_class=letter_class(package),
        package=voice.text(package.label),
        outcome=outcome.label.heading(voice.language),
        backfires=share(effect.backfires),
        worst=voice.say("backfire.worst", lens=worst) if worst else "",
        squares=squares,
        deciders=tuple(_decider(voice, d) for d in sorted(mine, key=lambda d: -d.importance)[:2]),
    )


def _decider(voice: Voice, deciding: DecidingInput) -> Decider:
    thirds = ""
    if deciding.backfires_low is not None and deciding.backfires_high is not None:
        low, high = share(deciding.backfires_low), share(deciding.backfires_high)
        thirds = voice.say("backfire.thirds", low=low, high=high)
    condition = voice.text(deciding.condition)
    repeats = bool(thirds) and voice.text(deciding.label) in condition
    return Decider(
        label=deciding.label.heading(voice.language),
        where="" if repeats else voice.say("backfire.where", condition=condition),
        thirds=thirds,
        importance=voice.say("backfire.importance", share=share(deciding.importance)),
        evidence=evidence_dot(deciding.evidence, voice.language),
        notes=voice.note_numbers(deciding.sources),
    )
