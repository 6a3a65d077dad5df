"""A figure: a drawing, the finding in one sentence, and the table that holds the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts.element import Element, el
from stepdown.charts.theme import standalone


@dataclass(frozen=True, slots=True)
class Table:
    """The table twin. The first column heads its row; ``numeric`` columns are right-aligned."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()

    def html(self) -> Element:
        """The table as accessible HTML."""
        head = el("tr", *(el("th", c, scope="col", class_=self._css(i)) for i, c in enumerate(self.columns)))
        body = (
            el(
                "tr",
                el("th", row[0], scope="row"),
                *(el("td", c, class_=self._css(i)) for i, c in enumerate(row[1:], 1)),
            )
            for row in self.rows
        )
        return el("table", el("caption", self.caption), el("thead", head), el("tbody", *body))

    def _css(self, column: int) -> str | None:
        return "num" if column in self.numeric else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart drawn at the width it is painted at.

    ``id`` must be unique on its page: titles and patterns are named after it.
    """

    id: str
    title: str
    finding: str
    width: float
    height: float
    shapes: tuple[Element, ...]
    table: Table

    def svg(self, *, resolved: bool = False) -> Element:
        """The drawing; with ``resolved`` it carries light colours itself and needs no stylesheet."""
        drawing = el(
            "svg",
            el("title", self.title, id=f"{self.id}-t"),
            el("desc", self.finding, id=f"{self.id}-d"),
            *self.shapes,
            xmlns="http://www.w3.org/2000/svg",
            class_="chart",
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            role="img",
            aria_labelledby=f"{self.id}-t {self.id}-d",
        )
        return standalone(drawing) if resolved else drawing


def label(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 12,
    class_: str = "c-text",
    anchor: str | None = None,
    bold: bool = False,
) -> Element:
    """A line of text with its baseline at ``y``."""
    weight = "600" if bold else None
    return el("text", text, class_=class_, x=x, y=y, font_size=size, text_anchor=anchor, font_weight=weight)


def line(x1: float, y1: float, x2: float, y2: float, class_: str, *, width: float = 1) -> Element:
    """A straight stroke."""
    return el("line", class_=class_, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width)


def hatching(pattern_id: str, *, spacing: float = 6, width: float = 1.2, class_: str = "c-hatch") -> Element:
    """A pattern of diagonal strokes; use it as ``fill="url(#id)"``."""
    stroke = el("path", class_=class_, d=f"M0 0V{spacing:g}", stroke_width=width)
    return el(
        "pattern",
        stroke,
        id=pattern_id,
        width=spacing,
        height=spacing,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
