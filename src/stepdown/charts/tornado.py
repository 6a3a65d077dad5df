"""Influence of inputs as bars with intervals, and the line that inputs without influence reach."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width, wrap
from stepdown.charts.words import word
from stepdown.contracts.comparison import Influence, Sensitivity
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language

_LINE, _BAR, _GAP = 15.0, 12.0, 9.0


def tornado(
    found: Sensitivity,
    outcome: Bilingual,
    labels: Mapping[str, Bilingual],
    language: Language,
    *,
    figure_id: str,
    width: float = 640,
    most: int = 10,
) -> Figure:
    """The `most` influential inputs, largest on top; names left, bars on one axis from zero."""
    shown = found.influences[:most]
    if not shown:
        raise ValueError(f"no input of {found.outcome} has an influence to draw")
    stacked = width < 480
    left = 0.0 if stacked else 0.46 * width
    reach = max(max(i.value, i.high or 0.0) for i in shown)
    reach = max(reach, found.noise or 0.0) or 1.0
    places = numbers.places_for(shown[0].value) or 1
    room = text_width("0.000", 12) + 12
    scale = Scale(0, reach, left + 2, width - room)
    shapes: list[Element] = []
    y = 4.0
    for influence in shown:
        name = wrap(labels[influence.name].heading(language), (width if stacked else left) - 12, 12)
        row, y = _row(influence, name, scale, y, stacked, places, found.noise)
        shapes += row
    shapes += _chance(found, scale, y, language)
    title = word("tornado_title", language, outcome=outcome.text(language))
    foot = 22.0 if found.noise is not None else 4.0
    return Figure(
        figure_id,
        title,
        _finding(found, labels, places, language),
        width,
        y + foot,
        tuple(shapes),
        _table(found, labels, title, places, language),
    )


def _row(
    influence: Influence,
    name: tuple[str, ...],
    scale: Scale,
    y: float,
    stacked: bool,
    places: int,
    noise: float | None,
) -> tuple[list[Element], float]:
    faint = noise is not None and influence.value <= noise
    css = "c-quiet" if faint else "c-strong"
    shapes = [label(t, 0, y + 12 + _LINE * i, class_=css) for i, t in enumerate(name)]
    bar = y + (_LINE * len(name) + 1 if stacked else (_LINE * len(name) - _BAR) / 2)
    end = scale.clip(max(influence.value, 0.0))
    middle = bar + _BAR / 2
    shapes.append(
        el(
            "rect",
            class_="c-fill-a c-line-a",
            x=scale.start,
            y=bar,
            width=max(end - scale.start, 1),
            height=_BAR,
            fill_opacity="0.12" if faint else "0.4",
            stroke_width="1",
        )
    )
    right = end
    if influence.low is not None and influence.high is not None:
        low, right = scale.clip(influence.low), scale.clip(influence.high)
        shapes.append(line(low, middle, right, middle, "c-ink", width=1.6))
        shapes += [line(x, middle - 3.5, x, middle + 3.5, "c-ink", width=1.6) for x in (low, right)]
    value = numbers.decimal(influence.value, places)
    shapes.append(label(value, max(right, end) + 6, middle + 4, class_=css))
    return shapes, max(y + _LINE * len(name), bar + _BAR) + _GAP


def _chance(found: Sensitivity, scale: Scale, y: float, language: Language) -> list[Element]:
    if found.noise is None:
        return []
    x = scale.clip(found.noise)
    text = word("chance_reach", language)
    wide = text_width(text, 12)
    anchor = "end" if x + wide > scale.end else "start"
    stroke = el(
        "line", class_="c-ink", x1=x, y1=2, x2=x, y2=y + 4, stroke_width="1.2", stroke_dasharray="4 3"
    )
    return [stroke, label(text, x, y + 16, anchor=anchor)]


def _finding(found: Sensitivity, labels: Mapping[str, Bilingual], places: int, language: Language) -> str:
    first, count = found.influences[0], len(found.influences)
    name, value = labels[first.name].text(language), numbers.decimal(first.value, places)
    if found.noise is None:
        return word("tornado_plain", language, all=count, first=name, value=value)
    above = sum(i.value > found.noise for i in found.influences)
    if not above:
        return word("tornado_nothing", language, all=count)
    return word("tornado_finding", language, above=above, all=count, first=name, value=value)


def _table(
    found: Sensitivity, labels: Mapping[str, Bilingual], caption: str, places: int, language: Language
) -> Table:
    def interval(i: Influence) -> str:
        if i.low is None or i.high is None:
            return "–"
        low, high = (numbers.decimal(x, places) for x in (i.low, i.high))
        return numbers.between(low, high, language)

    columns = (word("input", language), word(f"index_{found.kind}", language), word("interval_95", language))
    rows = tuple(
        (labels[i.name].heading(language), numbers.decimal(i.value, places), interval(i))
        for i in found.influences[:40]
    )
    return Table(caption, columns, rows, frozenset({1, 2}))
