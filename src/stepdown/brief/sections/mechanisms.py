"""Why: the effect of a package by mechanism, where an explanation was computed."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.voice import Voice, letter_class
from stepdown.charts import Figure, contributions_chart
from stepdown.charts.numbers import count
from stepdown.contracts.explanation import Explanation


@dataclass(frozen=True, slots=True)
class WhyFigure:
    """An explanation's chart with the package it belongs to; ``futures`` says how many it rests on."""

    letter: str
    letter_class: str
    package: str
    outcome: str
    futures: str
    figure: Figure


def why_figures(voice: Voice) -> tuple[WhyFigure, ...]:
    """All explanations of the findings, in their order; none makes the section disappear."""
    return tuple(_figure(voice, found) for found in voice.findings.explanations)


def _figure(voice: Voice, found: Explanation) -> WhyFigure:
    package = voice.findings.package(found.package)
    outcome = voice.findings.outcome(found.outcome)
    return WhyFigure(
        letter=package.letter,
        letter_class=letter_class(package),
        package=voice.text(package.label),
        outcome=outcome.label.heading(voice.language),
        futures=voice.say("mechanisms.futures", futures=count(found.n, voice.language)),
        figure=contributions_chart(
            found,
            outcome,
            package.letter,
            voice.language,
            figure_id=f"why-{found.package}-{found.outcome}",
        ),
    )
