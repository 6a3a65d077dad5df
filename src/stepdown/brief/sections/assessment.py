"""A sheet of an assessment as a page shows it: words of one language, its chart, its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from stepdown.charts import Figure
from stepdown.charts.bands import band_charts
from stepdown.contracts.assessments.page import AssessmentPage, Sheet
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True, slots=True)
class Ground:
    """Something numbers rest on: id, title where it is a record, numbers of its notes."""

    id: str
    title: str
    notes: tuple[int, ...]


Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A section of the page. `css` holds a class for every column that has one; `parts` holds the rows of
    each group under its name (one part without a name where there are no groups), of which the first so many
    are `unfolded`."""

    id: str
    heading: str
    text: tuple[str, ...]
    heads: tuple[str, ...]
    parts: tuple[tuple[str, Rows], ...]
    unfolded: int
    css: Mapping[int, str]
    notes: tuple[str, ...]
    finding: str
    figures: tuple[Figure, ...]
    grounds: tuple[Ground, ...]


def sheet_views(page: AssessmentPage, language: Language) -> tuple[SheetView, ...]:
    """All sheets in order."""
    known = {record: (title.text(language), notes) for record, title, notes in page.grounds}
    return tuple(_view(sheet, language, known) for sheet in page.sheets)


SHORT, FEW = 24, 3
"""A table of at most so many rows stands unfolded; of at most so many parts, the first one does."""


def _view(sheet: Sheet, language: Language, known: Mapping[str, tuple[str, tuple[int, ...]]]) -> SheetView:
    parts = _parts(sheet, language)
    return SheetView(
        id=sheet.id,
        heading=sheet.heading.text(language),
        text=tuple(t.text(language) for t in sheet.text),
        heads=tuple(h.text(language) for h in sheet.heads),
        parts=tuple(parts),
        unfolded=len(parts) if len(sheet.rows) <= SHORT else 1 if len(parts) <= FEW else 0,
        css={**dict.fromkeys(sheet.whole, "whole"), **dict.fromkeys(sheet.numeric, "num")},
        notes=tuple(n.text(language) for n in sheet.notes),
        finding=sheet.chart.finding.text(language) if sheet.chart is not None else "",
        figures=band_charts(sheet.chart, language) if sheet.chart is not None else (),
        grounds=tuple(Ground(i, *known.get(i, ("", ()))) for i in sheet.rests_on),
    )


def _parts(sheet: Sheet, language: Language) -> Sequence[tuple[str, Rows]]:
    rows = tuple(tuple(cell.text(language) for cell in row) for row in sheet.rows)
    if not sheet.groups:
        return [("", rows)] if rows else []
    named = zip((g.text(language) for g in sheet.groups), rows, strict=True)
    return [(name, tuple(row for _, row in of)) for name, of in groupby(named, key=lambda pair: pair[0])]
