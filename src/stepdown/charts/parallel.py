"""Parallel coordinates (Inselberg 1985): axes side by side, one line over all of them per item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stepdown.charts import numbers
from stepdown.charts.element import Element, el, polyline
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, spread, text_width, wrap
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language

_LINE, _PLOT = 15.0, 230.0


@dataclass(frozen=True)
class Axis:
    """An axis with words at places in [0, 1], from its lower to its upper end."""

    label: Bilingual
    marks: Sequence[tuple[float, Bilingual]]


@dataclass(frozen=True)
class Thread:
    """One line: its places on all axes in [0, 1], the same in words, whether it is of interest."""

    name: str
    places: tuple[float, ...]
    values: tuple[Bilingual, ...]
    strong: bool = False


def future_strands(
    axes: Sequence[Axis],
    threads: Sequence[Thread],
    letter: str,
    language: Language,
    *,
    figure_id: str,
    width: float = 860,
) -> Figure:
    """Futures over inputs: those of interest strong and on top, the others faint."""
    names = [wrap(axis.label.heading(language), width / len(axes) - 14, 12) for axis in axes]
    top = _LINE * max(len(n) for n in names) + 8 + _LINE
    xs, scale = _layout(len(axes), width, top)
    shapes = [
        *(_thread(t, xs, scale) for t in threads if not t.strong),
        *(_thread(t, xs, scale) for t in threads if t.strong),
        *(s for i, axis in enumerate(axes) for s in _axis(axis, names[i], xs[i], scale, language)),
        *_key(scale.start + _LINE + 14, language),
    ]
    wrong = sum(t.strong for t in threads)
    title = word("strands_title", language, letter=letter)
    finding = word("strands_finding", language, wrong=wrong, right=len(threads) - wrong, axes=len(axes))
    columns = (
        word("future", language),
        *(axis.label.heading(language) for axis in axes),
        word("backfires", language),
    )
    rows = tuple(
        (
            t.name,
            *(v.text(language) for v in t.values),
            word("strands_strong" if t.strong else "strands_faint", language),
        )
        for t in threads
    )
    table = Table(title, columns, rows)
    return Figure(figure_id, title, finding, width, scale.start + _LINE + 24, tuple(shapes), table)


def package_threads(
    outcomes: Sequence[Bilingual],
    packages: Sequence[tuple[str, Bilingual, Sequence[float]]],
    language: Language,
    *,
    figure_id: str,
    width: float = 860,
) -> Figure:
    """Packages over outcomes: the share of futures in which each does not backfire, on axes that are alike.

    `packages`: letter, name, one share per outcome. The axis starts at the lowest share, rounded down.
    """
    least = min(min(shares) for _, _, shares in packages)
    floor = max(0.0, min(int(least * 10) / 10, 0.9))
    names = [wrap(o.heading(language), width / len(outcomes) - 14, 12) for o in outcomes]
    top = _LINE * max(len(n) for n in names) + 8 + _LINE
    xs, scale = _layout(len(outcomes), width - 34, top)
    place = Scale(floor, 1.0, scale.start, scale.end)
    low, high = (Bilingual(numbers.share(v), numbers.share(v)) for v in (floor, 1.0))
    shapes: list[Element] = []
    for i, outcome in enumerate(outcomes):
        axis = Axis(outcome, ((0, low), (1, high)))
        shapes += _axis(axis, names[i], xs[i], scale, language)
    for letter, _, shares in packages:
        points = [(x, place(v)) for x, v in zip(xs, shares, strict=True)]
        css = f"c-line-{letter.lower()}"
        dash = PACKAGE_DASH[letter]
        shapes.append(
            el("path", class_=css, d=polyline(points), fill="none", stroke_width="2.4", stroke_dasharray=dash)
        )
        shapes += [el("circle", class_=f"c-fill-{letter.lower()} c-halo", cx=x, cy=y, r=4) for x, y in points]
    ends = spread(
        [place(s[-1]) for _, _, s in packages], [18.0] * len(packages), scale.end - 9, scale.start + 9
    )
    for (letter, _, shares), y in zip(packages, ends, strict=True):
        shapes.append(line(xs[-1] + 4, place(shares[-1]), xs[-1] + 12, y, "c-axis"))
        shapes.append(
            el("rect", class_=f"c-fill-{letter.lower()}", x=xs[-1] + 13, y=y - 8, width=16, height=16, rx=3)
        )
        shapes.append(label(letter, xs[-1] + 21, y + 4, class_="c-surface", anchor="middle", bold=True))
    title = word("trade_title", language)
    columns = (word("package_name", language), *(o.heading(language) for o in outcomes))
    rows = tuple(
        (f"{letter} {name.text(language)}", *(numbers.share(v) for v in shares))
        for letter, name, shares in packages
    )
    table = Table(word("trade_axis", language), columns, rows, frozenset(range(1, len(columns))))
    finding = _lowest(outcomes, packages, language)
    return Figure(figure_id, title, finding, width, scale.start + _LINE + 6, tuple(shapes), table)


def _lowest(
    outcomes: Sequence[Bilingual],
    packages: Sequence[tuple[str, Bilingual, Sequence[float]]],
    language: Language,
) -> str:
    letter, i, value = min(
        ((letter, i, v) for letter, _, shares in packages for i, v in enumerate(shares)), key=lambda x: x[2]
    )
    return word(
        "trade_finding",
        language,
        package=word("package", language, letter=letter),
        outcome=outcomes[i].text(language),
        share=numbers.share(value),
    )


def _layout(count: int, width: float, top: float) -> tuple[list[float], Scale]:
    """Positions of the axes, each in the middle of its share of the width, and the scale from 0 to 1."""
    return [width * (i + 0.5) / count for i in range(count)], Scale(0, 1, top + _PLOT, top)


def _axis(axis: Axis, name: Sequence[str], x: float, scale: Scale, language: Language) -> list[Element]:
    shapes = [line(x, scale.start, x, scale.end, "c-axis", width=1.4)]
    shapes += [
        label(text, x, _LINE * (k + 1) - 3, class_="c-strong", anchor="middle", bold=True)
        for k, text in enumerate(name)
    ]
    for place, words in axis.marks:
        text, y = words.text(language), scale(place)
        if 0 < place < 1:
            wide = text_width(text, 12) + 6
            ground = {"x": x - wide / 2, "y": y - 9, "width": wide, "height": 17}
            shapes.append(el("rect", class_="c-surface", fill_opacity="0.85", rx=3, **ground))
        y += _LINE if place == 0 else -5 if place == 1 else 4
        shapes.append(label(text, x, y, anchor="middle"))
    return shapes


def _thread(thread: Thread, xs: Sequence[float], scale: Scale) -> Element:
    css = "c-ink" if thread.strong else "c-axis"
    return el(
        "path",
        class_=css,
        d=polyline((x, scale(v)) for x, v in zip(xs, thread.places, strict=True)),
        fill="none",
        stroke_width="1.5" if thread.strong else "0.8",
        stroke_opacity="0.75" if thread.strong else "0.6",
    )


def _key(y: float, language: Language) -> list[Element]:
    shapes: list[Element] = []
    x = 6.0
    for css, opacity, key in (("c-ink", "0.9", "strands_strong"), ("c-axis", "0.6", "strands_faint")):
        text = word(key, language)
        stroke = el(
            "line", class_=css, x1=x, y1=y, x2=x + 22, y2=y, stroke_width="1.6", stroke_opacity=opacity
        )
        shapes += [stroke, label(text, x + 28, y + 4)]
        x += 28 + 12.5 * len(text) + 24
    return shapes
