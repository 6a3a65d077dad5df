"""Pedigree against influence: the diagnostic diagram of NUSAP (Funtowicz & Ravetz 1990; van der Sluijs et al.
2005). What stands on the left and high up decides much and rests on little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, spread, wrap
from stepdown.charts.words import word
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language

Kind = Literal["input", "switch", "effect", "programme"]
_LEFT, _RIGHT, _TOP, _FOOT, _LINE = 44.0, 6.0, 26.0, 44.0, 14.0
_TICKS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
NAMED = 8
"""Assumptions that are named on the chart; the table names all."""
WEAK = 2.0


@dataclass(frozen=True)
class Assumption:
    """A point: mean pedigree in [0, 4], share of the variance in [0, 1]."""

    label: Bilingual
    kind: Kind
    pedigree: float
    share: float


def nusap_diagram(
    found: Sequence[Assumption],
    chance: float,
    outcome: Bilingual,
    language: Language,
    *,
    figure_id: str,
    width: float = 360,
    height: float = 430,
) -> Figure:
    """Draw assumptions, the weightiest first; `chance` is what shares reach by chance.

    The vertical axis is drawn by square root, so that small shares can be told apart. Raises ValueError
    without assumptions.
    """
    if not found:
        raise ValueError("no assumption to draw")
    x = Scale(0, 4, _LEFT, width - _RIGHT)
    most = max(found[0].share, chance, 0.02)
    y = Scale(0, sqrt(most) * 1.06, height - _FOOT, _TOP)
    named = [a for a in found if a.share > chance][:NAMED]
    shapes = [
        *_grid(x, y, most, chance, language),
        *(_mark(a, px, py, strong=a.share > chance) for a, px, py in _placed(found, x, y)),
        *_names(named, _placed(found, x, y), x, y, language),
    ]
    title = word("nusap_title", language, outcome=outcome.text(language))
    finding = _finding(found, chance, language)
    return Figure(figure_id, title, finding, width, height, tuple(shapes), _table(found, title, language))


def _grid(x: Scale, y: Scale, most: float, chance: float, language: Language) -> list[Element]:
    shapes: list[Element] = []
    top = y(sqrt(chance))
    area = {"x": x.start, "y": top, "width": x.end - x.start, "height": y.start - top}
    shapes.append(el("rect", class_="c-baseband", fill_opacity="0.45", **area))
    for tick in _TICKS:
        if tick > most * 1.06:
            break
        at = y(sqrt(tick))
        shapes.append(line(x.start, at, x.end, at, "c-axis" if tick == 0 else "c-grid"))
        if tick != 0.01 or y.start - at > 16:
            shapes.append(label(numbers.share(tick), x.start - 5, at + 4, anchor="end"))
    for tick in range(5):
        shapes.append(line(x(tick), y.start, x(tick), y.start + 5, "c-axis"))
        shapes.append(label(str(tick), x(tick), y.start + 18, anchor="middle"))
    shapes.append(label(word("nusap_x", language), (x.start + x.end) / 2, y.start + 36, anchor="middle"))
    shapes.append(label(word("nusap_y", language), 0, 13))
    shapes.append(
        label(word("chance_reach", language), x.end - 4, y.start - 7, class_="c-strong", anchor="end")
    )
    return shapes


def _placed(found: Sequence[Assumption], x: Scale, y: Scale) -> list[tuple[Assumption, float, float]]:
    """Points of one pedigree stand beside one another where they would hide each other."""
    taken: dict[tuple[float, int], int] = defaultdict(int)
    placed = []
    for a in found:
        row = int(y(sqrt(a.share)) // 7)
        nth = taken[(a.pedigree, row)]
        taken[(a.pedigree, row)] += 1
        aside = ((nth + 1) // 2) * (1 if nth % 2 else -1) * 2.6
        placed.append((a, x.clip(a.pedigree) + max(min(aside, 16), -16), y(sqrt(a.share))))
    return placed


def _mark(a: Assumption, x: float, y: float, *, strong: bool) -> Element:
    """Inputs are discs, switches squares, effects of measures triangles, programmes rings."""
    css, opacity = ("c-accent c-halo", "0.9") if strong else ("c-base c-halo", "0.55")
    size = 4.4 if strong else 3.2
    if a.kind == "switch":
        return el(
            "rect",
            class_=css,
            x=x - size,
            y=y - size,
            width=2 * size,
            height=2 * size,
            fill_opacity=opacity,
        )
    if a.kind == "effect":
        corners = f"M{x:.1f} {y - size - 0.8:.1f}l{size + 0.8:.1f} {2 * size:.1f}h{-2 * size - 1.6:.1f}Z"
        return el("path", class_=css, d=corners, fill_opacity=opacity)
    if a.kind == "programme":
        return el("circle", class_="c-axis", cx=x, cy=y, r=size, fill="none", stroke_width="1.4")
    return el("circle", class_=css, cx=x, cy=y, r=size, fill_opacity=opacity)


def _names(
    named: Sequence[Assumption],
    placed: Sequence[tuple[Assumption, float, float]],
    x: Scale,
    y: Scale,
    language: Language,
) -> list[Element]:
    """Names right of the points, kept apart, with a thin line to their point."""
    if not named:
        return []
    spots = {id(a): (px, py) for a, px, py in placed}
    left = min(max(max(spots[id(a)][0] for a in named) + 16, x(1.1)), x(2.2))
    lines = [wrap(a.label.heading(language), x.end - left, 12)[:3] for a in named]
    heights = [_LINE * len(text) + 5 for text in lines]
    while sum(heights) > y.start - y.end - 20:
        lines.pop(), heights.pop()
    kept = named[: len(lines)]
    centres = spread([spots[id(a)][1] for a in kept], heights, y.end - 6, y.start - 22)
    shapes: list[Element] = []
    for a, text, centre in zip(kept, lines, centres, strict=True):
        px, py = spots[id(a)]
        shapes.append(line(px + 6, py, left - 4, centre, "c-axis", width=0.8))
        first = centre - _LINE * len(text) / 2 + 10.5
        shapes += [label(t, left, first + _LINE * i, class_="c-strong") for i, t in enumerate(text)]
    return shapes


def _finding(found: Sequence[Assumption], chance: float, language: Language) -> str:
    above = [a for a in found if a.share > chance]
    if not above:
        return word("nusap_nothing", language, all=len(found))
    return word(
        "nusap_finding",
        language,
        above=len(above),
        all=len(found),
        weak=sum(a.pedigree < WEAK for a in above),
        first=above[0].label.text(language),
        share=numbers.share(above[0].share),
    )


def _table(found: Sequence[Assumption], caption: str, language: Language) -> Table:
    columns = ("assumption", "assumption_kind", "pedigree_mean", "influence_share")
    rows = tuple(
        (
            a.label.heading(language),
            word(f"kind_{a.kind}", language),
            numbers.decimal(a.pedigree, 1),
            numbers.decimal(100 * a.share, 1) + f"{numbers.NBSP}%",
        )
        for a in found
    )
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset({2, 3}))
