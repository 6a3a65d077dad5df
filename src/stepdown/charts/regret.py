"""Packages by lenses: regret as bars on one axis, median change and share that backfires beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, wrap
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.contracts.comparison import Robustness
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.vocabulary.ids import Language

_LINE, _CELL = 15.0, 70.0


def regret_matrix(
    found: Robustness,
    outcome: OutcomeLabel,
    names: Mapping[str, Bilingual],
    letters: Mapping[str, str],
    language: Language,
    *,
    figure_id: str,
    width: float = 860,
) -> Figure:
    """One row per package, one column per lens.

    `names`: words of packages and lenses by id; `letters`: package id -> A to E, for its hue and dash; a
    package without one is drawn as the baseline. Bars share one axis; the longest of a row, its worst lens,
    is outlined.
    """
    left = min(170.0, 0.24 * width)
    step = (width - left) / len(found.lenses)
    top = _heads(found, names, left, step, language)
    most = max(max(row) for row in found.regret) or 1.0
    scale = Scale(0, most, 0, step - 18)
    shapes: list[Element] = list(top[0])
    y = top[1]
    for i, package in enumerate(found.packages):
        shapes.append(line(0, y, width, y, "c-grid"))
        name = wrap(names[package].heading(language), left - 34, 13)
        shapes += _package(package, name, letters, y)
        worst = max(range(len(found.lenses)), key=lambda j: found.regret[i][j])
        for j in range(len(found.lenses)):
            at = left + j * step
            shapes += _cell(found, outcome, letters.get(package), i, j, scale, at, y, j == worst, language)
        y += max(_CELL, _LINE * len(name) + 12)
    title = word("regret_title", language, outcome=outcome.label.text(language))
    return Figure(
        figure_id,
        title,
        _finding(found, outcome, names, language),
        width,
        y + 4,
        tuple(shapes),
        regret_table(found, outcome, names, title, language),
    )


def regret_table(
    found: Robustness,
    outcome: OutcomeLabel,
    names: Mapping[str, Bilingual],
    caption: str,
    language: Language,
) -> Table:
    """The table twin: one row per package and lens."""
    columns = ("package_name", "lens", "regret", "median_change", "backfires")
    rows = tuple(
        (
            names[p].heading(language),
            names[lens].heading(language),
            _amount(found.regret[i][j], outcome),
            *numbers.changes(outcome.kind, _way(outcome) * found.median_change[i][j]),
            numbers.share(found.backfires[i][j]),
        )
        for i, p in enumerate(found.packages)
        for j, lens in enumerate(found.lenses)
    )
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset({2, 3, 4}))


def _heads(
    found: Robustness, names: Mapping[str, Bilingual], left: float, step: float, language: Language
) -> tuple[list[Element], float]:
    wrapped = [wrap(names[x].heading(language), step - 14, 12) for x in found.lenses]
    deep = max(len(w) for w in wrapped)
    shapes = [
        label(text, left + j * step, _LINE * (k + 1 + deep - len(lines)), bold=True)
        for j, lines in enumerate(wrapped)
        for k, text in enumerate(lines)
    ]
    return shapes, _LINE * deep + 8


def _package(package: str, name: Sequence[str], letters: Mapping[str, str], y: float) -> list[Element]:
    letter = letters.get(package)
    shapes = []
    if letter:
        shapes.append(el("rect", class_=f"c-fill-{letter.lower()}", x=0, y=y + 8, width=20, height=20, rx=4))
        shapes.append(label(letter, 10, y + 22.5, size=13, class_="c-surface", anchor="middle", bold=True))
    x = 28.0 if letter else 0.0
    shapes += [label(t, x, y + 22 + _LINE * i, size=13, class_="c-strong") for i, t in enumerate(name)]
    return shapes


def _cell(
    found: Robustness,
    outcome: OutcomeLabel,
    letter: str | None,
    i: int,
    j: int,
    scale: Scale,
    x: float,
    y: float,
    worst: bool,
    language: Language,
) -> list[Element]:
    value = found.regret[i][j]
    fill = f"c-fill-{letter.lower()}" if letter else "c-baseband"
    stroke = f"c-line-{letter.lower()}" if letter else "c-baseline"
    (median,) = numbers.changes(outcome.kind, _way(outcome) * found.median_change[i][j])
    told = word("backfires_in", language, share=numbers.share(found.backfires[i][j]))
    return [
        el(
            "rect",
            class_=f"{fill} {'c-ink' if worst else stroke}",
            x=x,
            y=y + 8,
            width=max(scale(value), 1.5),
            height=11,
            fill_opacity="0.38" if letter else None,
            stroke_width="2" if worst else "1",
            stroke_dasharray=None if worst or not letter else PACKAGE_DASH[letter],
        ),
        label(_amount(value, outcome), x, y + 34, class_="c-strong", bold=True),
        *([label(word("median_value", language, value=median), x, y + 48, size=11)] if letter else []),
        *([label(told, x, y + 62, size=11)] if letter else []),
    ]


def _finding(
    found: Robustness, outcome: OutcomeLabel, names: Mapping[str, Bilingual], language: Language
) -> str:
    worst = [max(row) for row in found.regret]
    least = min(range(len(worst)), key=lambda i: worst[i])
    name = names[found.packages[least]].text(language)
    return word("regret_finding", language, package=name, value=_amount(worst[least], outcome))


def _amount(value: float, outcome: OutcomeLabel) -> str:
    """Regret: points of change forgone, without a sign."""
    return numbers.changes(outcome.kind, value)[0].lstrip("+")


def _way(outcome: OutcomeLabel) -> float:
    """Back from "as intended" to the outcome's own direction."""
    return 1.0 if outcome.intended == "up" else -1.0
