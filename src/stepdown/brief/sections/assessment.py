"""A sheet of an assessment as a page shows it: words of one language, its chart, its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepdown.charts import Figure
from stepdown.charts.bands import band_chart
from stepdown.contracts.assessments.page import AssessmentPage, Sheet
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True, slots=True)
class Ground:
    """Something numbers rest on: id, title where it is a record, numbers of its notes."""

    id: str
    title: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A section of the page. `css` holds a class for every column that has one."""

    id: str
    heading: str
    text: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    css: Mapping[int, str]
    notes: tuple[str, ...]
    figure: Figure | None
    grounds: tuple[Ground, ...]


def sheet_views(page: AssessmentPage, language: Language) -> tuple[SheetView, ...]:
    """All sheets in order."""
    known = {record: (title.text(language), notes) for record, title, notes in page.grounds}
    return tuple(_view(sheet, language, known) for sheet in page.sheets)


def _view(sheet: Sheet, language: Language, known: Mapping[str, tuple[str, tuple[int, ...]]]) -> SheetView:
    return SheetView(
        id=sheet.id,
        heading=sheet.heading.text(language),
        text=tuple(t.text(language) for t in sheet.text),
        heads=tuple(h.text(language) for h in sheet.heads),
        rows=tuple(tuple(cell.text(language) for cell in row) for row in sheet.rows),
        css={**dict.fromkeys(sheet.whole, "whole"), **dict.fromkeys(sheet.numeric, "num")},
        notes=tuple(n.text(language) for n in sheet.notes),
        figure=band_chart(sheet.chart, language) if sheet.chart is not None else None,
        grounds=tuple(Ground(i, *known.get(i, ("", ()))) for i in sheet.rests_on),
    )
