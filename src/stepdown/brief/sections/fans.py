"""Over time: fan charts with their paired baseline, grouped by outcome."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.voice import Voice, letter_class
from stepdown.charts import Figure, fan_chart
from stepdown.contracts.effects import FanSeries


@dataclass(frozen=True, slots=True)
class FanFigure:
    """A fan chart with the package it belongs to."""

    letter: str
    letter_class: str
    package: str
    note: str
    figure: Figure


def fan_groups(voice: Voice) -> tuple[tuple[str, tuple[FanFigure, ...]], ...]:
    """Outcome names with their fans; outcomes in the order of the findings, packages likewise."""
    groups = (
        (
            voice.text(outcome.label),
            tuple(_fan(voice, f) for f in voice.findings.fans if f.outcome == outcome.id),
        )
        for outcome in voice.findings.outcomes
    )
    return tuple((name, fans) for name, fans in groups if fans)


def _fan(voice: Voice, fan: FanSeries) -> FanFigure:
    package = voice.findings.package(fan.package)
    outcome = voice.findings.outcome(fan.outcome)
    figure_id = f"fan-{fan.package}-{fan.outcome}"
    return FanFigure(
        letter=package.letter,
        letter_class=letter_class(package),
        package=voice.text(package.label),
        note=voice.text(fan.level_note),
        figure=fan_chart(fan, outcome, package.letter, voice.language, figure_id=figure_id),
    )
