"""One switch under every lens: a bar cut by the weights of its options."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, hatching, label
from stepdown.charts.layout import Scale, text_width
from stepdown.charts.words import word
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language

_ROW, _BAR = 24.0, 17.0
_FILL = ("0.8", "0.16", "0.4", "0.05")


def lens_weights(
    switch: Bilingual,
    lenses: Sequence[Bilingual],
    options: Sequence[tuple[Bilingual, Sequence[float]]],
    language: Language,
    *,
    figure_id: str,
    width: float = 340,
) -> Figure:
    """`options`: each option with its weight under every lens, in [0, 1], summing to one per lens.

    Options are numbered as on the page; fills differ by strength, the second one is hatched too.
    """
    left = min(max(text_width(x.text(language), 12) for x in lenses) + 10, 0.45 * width)
    x = Scale(0, 1, left, width - 1)
    pattern = f"{figure_id}-h"
    shapes: list[Element] = [el("defs", hatching(pattern, spacing=7, width=0.8))]
    for i, lens in enumerate(lenses):
        y = 2 + i * _ROW
        shapes.append(label(lens.text(language), 0, y + 13, class_="c-strong"))
        at = 0.0
        for k, (_, weights) in enumerate(options):
            shapes += _part(k, at, weights[i], x, y, pattern)
            at += weights[i]
    title = word("weights_title", language, switch=switch.text(language))
    columns = (word("lens", language), *(o.heading(language) for o, _ in options))
    rows = tuple(
        (lens.text(language), *(numbers.share(w[i]) for _, w in options)) for i, lens in enumerate(lenses)
    )
    table = Table(title, columns, rows, frozenset(range(1, len(columns))))
    height = 2 + _ROW * len(lenses)
    return Figure(figure_id, title, _finding(options, language), width, height, tuple(shapes), table)


def _part(k: int, at: float, weight: float, x: Scale, y: float, pattern: str) -> list[Element]:
    left, right = x(at), x(at + weight)
    if right - left < 0.5:
        return []
    size = {"x": left, "y": y, "width": right - left, "height": _BAR}
    shapes = [el("rect", class_="c-accent c-halo", fill_opacity=_FILL[k], stroke_width="1.5", **size)]
    if k == 2:
        shapes.append(el("rect", fill=f"url(#{pattern})", opacity="0.5", **size))
    told = numbers.share(weight)
    if right - left > text_width(f"{k + 1}: {told}", 11) + 6:
        css = "c-surface" if k == 0 else "c-strong"
        told = f"{k + 1}: {told}"
        shapes.append(
            label(told, (left + right) / 2, y + 12.5, size=11.5, class_=css, anchor="middle", bold=k == 0)
        )
    return shapes


def _finding(options: Sequence[tuple[Bilingual, Sequence[float]]], language: Language) -> str:
    widest = max(options, key=lambda o: max(o[1]) - min(o[1]))
    return word(
        "weights_finding",
        language,
        option=widest[0].text(language),
        low=numbers.share(min(widest[1])),
        high=numbers.share(max(widest[1])),
    )
