"""Scores of a pedigree as small columns, 0 to 4 each; the text beside says the same."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.charts.element import Element, el

_STEP, _WIDE, _UNIT = 9.0, 7.0, 5.0


def pedigree_mark(scores: Sequence[int]) -> Element:
    """One column per score: filled up to it, the rest as an outline."""
    height = 4 * _UNIT + 2
    shapes = []
    for i, score in enumerate(scores):
        x = 1 + i * _STEP
        top = height - 1 - score * _UNIT
        shapes.append(
            el(
                "rect",
                class_="c-axis",
                x=x,
                y=1,
                width=_WIDE,
                height=4 * _UNIT,
                fill="none",
                stroke_width="1",
            )
        )
        if score:
            shapes.append(el("rect", class_="c-accent", x=x, y=top, width=_WIDE, height=score * _UNIT))
    return el(
        "svg",
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        class_="pedigree",
        viewBox=f"0 0 {len(scores) * _STEP + 1:g} {height:g}",
        aria_hidden="true",
    )
