"""Threshold pairs: where a state says nuclear use begins, and where its rivals believe it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width
from stepdown.charts.numbers import between, decimal
from stepdown.charts.words import word
from stepdown.contracts.findings import Threshold
from stepdown.vocabulary.ids import Language

_ROW, _HEAD = 40.0, 24.0


def threshold_pairs(
    thresholds: Sequence[Threshold],
    names: Mapping[str, str],
    language: Language,
    *,
    figure_id: str,
    width: float = 304,
) -> Figure:
    """Two intervals per state on one axis, low 0 to high 1: declared solid, perceived grey with edge."""
    left = max((text_width(names[t.state], 12) for t in thresholds), default=0.0) + 10
    x = Scale(0, 1, left, width - 4)
    shapes: list[Element] = [
        label(word("low", language), x.start, 12),
        label(word("high", language), x.end, 12, anchor="end"),
    ]
    for i, threshold in enumerate(thresholds):
        shapes.extend(_row(threshold, names[threshold.state], x, _HEAD + i * _ROW, language, first=i == 0))
    lower = sum(sum(t.perceived) < sum(t.declared) for t in thresholds)
    title = word("threshold_title", language)
    finding = word("threshold_finding", language, count=len(thresholds), lower=lower)
    height = _HEAD + _ROW * len(thresholds)
    table = _table(thresholds, names, title, language)
    return Figure(figure_id, title, finding, width, height, tuple(shapes), table)


def _row(
    threshold: Threshold, name: str, x: Scale, top: float, language: Language, *, first: bool
) -> list[Element]:
    declared, perceived = threshold.declared, threshold.perceived

    def bar(span: tuple[float, float], y: float, class_: str) -> Element:
        wide = max(x(span[1]) - x(span[0]), 3.0)
        return el("rect", class_=class_, x=x(span[0]), y=y, width=wide, height=10, rx=1, stroke_width="1.2")

    shapes = [
        label(name, 0, top + 20, class_="c-strong"),
        line(x.start, top + 9, x.end, top + 9, "c-grid"),
        line(x.start, top + 25, x.end, top + 25, "c-grid"),
        bar(declared, top + 4, "c-accent"),
        bar(perceived, top + 20, "c-baseband c-baseline"),
    ]
    if first:
        shapes += [
            _beside(word("declared", language), declared, x, top + 13),
            _beside(word("perceived", language), perceived, x, top + 29),
        ]
    return shapes


def _beside(text: str, span: tuple[float, float], x: Scale, y: float) -> Element:
    """The name of a bar on the side where it fits."""
    fits_right = x(span[1]) + 6 + text_width(text, 12) <= x.end
    at, anchor = (x(span[1]) + 6, "start") if fits_right else (x(span[0]) - 6, "end")
    return el(
        "text",
        text,
        class_="c-text c-halo",
        x=at,
        y=y,
        font_size=12,
        text_anchor=anchor,
        stroke_width="4",
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _table(
    thresholds: Sequence[Threshold], names: Mapping[str, str], caption: str, language: Language
) -> Table:
    def written(span: tuple[float, float]) -> str:
        return between(decimal(span[0], 2), decimal(span[1], 2), language)

    columns = (word("state", language), word("declared", language), word("perceived", language))
    rows = tuple((names[t.state], written(t.declared), written(t.perceived)) for t in thresholds)
    return Table(caption, columns, rows, frozenset({1, 2}))
