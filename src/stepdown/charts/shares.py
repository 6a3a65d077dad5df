"""Shares of futures in rows: a bar to the share, a stroke over its interval, the verdict's thresholds."""

from __future__ import annotations

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width
from stepdown.charts.words import word
from stepdown.contracts.claims_page import ShareChart, ShareRow
from stepdown.vocabulary.ids import Language

_ROW, _BAR, _SIZE = 26.0, 10.0, 12.0


def share_chart(chart: ShareChart, language: Language, *, width: float = 360) -> Figure:
    """Rows of `chart`: all lenses first. Bars start at 0; the dashed strokes are the two thresholds."""
    names = [row.label.text(language) for row in chart.rows]
    left = min(max(text_width(name, _SIZE) for name in names) + 12, width * 0.45)
    x = Scale(0, 1, left, width - 46)
    heads = _heads(chart, x, width, language)
    top = 22.0 if heads[0][3] == heads[1][3] else 35.0
    bottom = top + _ROW * len(chart.rows)
    shapes: list[Element] = [*_axis(x, top, bottom)]
    for i, (row, name) in enumerate(zip(chart.rows, names, strict=True)):
        shapes += _row(row, name, x, top + i * _ROW + (_ROW - _BAR) / 2, first=i == 0)
    for at, text, left_end, line_ in heads:
        shapes.append(_threshold(x(at), top - 4 - 13 * line_, bottom))
        shapes.append(label(text, left_end, top - 9 - 13 * line_, size=11))
    table = Table(
        chart.title.text(language),
        (word("lens", language), word("share_holds", language), word("interval_90", language)),
        tuple(
            (name, numbers.share(row.share.holds), _interval(row))
            for row, name in zip(chart.rows, names, strict=True)
        ),
        frozenset({1, 2}),
    )
    finding = chart.finding.text(language)
    return Figure(chart.id, chart.title.text(language), finding, width, bottom + 22, tuple(shapes), table)


def _heads(
    chart: ShareChart, x: Scale, width: float, language: Language
) -> list[tuple[float, str, float, int]]:
    """(threshold, words, where they begin, line) of both: on two lines where they would touch on one."""
    found: list[tuple[float, str, float, int]] = []
    taken = 0.0
    for at, key in ((chart.fails_below, "fails_below"), (chart.holds_from, "holds_from")):
        text = word(key, language)
        wide = text_width(text, 11)
        begin = min(max(x(at) - wide / 2, 0), width - wide)
        found.append((at, text, begin, 1 if found and begin < taken + 6 else 0))
        taken = begin + wide
    return found


def _row(row: ShareRow, name: str, x: Scale, y: float, *, first: bool) -> tuple[Element, ...]:
    middle = y + _BAR / 2
    share = row.share
    bar = el(
        "rect",
        class_="c-fill-a",
        x=x.start,
        y=y,
        width=max(x(share.holds) - x.start, 1.0),
        height=_BAR,
        fill_opacity="0.7" if first else "0.4",
    )
    return (
        label(name, 0, middle + 4, size=_SIZE, class_="c-strong" if first else "c-text", bold=first),
        bar,
        line(x(share.low), middle, x(share.high), middle, "c-ink", width=1.6),
        label(numbers.share(share.holds), x.end + 6, middle + 4, size=_SIZE),
    )


def _axis(x: Scale, top: float, bottom: float) -> tuple[Element, ...]:
    shapes = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        shapes.append(line(x(tick), top, x(tick), bottom, "c-grid"))
        shapes.append(label(numbers.share(tick), x(tick), bottom + 15, size=11, anchor="middle"))
    return tuple(shapes)


def _threshold(at: float, top: float, bottom: float) -> Element:
    return el(
        "line", class_="c-ink", x1=at, y1=top, x2=at, y2=bottom, stroke_width="1.2", stroke_dasharray="3 3"
    )


def _interval(row: ShareRow) -> str:
    return f"{numbers.share(row.share.low)}–{numbers.share(row.share.high)}"
