"""Bands in rows on one axis: what assessments find, row by row, series by series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width, tick_places, ticks, wrap
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.contracts.assessments import Spread
from stepdown.contracts.assessments.page import AxisUnit, BandChart, BandRow
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language

SEVERAL = 2
"""From so many groups on, each gets a drawing of its own."""
PART_WIDTH = 300.0
_LETTERS = "ABCD"
_BAND, _LINE, _SIZE, _MARGIN = 9.0, 15.0, 12.0, 16.0


def band_chart(chart: BandChart, language: Language, *, width: float = 360) -> Figure:
    """Draw every row of `chart`: labels above their bands, a letter at the end of each band."""
    x = Scale(chart.low, chart.high, 4, width - _MARGIN)
    key, top = _key(chart, language, width)
    shapes: list[Element] = [*key]
    y, group = top + 18, None
    axis_top = y
    for row in chart.rows:
        if row.group is not None and row.group != group:
            y += _LINE + 4
            shapes.append(label(row.group.text(language), 0, y, size=13, class_="c-strong", bold=True))
            y += 4
        group = row.group
        for text in wrap(row.label.text(language), width - 4, _SIZE):
            y += _LINE
            shapes.append(label(text, 0, y, size=_SIZE))
        y += 5
        for i, band in enumerate(row.bands):
            if band is not None:
                shapes.extend(_band(band, _LETTERS[i], x, y, many=len(row.bands) > 1))
            y += _BAND + 4
    behind = _axis(chart, x, axis_top, y + 4, language)
    table = _table(chart, language)
    title, finding = chart.title.text(language), chart.finding.text(language)
    return Figure(chart.id, title, finding, width, y + 24, (*behind, *shapes), table)


def band_charts(chart: BandChart, language: Language) -> tuple[Figure, ...]:
    """One drawing, or one per group where there are several: all on the same axis, to stand side by side."""
    groups = dict.fromkeys(row.group for row in chart.rows)
    if len(groups) < SEVERAL or None in groups:
        return (band_chart(chart, language),)

    def part(number: int, group: Bilingual) -> BandChart:
        rows = tuple(replace(row, group=None) for row in chart.rows if row.group == group)
        return replace(chart, id=f"{chart.id}-{number}", title=group, finding=group, rows=rows)

    parts = (part(n, group) for n, group in enumerate(groups) if group is not None)
    return tuple(band_chart(of_group, language, width=PART_WIDTH) for of_group in parts)


def written(unit: AxisUnit, *values: float) -> tuple[str, ...]:
    """Values of a band in the unit of its axis."""
    if unit == "change":
        return numbers.changes("ratio", *values)
    if unit == "share":
        return tuple(numbers.share(v) for v in values)
    return tuple(str(round(v)) if unit == "year" else numbers.decimal(v, 2) for v in values)


def _band(band: Spread, letter: str, x: Scale, top: float, *, many: bool) -> tuple[Element, ...]:
    fill, stroke = f"c-fill-{letter.lower()}", f"c-line-{letter.lower()}"
    middle = top + _BAND / 2

    def box(low: float, high: float, opacity: str) -> Element:
        left, right = x.clip(low), x.clip(high)
        wide = max(right - left, 2.0)
        return el("rect", class_=fill, x=left, y=top, width=wide, height=_BAND, fill_opacity=opacity)

    left, right = x.clip(band.p05), x.clip(band.p95)
    edge = el(
        "rect",
        class_=stroke,
        x=left,
        y=top,
        width=max(right - left, 2.0),
        height=_BAND,
        fill="none",
        stroke_width="1",
        stroke_dasharray=PACKAGE_DASH[letter],
    )
    breaks = (*_break(x.start, top, band.p05 < x.low), *_break(x.end, top, band.p95 > x.high))
    end = label(letter, right + 4, middle + 4, size=11, class_="c-text") if many else None
    parts = (
        box(band.p05, band.p95, "0.22"),
        box(band.p25, band.p75, "0.45"),
        edge,
        line(x.clip(band.median), top - 2, x.clip(band.median), top + _BAND + 2, "c-ink", width=2),
        end,
        *breaks,
    )
    return tuple(part for part in parts if part is not None)


def _break(at: float, top: float, leaves: bool) -> tuple[Element, ...]:
    """Two slanted strokes where a band leaves the axis; its number stands in the table."""
    if not leaves:
        return ()
    return tuple(
        line(at - 5 + dx, top + _BAND + 2, at - 1 + dx, top - 2, "c-ink", width=1.4) for dx in (0.0, 4.0)
    )


def _axis(chart: BandChart, x: Scale, top: float, bottom: float, language: Language) -> tuple[Element, ...]:
    marks = ticks(chart.low, chart.high)
    shapes = []
    for mark in marks:
        anchor = "start" if x(mark) < 20 else "end" if x(mark) > x.end - 14 else "middle"
        shapes.append(line(x(mark), top, x(mark), bottom, "c-grid"))
        shapes.append(label(_tick(chart.unit, mark, marks), x(mark), bottom + 14, size=11, anchor=anchor))
    if chart.centre is not None:
        shapes.append(line(x(chart.centre), top, x(chart.centre), bottom, "c-zero", width=1.5))
    if chart.floor is not None:
        at, words = chart.floor
        shapes.append(
            el(
                "line",
                class_="c-ink",
                x1=x(at),
                y1=top - 2,
                x2=x(at),
                y2=bottom,
                stroke_width="1.4",
                stroke_dasharray="3 3",
            )
        )
        end = x(at) > (x.start + x.end) / 2
        shapes.append(label(words.text(language), x(at), top - 5, size=11, anchor="end" if end else "start"))
    return tuple(shapes)


def _tick(unit: AxisUnit, value: float, all_ticks: Sequence[float]) -> str:
    if unit == "index":
        return numbers.decimal(value, tick_places(all_ticks))
    if unit == "change":
        return numbers.signed(100 * value, 0) + f"{numbers.NBSP}%"
    return f"{round(100 * value)}{numbers.NBSP}%" if unit == "share" else str(round(value))


def _key(chart: BandChart, language: Language, width: float) -> tuple[tuple[Element, ...], float]:
    """Swatch, letter and name of every series, and the height they take; none for a single series."""
    if len(chart.series) < 2:
        return (), 0.0
    shapes: list[Element] = []
    x, y = 0.0, 4.0
    for letter, name in zip(_LETTERS, chart.series, strict=False):
        text = f"{letter} {name.text(language)}"
        wide = 26 + text_width(text, _SIZE) + 14
        if x and x + wide > width:
            x, y = 0.0, y + _LINE + 3
        css = f"c-fill-{letter.lower()} c-line-{letter.lower()}"
        shapes.append(
            el(
                "rect",
                class_=css,
                x=x,
                y=y,
                width=18,
                height=_BAND,
                fill_opacity="0.45",
                stroke_width="1",
                stroke_dasharray=PACKAGE_DASH[letter],
            )
        )
        shapes.append(label(text, x + 24, y + _BAND, size=_SIZE))
        x += wide
    return tuple(shapes), y + _LINE


def _table(chart: BandChart, language: Language) -> Table:
    def cell(row: BandRow, i: int) -> str:
        band = row.bands[i] if i < len(row.bands) else None
        if band is None:
            return "–"
        median, low, high = written(chart.unit, band.median, band.p05, band.p95)
        return median if low == high else f"{median} ({numbers.between(low, high, language)})"

    def name(row: BandRow) -> str:
        own = row.label.text(language)
        return own if row.group is None else f"{row.group.text(language)}: {own}"

    series = [s.text(language) for s in chart.series]
    rows = tuple((name(row), *(cell(row, i) for i in range(len(series)))) for row in chart.rows)
    columns = (word("band_row", language), *series)
    return Table(chart.title.text(language), columns, rows, frozenset(range(1, len(columns))))
