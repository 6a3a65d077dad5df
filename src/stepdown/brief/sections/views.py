"""One ally's and one rival's view: the outcomes that matter to them, package by package."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.sections.effects import lens_effects
from stepdown.brief.voice import Voice, letter_class
from stepdown.charts import Figure, effect_interval, futures_squares, shared_axis
from stepdown.charts.numbers import changes, share
from stepdown.contracts.effects import OutcomeLabel, PairedEffect
from stepdown.contracts.findings import ActorView


@dataclass(frozen=True, slots=True)
class Gauge:
    """One effect in full: median, shares, interval with its lenses, twenty futures."""

    letter: str
    letter_class: str
    package: str
    median: str
    shares: str
    interval: Figure
    squares: Figure


@dataclass(frozen=True, slots=True)
class View:
    """How the packages look from one state: per outcome the gauges of all packages."""

    heading: str
    intro: str
    outcomes: tuple[tuple[str, str, tuple[Gauge, ...]], ...]
    notes: tuple[int, ...]


def views(voice: Voice) -> tuple[View, ...]:
    """The views given, allies before rivals."""
    ordered = sorted(voice.findings.views, key=lambda v: v.stance)
    return tuple(_view(voice, view, position) for position, view in enumerate(ordered))


def _view(voice: Voice, view: ActorView, position: int) -> View:
    outcomes = []
    for outcome_id in view.outcomes:
        outcome = voice.findings.outcome(outcome_id)
        intended = voice.say(f"effects.{outcome.intended}")
        outcomes.append((outcome.label.heading(voice.language), intended, _gauges(voice, outcome, position)))
    return View(
        heading=voice.say(f"views.{view.stance}", actor=voice.actors((view.actor,))),
        intro=voice.say(f"views.{view.stance}_intro"),
        outcomes=tuple(outcomes),
        notes=voice.note_numbers(view.sources),
    )


def _gauges(voice: Voice, outcome: OutcomeLabel, position: int) -> tuple[Gauge, ...]:
    found = ((p, voice.findings.effect(p.id, outcome.id)) for p in voice.findings.packages)
    effects = [(package, effect) for package, effect in found if effect is not None]
    axis = shared_axis(outcome, [effect for _, effect in effects])
    return tuple(
        Gauge(
            letter=package.letter,
            letter_class=letter_class(package),
            package=voice.text(package.label),
            median=changes(outcome.kind, effect.median, effect.p05, effect.p95)[0],
            shares=_shares(voice, effect),
            interval=effect_interval(
                effect,
                outcome,
                package.letter,
                voice.language,
                axis=axis,
                figure_id=f"view{position}-{package.id}-{outcome.id}",
                lenses=[lens for _, lens in lens_effects(voice, package.id, outcome.id)],
            ),
            squares=futures_squares(
                effect,
                outcome,
                package.letter,
                voice.language,
                figure_id=f"squares{position}-{package.id}-{outcome.id}",
            ),
        )
        for package, effect in effects
    )


def _shares(voice: Voice, effect: PairedEffect) -> str:
    return voice.say("views.gauge", improves=share(effect.improves), backfires=share(effect.backfires))
