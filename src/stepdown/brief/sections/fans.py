"""Over time: fan charts with their paired baseline, outcome by outcome."""

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
    outcome: str
    note: str
    figure: Figure


def fan_figures(voice: Voice) -> tuple[FanFigure, ...]:
    """All fans: outcomes in the order of the findings, within each the packages."""
    order = [p.id for p in voice.findings.packages]
    by_outcome = ([f for f in voice.findings.fans if f.outcome == o.id] for o in voice.findings.outcomes)
    return tuple(
        _fan(voice, fan) for fans in by_outcome for fan in sorted(fans, key=lambda f: order.index(f.package))
    )


def _fan(voice: Voice, fan: FanSeries) -> FanFigure:
    package = voice.findings.package(fan.package)
    outcome = voice.findings.outcome(fan.outcome)
    figure_id = f"fan-{fan.package}-{fan.outcome}"
    return FanFigure(
        letter=package.letter,
        letter_class=letter_class(package),
        package=voice.text(package.label),
        outcome=outcome.label.heading(voice.language),
        note=voice.text(fan.level_note),
        figure=fan_chart(fan, outcome, package.letter, voice.language, figure_id=figure_id),
    )
