"""A box as bars: one row per restricted input, the part of its range that the box allows filled."""

from __future__ import annotations

from collections.abc import Iterator

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width, wrap
from stepdown.charts.words import word
from stepdown.contracts.scenarios import Box, InputWords, Limit, ScenarioFinding, Support
from stepdown.vocabulary.ids import Language

_TEXT, _BAR, _ROW_GAP, _SIDE = 17.0, 14.0, 20.0, 4.0


def box_view(finding: ScenarioFinding, language: Language, *, figure_id: str, width: float = 640) -> Figure:
    """Draw the box of `finding`; raises ValueError where there is none.

    Ticks on a number's bar mark the lowest and the highest third of its distribution.
    """
    box = _box(finding)
    support = {s.name: s for s in finding.support}
    shapes: list[Element] = []
    y = 2.0
    for limit in box.limits:
        row, y = _row(limit, finding.input(limit.name), support.get(limit.name), y, width, language)
        shapes += row
    if any(not limit.options for limit in box.limits):
        shapes.append(label(word("box_note", language), _SIDE, y + 6, class_="c-quiet"))
        y += 12
    title = finding.event.heading(language)
    table = box_table(finding, title, language)
    return Figure(figure_id, title, finding.sentence.text(language), width, y, tuple(shapes), table)


def box_table(finding: ScenarioFinding, caption: str, language: Language) -> Table:
    """The table twin: limit, range, support of every restricted input."""
    support = {s.name: s for s in finding.support}
    columns = ("input", "limit", "range_of_input", "found_again", "quasi_p")
    rows = tuple(
        (
            finding.input(x.name).label.text(language),
            limit_text(x, finding.input(x.name), language),
            _range_text(finding.input(x.name), language),
            numbers.share(support[x.name].stability) if x.name in support else "–",
            _small(support[x.name].quasi_p) if x.name in support else "–",
        )
        for x in _box(finding).limits
    )
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset({3, 4}))


def limit_text(limit: Limit, words: InputWords, language: Language) -> str:
    """The limit alone: options by name, or the ends of the interval."""
    if limit.options:
        return ("、" if language == "ja" else ", ").join(
            words.option(o).text(language) for o in limit.options
        )
    low, high = (None if e is None else _exact(e) for e in limit.ends)
    if low is not None and high is not None:
        return numbers.between(low, high, language)
    return f"≥ {low}" if high is None else f"≤ {high}"


def _box(finding: ScenarioFinding) -> Box:
    if finding.box is None:
        raise ValueError(f"no box to draw: {finding.event.en}")
    return finding.box


def _row(
    limit: Limit, words: InputWords, support: Support | None, y: float, width: float, language: Language
) -> tuple[list[Element], float]:
    shapes: list[Element] = []
    name = words.label.heading(language)
    for text in wrap(name, width - 2 * _SIDE, 13):
        y += _TEXT
        shapes.append(label(text, _SIDE, y - 4, size=13, class_="c-strong", bold=True))
    draw = _options if limit.options else _interval
    row, y = draw(limit, words, y + 3, width, language)
    shapes += row
    if support is not None:
        y += _TEXT
        told = word("found_again_in", language, share=numbers.share(support.stability))
        shapes.append(label(told, _SIDE, y - 3, class_="c-quiet"))
    return shapes, y + _ROW_GAP - 8


def _interval(
    limit: Limit, words: InputWords, y: float, width: float, language: Language
) -> tuple[list[Element], float]:
    """The whole range as a well, the allowed part filled, its ends written below where they lie."""
    least, most = words.range
    scale = Scale(least, most if most > least else least + 1, _SIDE, width - _SIDE)
    left = scale.start if limit.low is None else scale.clip(limit.low)
    right = scale.end if limit.high is None else scale.clip(limit.high)
    bottom = y + _BAR
    shapes = [
        el("rect", class_="c-axis", x=_SIDE, y=y, width=width - 2 * _SIDE, height=_BAR, fill="none"),
        el(
            "rect",
            class_="c-fill-a",
            x=left,
            y=y,
            width=max(right - left, 2),
            height=_BAR,
            fill_opacity="0.4",
        ),
        *(line(scale(t), y, scale(t), bottom + 5, "c-axis") for t in words.thirds if least < t < most),
        *(
            line(edge, y - 3, edge, bottom + 3, "c-line-a", width=3)
            for edge, end in ((left, limit.low), (right, limit.high))
            if end is not None
        ),
    ]
    return [*shapes, *_ends(limit, words, scale, bottom + 16)], bottom + 18


def _ends(limit: Limit, words: InputWords, scale: Scale, y: float) -> Iterator[Element]:
    """Limits in bold; the ends of the range where there is room beside them."""
    taken: list[tuple[float, float]] = []
    for end in limit.ends:
        if end is None:
            continue
        text = _exact(end)
        half = text_width(text, 12) / 2
        x = min(max(scale.clip(end), scale.start + half), scale.end - half)
        if any(x - half < b + 6 and x + half > a - 6 for a, b in taken):
            x = taken[-1][1] + 8 + half
        taken.append((x - half, x + half))
        yield label(text, x, y, class_="c-strong", anchor="middle", bold=True)
    for value, anchor in zip(words.range, ("start", "end"), strict=True):
        text = numbers.level(value)
        span = text_width(text, 12)
        a = scale.start if anchor == "start" else scale.end - span
        if all(a + span < left - 6 or a > right + 6 for left, right in taken):
            yield label(text, a if anchor == "start" else scale.end, y, class_="c-quiet", anchor=anchor)


def _options(
    limit: Limit, words: InputWords, y: float, width: float, language: Language
) -> tuple[list[Element], float]:
    """Every option as a chip; those of the box filled and bold, the others outlined with a dashed edge."""
    shapes: list[Element] = []
    x, top = _SIDE, y
    for name, text in words.options:
        lines = wrap(text.text(language), width - 2 * _SIDE - 16, 12)
        wide = max(text_width(t, 12) for t in lines) + 16
        high = 15.0 * len(lines) + 7
        if x > _SIDE and x + wide > width - _SIDE:
            x, top = _SIDE, top + 28
        kept = name in limit.options
        shapes.append(_chip(x, top, wide, high, kept=kept))
        shapes += [
            label(t, x + 8, top + 15 + 15 * i, class_="c-strong" if kept else "c-quiet", bold=kept)
            for i, t in enumerate(lines)
        ]
        x += wide + 8
    return shapes, top + 26


def _chip(x: float, y: float, width: float, height: float, *, kept: bool) -> Element:
    return el(
        "rect",
        class_="c-fill-a c-line-a" if kept else "c-axis",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=4,
        fill=None if kept else "none",
        fill_opacity="0.25" if kept else None,
        stroke_width="2" if kept else "1",
        stroke_dasharray=None if kept else "3 3",
    )


def _range_text(words: InputWords, language: Language) -> str:
    if words.options:
        return ("、" if language == "ja" else ", ").join(t.text(language) for _, t in words.options)
    low, high = (numbers.level(x) for x in words.range)
    return numbers.between(low, high, language)


def _exact(value: float) -> str:
    text = f"{value:,.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.15g}"
    return text.replace("-", numbers.MINUS)


def _small(p: float) -> str:
    return "<0.001" if p < 0.001 else numbers.decimal(p, 3)
