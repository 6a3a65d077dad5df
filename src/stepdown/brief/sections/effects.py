"""What changes against doing nothing more: every headline outcome by package, on one axis per outcome."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.voice import Voice, headline, letter_class
from stepdown.charts import Figure, axis_header, effect_interval, shared_axis
from stepdown.charts.element import Element
from stepdown.charts.numbers import between, changes, share
from stepdown.contracts.effects import OutcomeLabel, PairedEffect
from stepdown.contracts.findings import PackageDescription


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One package on one outcome. ``id`` is an anchor that a reader can link to."""

    id: str
    letter: str
    letter_class: str
    package: str
    interval: Figure
    median: str
    range: str
    improves: str
    backfires: str
    lenses: str


@dataclass(frozen=True, slots=True)
class OutcomeRows:
    """One outcome with the axis its rows share."""

    label: str
    unit: str
    intended: str
    axis: Element
    rows: tuple[EffectRow, ...]


def effect_rows(voice: Voice) -> tuple[OutcomeRows, ...]:
    """Rows of the effects table, grouped by headline outcome."""
    return tuple(_outcome(voice, outcome) for outcome in headline(voice.findings))


def lens_effects(voice: Voice, package: str, outcome: str) -> tuple[tuple[str, PairedEffect], ...]:
    """Effects under each single lens with the lens's name, in the order of the lenses."""
    found = ((lens, voice.findings.effect(package, outcome, lens.id)) for lens in voice.findings.lenses)
    return tuple((voice.text(lens.label), effect) for lens, effect in found if effect is not None)


def worst_lens(voice: Voice, package: str, outcome: str) -> str:
    """The lens under which most futures backfire, with its share; empty when none backfires under any."""
    lenses = lens_effects(voice, package, outcome)
    if not lenses:
        return ""
    name, worst = max(lenses, key=lambda pair: pair[1].backfires)
    if worst.backfires == 0:
        return ""
    return voice.say("effects.worst_lens", lens=name, share=share(worst.backfires))


def _lenses(voice: Voice, effect: PairedEffect) -> str:
    """How many lenses agree with the sign of the pooled median, and the worst lens."""
    worst = worst_lens(voice, effect.package, effect.outcome)
    if effect.sign_agreement is None:
        return worst
    total = len(voice.findings.run.lenses)
    agree = voice.say("effects.agree", k=round(effect.sign_agreement * total), n=total)
    return voice.say("effects.lenses", agree=agree, worst=worst) if worst else agree


def _outcome(voice: Voice, outcome: OutcomeLabel) -> OutcomeRows:
    found = ((p, voice.findings.effect(p.id, outcome.id)) for p in voice.findings.packages)
    effects = [(package, effect) for package, effect in found if effect is not None]
    axis = shared_axis(outcome, [effect for _, effect in effects])
    return OutcomeRows(
        label=outcome.label.heading(voice.language),
        unit=voice.text(outcome.unit),
        intended=voice.say(f"effects.{outcome.intended}"),
        axis=axis_header(outcome, axis),
        rows=tuple(_row(voice, outcome, package, effect, axis) for package, effect in effects),
    )


def _row(
    voice: Voice, outcome: OutcomeLabel, package: PackageDescription, effect: PairedEffect, axis: float
) -> EffectRow:
    lenses = lens_effects(voice, package.id, outcome.id)
    interval = effect_interval(
        effect,
        outcome,
        package.letter,
        voice.language,
        axis=axis,
        figure_id=f"effect-{package.id}-{outcome.id}",
        lenses=[lens for _, lens in lenses],
    )
    median, low, high = changes(outcome.kind, effect.median, effect.p05, effect.p95)
    return EffectRow(
        id=f"row-{package.id}-{outcome.id}",
        letter=package.letter,
        letter_class=letter_class(package),
        package=voice.text(package.label),
        interval=interval,
        median=median,
        range=between(low, high, voice.language),
        improves=share(effect.improves),
        backfires=share(effect.backfires),
        lenses=_lenses(voice, effect),
    )
