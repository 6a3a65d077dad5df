"""Rivalries and guarantees of one theatre: two sides face each other, ties run in lanes beside a side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label
from stepdown.charts.layout import wrap
from stepdown.charts.words import word
from stepdown.vocabulary.ids import Language

_ROW, _BOX, _TALL, _KEY, _SIZE = 42.0, 104.0, 34.0, 20.0, 12.0
_LANE, _STUB = 8.0, 5.0
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

    Each guarantor has a lane beside its column; a disc marks the protégé's end of a tie.
    """
    lanes = {"left": _lanes(left, ties), "right": _lanes(right, ties)}
    inner = {"left": _margin(lanes["left"]) + _BOX, "right": width - _margin(lanes["right"]) - _BOX}
    height = _ROW * max(len(left), len(right))
    y = {s: _centre(i, len(side), height) for side in (left, right) for i, s in enumerate(side)}
    shapes: list[Element] = [
        _stroke("c-ink", inner["left"], y[b.first], inner["right"], y[b.second], b.nuclear) for b in rivalries
    ]
    for side, sign, states in (("left", -1, left), ("right", 1, right)):
        outer = inner[side] + sign * _BOX
        for i, (lane, bonds) in enumerate(lanes[side].items()):
            shift = _STUB * (i - (len(lanes[side]) - 1) / 2)
            shapes.extend(_lane(lane, [y[b.second] for b in bonds], y, outer, sign * (10 + _LANE * i), shift))
        x = min(outer, inner[side])
        shapes.extend(part for s in states for part in _state(names[s], x, y[s]))
    key = _key(height + 14, rivalries, ties, language)
    nuclear = sum(b.nuclear for b in ties)
    finding = word("ties_finding", language, rivalries=len(rivalries), ties=len(ties), nuclear=nuclear)
    full = height + 8 + _KEY * len(key) / 2
    table = _table(rivalries, ties, names, title, language)
    shapes.extend(key)
    return Figure(figure_id, title, finding, width, full, tuple(shapes), table)


def _lanes(side: Sequence[str], ties: Sequence[Bond]) -> Mapping[tuple[str, bool], list[Bond]]:
    """Ties of a side by guarantor and by whether they are nuclear, in the order of the side."""
    found: dict[tuple[str, bool], list[Bond]] = {}
    for bond in sorted(
        (b for b in ties if b.first in side), key=lambda b: (side.index(b.first), not b.nuclear)
    ):
        found.setdefault((bond.first, bond.nuclear), []).append(bond)
    return found


def _margin(lanes: Mapping[tuple[str, bool], list[Bond]]) -> float:
    return 14 + _LANE * (len(lanes) - 1) if lanes else 2.0


def _centre(i: int, of: int, height: float) -> float:
    return height / of * (i + 0.5)


def _lane(
    lane: tuple[str, bool],
    ends: Sequence[float],
    y: Mapping[str, float],
    x: float,
    out: float,
    shift: float,
) -> list[Element]:
    """From the guarantor out to its lane, along it, and in again to every protégé."""
    guarantor, nuclear = lane
    at = [y[guarantor] + shift, *(end + shift for end in ends)]
    shapes = [_stroke("c-line-accent", x + out, min(at), x + out, max(at), nuclear)]
    shapes += [_stroke("c-line-accent", x, level, x + out, level, nuclear) for level in at]
    return [*shapes, *(el("circle", class_="c-accent", cx=x, cy=level, r=2.6) for level in at[1:])]


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


def _key(
    top: float, rivalries: Sequence[Bond], ties: Sequence[Bond], language: Language
) -> tuple[Element, ...]:
    """A line of the key for each kind of stroke that is there: its stroke, its words."""
    rows = [("c-ink", n, "ties_rivalry_nuclear" if n else "ties_rivalry", rivalries) for n in (True, False)]
    rows += [("c-line-accent", n, "ties_nuclear" if n else "ties_other", ties) for n in (True, False)]
    there = [row for row in rows if any(b.nuclear == row[1] for b in row[3])]
    shapes: list[Element] = []
    for i, (css, nuclear, key, _) in enumerate(there):
        y = top + _KEY * i
        shapes += [_stroke(css, 2, y, 34, y, nuclear), label(word(key, language), 42, y + 4)]
    return tuple(shapes)


def _table(
    rivalries: Sequence[Bond], ties: Sequence[Bond], names: Mapping[str, str], title: str, language: Language
) -> Table:
    columns = tuple(word(key, language) for key in ("ties_between", "ties_and", "ties_what"))
    rows = tuple((names[b.first], names[b.second], b.kind) for b in (*rivalries, *ties))
    return Table(title, columns, rows)
