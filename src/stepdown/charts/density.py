"""A distribution as a small drawing without words: steps of its density, or one bar per number of an input.

It stands beside the same numbers in words, and so is hidden from readers of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from stepdown.charts.element import Element, el, number
from stepdown.charts.figure import line
from stepdown.charts.layout import Scale

_SIDE, _FOOT = 3.0, 6.0
MOST_BARS = 10


@dataclass(frozen=True)
class Distribution:
    """Quantiles (5, 50, 95 %) and the share in equal steps from `low` to `high`; on a logarithmic axis with
    `log`. No steps: a single value."""

    q05: float
    median: float
    q95: float
    low: float
    high: float
    log: bool
    bins: tuple[float, ...]


def distribution_mark(shown: Sequence[Distribution], *, width: float = 132, height: float = 34) -> Element:
    """One distribution as steps with its median, several as bars from 5 to 95 % with their medians."""
    shapes = _steps(shown[0], width, height) if len(shown) == 1 else _bars(shown, width, height)
    return el(
        "svg",
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart mark",
        viewBox=f"0 0 {width:g} {height:g}",
        aria_hidden="true",
    )


def _steps(of: Distribution, width: float, height: float) -> list[Element]:
    base = height - _FOOT
    axis = line(_SIDE, base, width - _SIDE, base, "c-axis")
    if not of.bins:
        middle = width / 2
        dot = el("circle", class_="c-accent", cx=middle, cy=6, r=3.4)
        return [axis, line(middle, base, middle, 6, "c-ink", width=2), dot]
    x = _scale([of], width)
    step = (x.end - x.start) / len(of.bins)
    most = max(of.bins)
    path = f"M{number(x.start)} {number(base)}"
    for i, share in enumerate(of.bins):
        top = base - (base - 3) * share / most
        path += f"V{number(top)}H{number(x.start + (i + 1) * step)}"
    shapes = [el("path", class_="c-fill-a c-line-a", d=f"{path}V{number(base)}Z", fill_opacity="0.22"), axis]
    for value, long in ((of.q05, 4), (of.median, base), (of.q95, 4)):
        at = x.clip(_on(value, of.log))
        css = "c-ink" if value == of.median else "c-axis"
        shapes.append(line(at, base + 3, at, base - long + 3, css, width=1.6 if css == "c-ink" else 1.2))
    return shapes


def _bars(shown: Sequence[Distribution], width: float, height: float) -> list[Element]:
    chosen = sorted(shown, key=lambda d: d.median)
    if len(chosen) > MOST_BARS:
        chosen = [chosen[round(i * (len(chosen) - 1) / (MOST_BARS - 1))] for i in range(MOST_BARS)]
    x = _scale(chosen, width)
    log = all(d.log for d in chosen)
    gap = (height - _FOOT) / len(chosen)
    shapes: list[Element] = []
    for i, d in enumerate(chosen):
        y = 2 + gap * (i + 0.5)
        low, middle, high = (x.clip(_on(v, log)) for v in (d.q05, d.median, d.q95))
        if high - low > 0.5:
            shapes.append(line(low, y, high, y, "c-line-a", width=max(min(gap * 0.5, 3), 1.2)))
        shapes.append(el("circle", class_="c-strong", cx=middle, cy=y, r=min(gap * 0.42, 2.2)))
    base = height - 2
    return [*shapes, line(_SIDE, base, width - _SIDE, base, "c-axis")]


def _scale(shown: Sequence[Distribution], width: float) -> Scale:
    log = all(d.log for d in shown)
    low = min(_on(d.low, log) for d in shown)
    high = max(_on(d.high, log) for d in shown)
    return Scale(low, high if high > low else low + 1, _SIDE, width - _SIDE)


def _on(value: float, log: bool) -> float:
    return log10(max(value, 1e-300)) if log else value
