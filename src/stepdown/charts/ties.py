"""Rivalries and guarantees of one theatre: two sides face each other, ties bend within a side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepdown.charts.element import Element, el, number
from stepdown.charts.figure import Figure, Table, label
from stepdown.charts.layout import wrap
from stepdown.charts.words import word
from stepdown.vocabulary.ids import Language

_ROW, _BOX, _TALL, _KEY, _SIZE = 40.0, 104.0, 32.0, 20.0, 12.0
_DASH = "3 3"


@dataclass(frozen=True, slots=True)
class Bond:
    """A line between two states: a rivalry across, or a tie from guarantor to protégé. `kind` in words."""

    first: str
    second: str
    nuclear: bool
    kind: str


def ties_chart(
    left: Sequence[str],
    right: Sequence[str],
    rivalries: Sequence[Bond],
    ties: Sequence[Bond],
    names: Mapping[str, str],
    language: Language,
    *,
    figure_id: str,
    title: str,
    width: float = 344,
) -> Figure:
    """Draw both sides as columns. Solid: nuclear attack possible, or nuclear guarantee; dashed: neither.

    A disc marks the protégé's end of a tie.
    """
    margin = {"left": _reach(left, ties), "right": _reach(right, ties)}
    edge = {"left": margin["left"] + _BOX, "right": width - margin["right"] - _BOX}
    height = _ROW * max(len(left), len(right))
    places = {s: ("left", _centre(i, len(left), height)) for i, s in enumerate(left)}
    places |= {s: ("right", _centre(i, len(right), height)) for i, s in enumerate(right)}
    shapes: list[Element] = [
        _stroke("c-ink", edge["left"], places[b.first][1], edge["right"], places[b.second][1], b.nuclear)
        for b in rivalries
    ]
    for bond in ties:
        side, _ = places[bond.first]
        outer = margin["left"] if side == "left" else width - margin["right"]
        shift = 5.0 * (_rank(bond.first, ties) - 1)
        shapes.extend(_tie(bond, outer, places[bond.first][1], places[bond.second][1] + shift, side))
    for state, (side, y) in places.items():
        x = margin["left"] if side == "left" else edge["right"]
        shapes.extend(_state(names[state], x, y))
    shapes.extend(_key(height + 14, language, ties=bool(ties)))
    nuclear = sum(b.nuclear for b in ties)
    finding = word("ties_finding", language, rivalries=len(rivalries), ties=len(ties), nuclear=nuclear)
    full = height + 18 + _KEY * (4 if ties else 2)
    return Figure(
        figure_id, title, finding, width, full, tuple(shapes), _table(rivalries, ties, names, title, language)
    )


def _reach(side: Sequence[str], ties: Sequence[Bond]) -> float:
    """Room for the widest arc of a side."""
    spans = [abs(side.index(b.first) - side.index(b.second)) for b in ties if b.first in side]
    return 2 + _bulge(max(spans)) if spans else 2.0


def _bulge(rows: int) -> float:
    return 9.0 + 5.0 * rows


def _centre(i: int, of: int, height: float) -> float:
    return height / of * (i + 0.5)


def _rank(guarantor: str, ties: Sequence[Bond]) -> int:
    return list(dict.fromkeys(b.first for b in ties)).index(guarantor)


def _tie(bond: Bond, x: float, y1: float, y2: float, side: str) -> tuple[Element, ...]:
    out = _bulge(round(abs(y1 - y2) / _ROW)) * 4 / 3 * (-1 if side == "left" else 1)
    control = number(x + out)
    curve = el(
        "path",
        class_="c-line-accent",
        d=f"M{number(x)} {number(y1)}C{control} {number(y1)} {control} {number(y2)} {number(x)} {number(y2)}",
        fill="none",
        stroke_width=1.5,
        stroke_dasharray=None if bond.nuclear else _DASH,
    )
    return curve, el("circle", class_="c-accent", cx=x, cy=y2, r=2.6)


def _stroke(css: str, x1: float, y1: float, x2: float, y2: float, nuclear: bool) -> Element:
    dash = None if nuclear else _DASH
    return el("line", class_=css, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=1.6, stroke_dasharray=dash)


def _state(name: str, x: float, y: float) -> tuple[Element, ...]:
    lines = wrap(name, _BOX - 8, _SIZE)[:2]
    box = el(
        "rect",
        class_="c-surface c-axis",
        x=x,
        y=y - _TALL / 2,
        width=_BOX,
        height=_TALL,
        rx=4,
        stroke_width=1,
    )
    first = y + 4.2 - 6.5 * (len(lines) - 1)
    texts = (
        label(text, x + _BOX / 2, first + 13 * i, class_="c-strong", anchor="middle")
        for i, text in enumerate(lines)
    )
    return box, *texts


def _key(top: float, language: Language, *, ties: bool) -> tuple[Element, ...]:
    rows = [("c-ink", True, "ties_rivalry_nuclear"), ("c-ink", False, "ties_rivalry")]
    if ties:
        rows += [("c-line-accent", True, "ties_nuclear"), ("c-line-accent", False, "ties_other")]
    shapes: list[Element] = []
    for i, (css, nuclear, key) in enumerate(rows):
        y = top + _KEY * i
        shapes += [_stroke(css, 2, y, 34, y, nuclear), label(word(key, language), 42, y + 4)]
        if css == "c-line-accent":
            shapes.append(el("circle", class_="c-accent", cx=34, cy=y, r=2.6))
    return tuple(shapes)


def _table(
    rivalries: Sequence[Bond], ties: Sequence[Bond], names: Mapping[str, str], title: str, language: Language
) -> Table:
    columns = tuple(word(key, language) for key in ("ties_between", "ties_and", "ties_what"))
    rows = tuple((names[b.first], names[b.second], b.kind) for b in (*rivalries, *ties))
    return Table(title, columns, rows)
