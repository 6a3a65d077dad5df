"""A stacked table as a grid: darker cells hold a larger share of futures of interest; empty cells are
hatched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, hatching, label, line
from stepdown.charts.layout import wrap
from stepdown.charts.words import word
from stepdown.contracts.comparison import Stack, StackAxis
from stepdown.contracts.scenarios import InputWords
from stepdown.vocabulary.ids import Language

_LINE, _BAND, _SIDE = 15.0, 20.0, 84.0
_LEAST_CELL = 30.0


def stacking_chart(
    stack: Stack, words: Mapping[str, InputWords], language: Language, *, figure_id: str, width: float = 640
) -> Figure:
    """Cells with the share of interest written in them where they are wide enough.

    The outermost input of each side is named first; thicker lines separate its classes.
    """
    across = prod(a.classes for a in stack.columns)
    down = prod(a.classes for a in stack.rows)
    left = _SIDE * len(stack.rows) + 6
    cell = (width - left - 2) / across
    high = max(min(cell, 44.0), _LEAST_CELL)
    names, y = _names(stack, words, width, language)
    top = y + _BAND * len(stack.columns) + 6
    shapes = [
        el("defs", hatching(f"{figure_id}-h")),
        *names,
        *_column_heads(stack.columns, words, left, cell, y, language),
        *_row_heads(stack.rows, words, top, high, language),
    ]
    for r in range(down):
        for c in range(across):
            place = (left + c * cell, top + r * high, cell, high)
            shapes += _cell(stack.share[r][c], place, f"{figure_id}-h")
    shapes += _separators(stack, left, top, cell, high)
    title = word("stack_title", language)
    height = top + down * high + 4
    table = _table(stack, words, title, language)
    return Figure(figure_id, title, _finding(stack, language), width, height, tuple(shapes), table)


def class_name(axis: StackAxis, index: int, words: InputWords, language: Language) -> str:
    """An option by its words; the classes of a number as low, middle, high, or numbered."""
    if axis.options:
        return words.option(axis.options[index]).text(language)
    if axis.classes == 3:
        return word(("class_low", "class_middle", "class_high")[index], language)
    return word("class_number", language, number=index + 1)


def _names(
    stack: Stack, words: Mapping[str, InputWords], width: float, language: Language
) -> tuple[list[Element], float]:
    """Which inputs run across (→) and down (↓), outermost first."""
    shapes: list[Element] = []
    y = 0.0
    for arrow, axes in (("→", stack.columns), ("↓", stack.rows)):
        for i, axis in enumerate(axes):
            text = f"{arrow * (i + 1)} {words[axis.name].label.heading(language)}"
            for piece in wrap(text, width - 4, 12):
                y += _LINE
                shapes.append(label(piece, 0, y - 3, class_="c-strong"))
    return shapes, y + 4


def _column_heads(
    axes: Sequence[StackAxis],
    words: Mapping[str, InputWords],
    left: float,
    cell: float,
    y: float,
    language: Language,
) -> list[Element]:
    shapes = []
    inner = prod(a.classes for a in axes)
    repeat = 1
    for axis in axes:
        inner //= axis.classes
        y += _BAND
        for k in range(repeat * axis.classes):
            name = class_name(axis, k % axis.classes, words[axis.name], language)
            room = inner * cell - 4
            x = left + (k + 0.5) * inner * cell
            shapes.append(label(_fit(name, room, 11), x, y - 5, size=11, anchor="middle"))
        repeat *= axis.classes
    return shapes


def _row_heads(
    axes: Sequence[StackAxis],
    words: Mapping[str, InputWords],
    top: float,
    high: float,
    language: Language,
) -> list[Element]:
    shapes = []
    inner = prod(a.classes for a in axes)
    repeat = 1
    x = 2.0
    for axis in axes:
        inner //= axis.classes
        for k in range(repeat * axis.classes):
            name = class_name(axis, k % axis.classes, words[axis.name], language)
            y = top + (k + 0.5) * inner * high
            shapes.append(label(_fit(name, _SIDE - 6, 11), x, y + 4, size=11))
        x += _SIDE
        repeat *= axis.classes
    return shapes


def _fit(text: str, room: float, size: float) -> str:
    """The first line that fits, with an ellipsis where something is left out; the table twin has it all."""
    lines = wrap(text, max(room - size, size), size)
    return text if len(wrap(text, room, size)) <= 1 else f"{lines[0]}…"


def _cell(share: float | None, place: tuple[float, float, float, float], pattern: str) -> list[Element]:
    x, y, width, height = place
    if share is None:
        return [
            el("rect", x=x, y=y, width=width, height=height, fill=f"url(#{pattern})", fill_opacity="0.25")
        ]
    box = el(
        "rect",
        class_="c-fill-a c-grid",
        x=x,
        y=y,
        width=width,
        height=height,
        fill_opacity=f"{0.04 + 0.56 * share:.2f}",
        stroke_width="1",
    )
    if width < 26:
        return [box]
    text = label(
        numbers.hundredths(share), x + width / 2, y + height / 2 + 4, class_="c-strong", anchor="middle"
    )
    return [box, text]


def _separators(stack: Stack, left: float, top: float, cell: float, high: float) -> list[Element]:
    """Thicker strokes between the classes of the outermost input on each side."""
    across = prod(a.classes for a in stack.columns)
    down = prod(a.classes for a in stack.rows)
    wide, tall = across // stack.columns[0].classes, down // stack.rows[0].classes
    xs = [left + k * wide * cell for k in range(stack.columns[0].classes + 1)]
    ys = [top + k * tall * high for k in range(stack.rows[0].classes + 1)]
    return [
        *(line(x, top, x, top + down * high, "c-zero", width=1.6) for x in xs),
        *(line(left, y, left + across * cell, y, "c-zero", width=1.6) for y in ys),
    ]


def _finding(stack: Stack, language: Language) -> str:
    shares = [s for row in stack.share for s in row if s is not None]
    return word(
        "stack_finding",
        language,
        overall=numbers.share(stack.overall),
        low=numbers.share(min(shares)),
        high=numbers.share(max(shares)),
    )


def _table(stack: Stack, words: Mapping[str, InputWords], caption: str, language: Language) -> Table:
    axes = (*stack.rows, *stack.columns)
    heads = (*(words[a.name].label.heading(language) for a in axes), word("density", language))
    rows = []
    for r, line_ in enumerate(stack.share):
        for c, share in enumerate(line_):
            places = (*_place(stack.rows, r), *_place(stack.columns, c))
            named = (class_name(a, k, words[a.name], language) for a, k in zip(axes, places, strict=True))
            told = word("no_future", language) if share is None else numbers.share(share)
            rows.append((*named, told, numbers.count(stack.n[r][c], language)))
    columns = (*heads, word("futures_in_cell", language))
    return Table(caption, columns, tuple(rows), frozenset({len(axes), len(axes) + 1}))


def _place(axes: Sequence[StackAxis], index: int) -> tuple[int, ...]:
    """Class of every axis at a place along a side, outermost first."""
    found = []
    for axis in reversed(axes):
        index, own = divmod(index, axis.classes)
        found.append(own)
    return tuple(reversed(found))
