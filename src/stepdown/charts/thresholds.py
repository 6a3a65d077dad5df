"""Threshold pairs: where a state says nuclear use begins, and where its rivals believe it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width, wrap
from stepdown.charts.numbers import between, decimal
from stepdown.charts.words import word
from stepdown.contracts.findings import Threshold
from stepdown.vocabulary.ids import Language

_ROW, _HEAD = 40.0, 44.0
_NAME_SHARE = 0.36


def threshold_pairs(
    thresholds: Sequence[Threshold],
    names: Mapping[str, str],
    language: Language,
    *,
    figure_id: str,
    width: float = 304,
) -> Figure:
    """Two intervals per state on one axis, low 0 to high 1: declared solid, perceived grey with edge."""
    lines = {t.state: wrap(names[t.state], _NAME_SHARE * width, 12)[:2] for t in thresholds}
    left = max((text_width(text, 12) for texts in lines.values() for text in texts), default=0.0) + 10
    x = Scale(0, 1, left, width - 4)
    shapes: list[Element] = [
        *_key(language),
        label(word("low", language), x.start, 34),
        label(word("high", language), x.end, 34, anchor="end"),
    ]
    for i, threshold in enumerate(thresholds):
        shapes.extend(_row(threshold, lines[threshold.state], x, _HEAD + i * _ROW))
    lower = sum(sum(t.perceived) < sum(t.declared) for t in thresholds)
    title = word("threshold_title", language)
    finding = word("threshold_finding", language, count=len(thresholds), lower=lower)
    height = _HEAD + _ROW * len(thresholds)
    table = _table(thresholds, names, title, language)
    return Figure(figure_id, title, finding, width, height, tuple(shapes), table)


def _bar(start: float, end: float, y: float, class_: str) -> Element:
    wide = max(end - start, 3.0)
    return el("rect", class_=class_, x=start, y=y, width=wide, height=10, rx=1, stroke_width="1.2")


def _key(language: Language) -> tuple[Element, ...]:
    declared = word("declared", language)
    second = 24 + text_width(declared, 12) + 16
    return (
        _bar(0, 18, 4, "c-accent"),
        label(declared, 24, 13),
        _bar(second, second + 18, 4, "c-baseband c-baseline"),
        label(word("perceived", language), second + 24, 13),
    )


def _row(threshold: Threshold, name: Sequence[str], x: Scale, top: float) -> tuple[Element, ...]:
    declared, perceived = threshold.declared, threshold.perceived
    first = top + 20 - 7 * (len(name) - 1)
    return (
        *(label(text, 0, first + 14 * i, class_="c-strong") for i, text in enumerate(name)),
        line(x.start, top + 9, x.end, top + 9, "c-grid"),
        line(x.start, top + 25, x.end, top + 25, "c-grid"),
        _bar(x(declared[0]), x(declared[1]), top + 4, "c-accent"),
        _bar(x(perceived[0]), x(perceived[1]), top + 20, "c-baseband c-baseline"),
    )


def _table(
    thresholds: Sequence[Threshold], names: Mapping[str, str], caption: str, language: Language
) -> Table:
    def written(span: tuple[float, float]) -> str:
        return between(decimal(span[0], 2), decimal(span[1], 2), language)

    columns = (word("state", language), word("declared", language), word("perceived", language))
    rows = tuple((names[t.state], written(t.declared), written(t.perceived)) for t in thresholds)
    return Table(caption, columns, rows, frozenset({1, 2}))
