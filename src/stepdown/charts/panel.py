"""A panel of a fan chart: its scales, its grid with labels, its years."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import numbers
from stepdown.charts.element import Element, polyline
from stepdown.charts.figure import label, line
from stepdown.charts.layout import Scale, text_width, tick_places, ticks

_LEAST_LEFT = 38.0


@dataclass(frozen=True, slots=True)
class Panel:
    """A plotting area: horizontal scale of years, vertical scale of values."""

    x: Scale
    y: Scale

    def band(self, years: tuple[int, ...], low: tuple[float, ...], high: tuple[float, ...]) -> str:
        """Path data of the area between two series."""
        there = [(self.x(t), self.y(v)) for t, v in zip(years, high, strict=True)]
        back = [(self.x(t), self.y(v)) for t, v in zip(years, low, strict=True)]
        return polyline([*there, *reversed(back)], close=True)

    def edge(self, years: tuple[int, ...], values: tuple[float, ...]) -> str:
        """Path data of one series."""
        return polyline((self.x(t), self.y(v)) for t, v in zip(years, values, strict=True))


def _tick_labels(scale: Scale, *, zero: bool) -> tuple[tuple[float, str], ...]:
    """Round values with their words; differences (``zero``) carry a sign."""
    values = ticks(scale.low, scale.high, 4 if abs(scale.end - scale.start) > 110 else 3)
    places = tick_places(values)
    written = numbers.signed if zero else numbers.decimal
    return tuple((value, "0" if value == 0 else written(value, places)) for value in values)


def left_margin(levels: Scale, differences: Scale) -> float:
    """Room for the widest label of two panels that share their years."""
    labels = (*_tick_labels(levels, zero=False), *_tick_labels(differences, zero=True))
    return max(_LEAST_LEFT, *(text_width(text, 12) + 8 for _, text in labels))


def grid(panel: Panel, *, zero: bool) -> tuple[Element, ...]:
    """Grid lines with their labels; a panel of differences (``zero``) has a darker line at zero."""
    shapes: list[Element] = []
    for value, text in _tick_labels(panel.y, zero=zero):
        y = panel.y(value)
        strong = zero and value == 0
        shapes.append(
            line(
                panel.x.start, y, panel.x.end, y, "c-zero" if strong else "c-grid", width=1.5 if strong else 1
            )
        )
        shapes.append(label(text, panel.x.start - 5, y + 4, anchor="end"))
    return tuple(shapes)


def year_labels(panel: Panel, years: tuple[int, ...], y: float) -> tuple[Element, ...]:
    """First, middle and last year."""
    marks = ((years[0], "start"), (years[len(years) // 2], "middle"), (years[-1], "end"))
    return tuple(label(str(year), panel.x(year), y, anchor=anchor) for year, anchor in marks)
