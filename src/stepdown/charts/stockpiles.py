"""One state's stockpile over the years on a logarithmic axis, the other states' behind it in grey."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from stepdown.charts.element import Element, el, polyline
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale
from stepdown.charts.numbers import count
from stepdown.charts.words import word
from stepdown.vocabulary.ids import Language

_LEFT, _TOP, _HEIGHT, _FOOT = 46.0, 14.0, 116.0, 22.0
_GRID = (10, 100, 1_000, 10_000)
_LOW, _HIGH = 1, 60_000

Series = Mapping[int, int]


def stockpile_chart(
    values: Series,
    others: Sequence[Series],
    years: tuple[int, int],
    language: Language,
    *,
    figure_id: str,
    title: str,
    width: float = 240,
) -> Figure:
    """Draw `values` by year. All charts of a page share their axes: `years`, and 1 to 60,000 warheads."""
    x = Scale(years[0], years[1], _LEFT, width - 10)
    y = Scale(math.log10(_LOW), math.log10(_HIGH), _TOP + _HEIGHT, _TOP)
    bottom = _TOP + _HEIGHT
    shapes: list[Element] = []
    for value in _GRID:
        at = y(math.log10(value))
        shapes += [
            line(x.start, at, x.end, at, "c-grid"),
            label(count(value, language), x.start - 5, at + 4, anchor="end"),
        ]
    shapes.append(line(x.start, bottom, x.end, bottom, "c-axis"))
    shapes += [_line(other, x, y, "c-axis", 0.8) for other in others if _known(other)]
    known = _known(values)
    if known:
        shapes.append(_line(values, x, y, "c-line-accent", 2.4))
        last, at = known[-1], y(math.log10(values[known[-1]]))
        shapes.append(el("circle", class_="c-accent", cx=x(last), cy=at, r=3))
        anchor = "end" if x(last) > x.end - 30 else "middle"
        text = label(
            count(values[last], language), x(last), at - 8, class_="c-strong", anchor=anchor, bold=True
        )
        halo = el("g", text.map_attributes(_haloed), text)
        shapes.append(halo)
    marks = ((years[0], "start"), ((years[0] + years[1]) // 2, "middle"), (years[1], "end"))
    shapes += [label(str(year), x(year), bottom + 16, anchor=anchor) for year, anchor in marks]
    table = Table(
        title,
        (word("year", language), word("stockpile", language)),
        tuple((str(year), f"{values[year]:,}") for year in sorted(values)),
        frozenset({1}),
    )
    finding = _finding(values, known, years[1], language)
    return Figure(figure_id, title, finding, width, bottom + _FOOT, tuple(shapes), table)


def _known(values: Series) -> list[int]:
    """Years with a stockpile; a logarithmic axis has no zero."""
    return sorted(year for year, value in values.items() if value > 0)


def _line(values: Series, x: Scale, y: Scale, css: str, width: float) -> Element:
    points = ((x(year), y(math.log10(values[year]))) for year in _known(values))
    return el("path", class_=css, d=polyline(points), fill="none", stroke_width=width)


def _haloed(attributes: Mapping[str, str]) -> Mapping[str, str]:
    return {**attributes, "class": "c-halo", "fill": "none", "stroke-width": "4", "aria-hidden": "true"}


def _finding(values: Series, known: Sequence[int], until: int, language: Language) -> str:
    if not known:
        return word("stockpile_none", language, year=until)
    peak = max(known, key=lambda year: values[year])
    return word(
        "stockpile_finding",
        language,
        first_year=known[0],
        first=f"{values[known[0]]:,}",
        peak_year=peak,
        peak=f"{values[peak]:,}",
        last_year=known[-1],
        last=f"{values[known[-1]]:,}",
    )
