"""A package over time: one bar per measure, by track; a wedge while it builds up, its height the strength."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.charts.element import Element, el, polyline
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, wrap
from stepdown.charts.numbers import decimal
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.contracts.findings import MeasureInPackage, PackageDescription
from stepdown.vocabulary.ids import TRACKS, Language

_BAR, _LINE, _SIZE = 12.0, 15.0, 12.0


def package_timeline(
    package: PackageDescription,
    start_year: int,
    end_year: int,
    language: Language,
    *,
    figure_id: str,
    width: float = 304,
) -> Figure:
    """Draw the measures of ``package`` between two years; names stand above their bars and never collide."""
    x = Scale(start_year, end_year, 4, width - 4)
    shapes: list[Element] = []
    y = 4.0
    groups = measures_by_track(package.measures)
    for track, measures in groups:
        y += _LINE
        shapes.append(label(word(f"track_{track}", language), 0, y, class_="c-strong", size=13, bold=True))
        y += 6
        for measure in measures:
            for text in wrap(measure.label.text(language), width - 4, _SIZE):
                y += _LINE
                shapes.append(label(text, 0, y - 2, size=_SIZE))
            shapes.extend(_bar(measure, package.letter, x, y + 2, end_year))
            y += _BAR + 6
        y += 4
    shapes.extend(_years(start_year, end_year, x, y))
    title = word("timeline_title", language, letter=package.letter)
    finding = word(
        "timeline_finding",
        language,
        count=len(package.measures),
        tracks=len(groups),
        first=min((m.start for m in package.measures), default=start_year),
        last=max((m.full for m in package.measures), default=start_year),
    )
    return Figure(figure_id, title, finding, width, y + 24, tuple(shapes), _table(package, title, language))


def measures_by_track(
    measures: Sequence[MeasureInPackage],
) -> tuple[tuple[str, tuple[MeasureInPackage, ...]], ...]:
    """Measures grouped by track in the order of the tracks, each group by start year; no empty group."""
    groups = (
        (t, tuple(sorted((m for m in measures if m.track == t), key=lambda m: (m.start, m.id))))
        for t in TRACKS
    )
    return tuple((track, group) for track, group in groups if group)


def _bar(measure: MeasureInPackage, letter: str, x: Scale, top: float, end_year: int) -> tuple[Element, ...]:
    bottom = top + _BAR
    reached = min(1.0, (end_year - measure.start) / max(measure.full - measure.start, 1))
    high = bottom - max(_BAR * measure.strength * max(reached, 0.0), 1.5)
    begin, full, end = (x.clip(year) for year in (measure.start, measure.full, end_year))
    return (
        line(x.start, bottom, x.end, bottom, "c-grid"),
        el(
            "path",
            class_=f"c-fill-{letter.lower()} c-line-{letter.lower()}",
            d=polyline([(begin, bottom), (full, high), (end, high), (end, bottom)], close=True),
            fill_opacity="0.38",
            stroke_width="1.3",
            stroke_dasharray=PACKAGE_DASH[letter],
        ),
    )


def _years(start: int, end: int, x: Scale, y: float) -> tuple[Element, ...]:
    middle = (start + end) // 2
    marks = ((start, "start"), (middle, "middle"), (end, "end"))
    return (
        line(x.start, y, x.end, y, "c-axis"),
        *(line(x(year), y, x(year), y + 4, "c-axis") for year, _ in marks),
        *(label(str(year), x(year), y + 17, anchor=anchor) for year, anchor in marks),
    )


def _table(package: PackageDescription, caption: str, language: Language) -> Table:
    columns = ("measure", "track", "from_year", "full_by", "strength")
    rows = tuple(
        (
            m.label.text(language),
            word(f"track_{track}", language),
            str(m.start),
            str(m.full),
            decimal(m.strength, 2),
        )
        for track, measures in measures_by_track(package.measures)
        for m in measures
    )
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset({2, 3, 4}))
