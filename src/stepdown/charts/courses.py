"""One future: its baseline and its course under a package, small enough to stand beside others."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.charts import numbers
from stepdown.charts.element import el
from stepdown.charts.figure import Figure, Table
from stepdown.charts.layout import Scale
from stepdown.charts.panel import Panel, grid, year_labels
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.vocabulary.ids import Language

_LEFT, _TOP, _HEIGHT, _FOOT = 38.0, 8.0, 112.0, 22.0


def course_chart(
    years: tuple[int, ...],
    baseline: Sequence[float],
    package: Sequence[float],
    letter: str,
    language: Language,
    *,
    figure_id: str,
    title: str,
    finding: str,
    width: float = 320,
) -> Figure:
    """Draw two courses over ``years``: the baseline grey and dashed, the package in its hue."""
    low, high = min(*baseline, *package), max(*baseline, *package)
    margin = 0.08 * (high - low) or max(abs(high), 1.0) * 0.1
    x = Scale(years[0], years[-1], _LEFT, width - 6)
    panel = Panel(x, Scale(low - margin, high + margin, _TOP + _HEIGHT, _TOP))
    hue = f"c-line-{letter.lower()}"
    shapes = (
        *grid(panel, zero=False),
        el(
            "path",
            class_="c-baseline",
            d=panel.edge(years, tuple(baseline)),
            fill="none",
            stroke_width="1.8",
            stroke_dasharray="3 3",
        ),
        el(
            "path",
            class_=hue,
            d=panel.edge(years, tuple(package)),
            fill="none",
            stroke_width="2",
            stroke_dasharray=PACKAGE_DASH[letter],
        ),
        *year_labels(panel, years, _TOP + _HEIGHT + _FOOT - 6),
    )
    columns = (
        word("year", language),
        word("baseline", language),
        word("package", language, letter=letter),
    )
    rows = tuple(
        (str(year), numbers.level(a), numbers.level(b))
        for year, a, b in zip(years, baseline, package, strict=True)
    )
    table = Table(title, columns, rows, frozenset({1, 2}))
    return Figure(figure_id, title, finding, width, _TOP + _HEIGHT + _FOOT, shapes, table)
