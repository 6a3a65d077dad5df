"""Spans of years in rows on one axis: events by kind, or the years in which programmes count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, ticks, wrap
from stepdown.charts.words import word
from stepdown.vocabulary.ids import Language

_LINE, _BAR, _SIZE, _LEAST = 15.0, 10.0, 12.0, 3.0


@dataclass(frozen=True, slots=True)
class Span:
    """From a year to a year (with fractions), `middle` marked where given; `label` for the table twin."""

    label: str
    low: float
    high: float
    low_words: str
    high_words: str
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A row: its name and its spans."""

    label: str
    spans: tuple[Span, ...]


def span_chart(
    rows: Sequence[SpanRow],
    years: tuple[float, float],
    language: Language,
    *,
    figure_id: str,
    title: str,
    finding: str,
    width: float = 340,
) -> Figure:
    """Draw the rows, names above their spans; what leaves the axis is cut at its ends."""
    x = Scale(years[0], years[1], 4, width - 12)
    shapes: list[Element] = []
    y = 0.0
    for row in rows:
        for text in wrap(row.label, width - 8, _SIZE):
            y += _LINE
            shapes.append(label(text, 4, y, class_="c-strong"))
        y += 5
        shapes.append(line(x.start, y + _BAR, x.end, y + _BAR, "c-grid"))
        for span in row.spans:
            shapes.extend(_bar(span, x, y))
        y += _BAR + 5
    years_shown = ticks(years[0], years[1], 4)
    behind = [line(x(t), 0, x(t), y, "c-grid") for t in years_shown]
    axis = [line(x.start, y, x.end, y, "c-axis")]
    for t in years_shown:
        anchor = "start" if x(t) < 20 else "end" if x(t) > x.end - 12 else "middle"
        axis += [line(x(t), y, x(t), y + 4, "c-axis"), label(f"{t:.0f}", x(t), y + 17, anchor=anchor)]
    table = _table(rows, title, language)
    return Figure(figure_id, title, finding, width, y + 24, (*behind, *shapes, *axis), table)


def _bar(span: Span, x: Scale, top: float) -> tuple[Element, ...]:
    start, end = x.clip(span.low), x.clip(span.high)
    wide = max(end - start, _LEAST)
    bar = el(
        "rect",
        class_="c-accent c-halo" if span.middle is None else "c-baseband c-baseline",
        x=start,
        y=top,
        width=wide,
        height=_BAR,
        rx=1,
        stroke_width=0.8,
    )
    if span.middle is None:
        return (bar,)
    at = x.clip(span.middle)
    return bar, line(at, top - 1, at, top + _BAR + 1, "c-ink", width=2.4)


def _table(rows: Sequence[SpanRow], title: str, language: Language) -> Table:
    marked = any(span.middle is not None for row in rows for span in row.spans)
    keys = ("spans_what", "spans_from", *(("spans_middle",) if marked else ()), "spans_until")
    found = []
    for row in rows:
        for span in row.spans:
            middle = (f"{span.middle:.0f}" if span.middle is not None else "–",) if marked else ()
            found.append((span.label, span.low_words, *middle, span.high_words))
    return Table(title, tuple(word(k, language) for k in keys), tuple(found))
