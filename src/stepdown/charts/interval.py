"""One effect as an interval on a shared axis, and as twenty futures: the gauge."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, round_step
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.contracts.effects import OutcomeLabel, PairedEffect
from stepdown.vocabulary.ids import Language

RATIO_AXIS = 0.4
"""Relative outcomes share an axis of ±40 %."""

_MARGIN, _MIDDLE = 12.0, 13.0
_OUTLIER = 2.5
_LITTLE_CHANGES = 5


def shared_axis(outcome: OutcomeLabel, effects: Sequence[PairedEffect]) -> float:
    """Half-width of the axis for effects that are compared: ±40 % for ratios, else a round number.

    That number lies beyond every interval, except that one far wider than the others breaks the axis instead
    of squeezing them; and it is at least five times a little change, so that next to nothing looks like it.
    """
    if outcome.kind == "ratio":
        return RATIO_AXIS
    reaches = sorted(max(abs(e.p05), abs(e.p95)) for e in effects)
    least = _LITTLE_CHANGES * outcome.little_change or 1.0
    if not reaches:
        return round_step(least, 1)
    typical = reaches[(len(reaches) - 1) // 2]
    return round_step(max(min(reaches[-1], _OUTLIER * typical), least), 1)


def effect_interval(
    effect: PairedEffect,
    outcome: OutcomeLabel,
    letter: str,
    language: Language,
    *,
    axis: float,
    figure_id: str,
    lenses: Sequence[PairedEffect] = (),
    quartiles: bool = True,
    width: float = 200,
) -> Figure:
    """The interval of 9 in 10 futures, half of futures darker, median stroke, one dot per lens.

    ``axis`` is the half-width of the axis in the unit of the change. Where the interval leaves the axis it
    ends in a break mark and the number is printed below.
    """
    scale = Scale(-axis, axis, _MARGIN, width - _MARGIN)
    breaks = _breaks(effect, outcome, scale)
    shapes = (
        *_axis(scale, outcome),
        *_interval(effect, letter, scale, quartiles=quartiles),
        *(_dot(lens, scale) for lens in lenses),
        *breaks,
    )
    title = word("effect_title", language, outcome=outcome.label.heading(language), letter=letter)
    height = 40.0 if breaks else 26.0
    table = effect_table(effect, outcome, title, language)
    return Figure(figure_id, title, effect_finding(effect, outcome, language), width, height, shapes, table)


def effect_finding(effect: PairedEffect, outcome: OutcomeLabel, language: Language) -> str:
    """The effect in one sentence."""
    median, low, high = numbers.changes(outcome.kind, effect.median, effect.p05, effect.p95)
    return word(
        "effect_finding",
        language,
        median=median,
        range=numbers.between(low, high, language),
        improves=numbers.share(effect.improves),
        little=numbers.share(effect.little_change),
        backfires=numbers.share(effect.backfires),
    )


def effect_table(effect: PairedEffect, outcome: OutcomeLabel, caption: str, language: Language) -> Table:
    """The table twin of the interval and of the squares."""
    values = (effect.median, effect.p25, effect.p75, effect.p05, effect.p95)
    median, p25, p75, p05, p95 = numbers.changes(outcome.kind, *values)
    rows = (
        (word("median", language), median),
        (word("half", language), numbers.between(p25, p75, language)),
        (word("nine_in_ten", language), numbers.between(p05, p95, language)),
        (word("as_intended", language), numbers.share(effect.improves)),
        (word("little_change", language), numbers.share(effect.little_change)),
        (word("backfires", language), numbers.share(effect.backfires)),
    )
    return Table(caption, (word("statistic", language), word("value", language)), rows, frozenset({1}))


def axis_header(outcome: OutcomeLabel, axis: float, *, width: float = 200) -> Element:
    """The numbers at the ends and the middle of the shared axis, to stand above a column of intervals."""
    low, high = numbers.changes(outcome.kind, -axis, axis)
    texts = (low, "0", high)
    marks = zip(texts, (2.0, width / 2, width - 2), ("start", "middle", "end"), strict=True)
    return el(
        "svg",
        *(label(text, x, 13, anchor=anchor) for text, x, anchor in marks),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        viewBox=f"0 0 {width:g} 17",
        aria_hidden="true",
    )


def _axis(scale: Scale, outcome: OutcomeLabel) -> tuple[Element, ...]:
    """Axis with ticks at its ends, the baseline in the middle, an arrowhead on the side intended."""
    down = outcome.intended == "down"
    tip, back = (scale.start - 8, scale.start - 2) if down else (scale.end + 8, scale.end + 2)
    y = _MIDDLE
    arrow = f"M{back:g} {y - 4.5:g}L{tip:g} {y:g}L{back:g} {y + 4.5:g}"
    return (
        line(scale.start, y, scale.end, y, "c-grid"),
        line(scale.start, y - 4, scale.start, y + 4, "c-axis"),
        line(scale.end, y - 4, scale.end, y + 4, "c-axis"),
        line(scale(0), y - 11, scale(0), y + 11, "c-zero", width=1.5),
        el("path", class_="c-zero", d=arrow, fill="none", stroke_width="2"),
    )


def _interval(effect: PairedEffect, letter: str, scale: Scale, *, quartiles: bool) -> tuple[Element, ...]:
    fill, stroke = f"c-fill-{letter.lower()}", f"c-line-{letter.lower()}"

    def box(low: float, high: float, opacity: str) -> Element:
        left, right = scale.clip(low), scale.clip(high)
        wide = max(right - left, 2.0)
        return el("rect", class_=fill, x=left, y=_MIDDLE - 5, width=wide, height=10, fill_opacity=opacity)

    left, right = scale.clip(effect.p05), scale.clip(effect.p95)
    edge = el(
        "rect",
        class_=stroke,
        x=left,
        y=_MIDDLE - 5,
        width=max(right - left, 2.0),
        height=10,
        fill="none",
        stroke_width="1",
        stroke_dasharray=PACKAGE_DASH[letter],
    )
    median = scale(effect.median)
    inside = scale.start <= median <= scale.end
    return (
        box(effect.p05, effect.p95, "0.22"),
        *((box(effect.p25, effect.p75, "0.4"),) if quartiles else ()),
        edge,
        *((line(median, _MIDDLE - 9, median, _MIDDLE + 9, stroke, width=3),) if inside else ()),
    )


def _dot(lens: PairedEffect, scale: Scale) -> Element:
    return el("circle", class_="c-strong", cx=scale.clip(lens.median), cy=_MIDDLE, r=2.1)


def _breaks(effect: PairedEffect, outcome: OutcomeLabel, scale: Scale) -> tuple[Element, ...]:
    """Two slanted strokes where the interval leaves the axis, and the number it reaches."""
    shapes: list[Element] = []
    y = _MIDDLE
    ends = ((effect.p05, scale.start, 6.0, "start"), (effect.p95, scale.end, -6.0, "end"))
    for value, edge, inward, anchor in ends:
        outside = value < scale.low if anchor == "start" else value > scale.high
        if not outside:
            continue
        for shift in (inward, inward + (4 if inward > 0 else -4)):
            x = edge + shift
            shapes.append(line(x - 2, y + 7, x + 2, y - 7, "c-ink", width=1.5))
        x = 2.0 if anchor == "start" else scale.end + _MARGIN - 2
        (text,) = numbers.changes(outcome.kind, value)
        shapes.append(label(text, x, 36, size=11, anchor=anchor))
    return tuple(shapes)
