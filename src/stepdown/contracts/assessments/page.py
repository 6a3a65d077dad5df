"""An assessment as a reader meets it: sheets of words in both languages, each with its chart and origins.

The terminal prints the sheets, the brief sets them as a page: one telling, two doors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from stepdown.contracts.assessments.shared import Origin, Spread
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.findings import SourceNote

AxisUnit = Literal["index", "change", "share", "year"]


@dataclass(frozen=True, slots=True)
class BandRow:
    """One row of a band chart: a label and one spread per series (None: nothing to show)."""

    label: Bilingual
    bands: tuple[Spread | None, ...]
    group: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class BandChart:
    """Bands in rows on one axis: median stroke, half of futures darker, 9 in 10 lighter.

    `series` names the bands of a row in order (at most four); `low` to `high` is the axis; `floor` draws a
    dashed line with its label; `centre` draws the line of no change.
    """

    id: str
    title: Bilingual
    finding: Bilingual
    unit: AxisUnit
    low: float
    high: float
    series: tuple[Bilingual, ...]
    rows: tuple[BandRow, ...]
    floor: tuple[float, Bilingual] | None = None
    centre: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its finding in words. The first column heads its row; `numeric` columns stand right.

    Cells of `whole` columns (dates, ids) are not broken. `rests_on`: ids of records, inputs and runs behind
    the numbers. `groups` names, row by row, what rows that follow each other are about (empty: no groups).
    """

    id: str
    heading: Bilingual
    heads: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]
    rests_on: Origin
    text: tuple[Bilingual, ...] = ()
    numeric: frozenset[int] = frozenset()
    notes: tuple[Bilingual, ...] = ()
    chart: BandChart | None = None
    whole: frozenset[int] = frozenset()
    groups: tuple[Bilingual, ...] = ()

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.heads)]
        if wrong:
            raise ValueError(f"sheet {self.id}: {len(wrong)} rows do not fit {len(self.heads)} heads")
        if self.groups and len(self.groups) != len(self.rows):
            raise ValueError(f"sheet {self.id}: {len(self.groups)} groups for {len(self.rows)} rows")


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """Everything a page about one question says. `futures` is 0 where the record alone answers."""

    question: str
    title: Bilingual
    asked: Bilingual
    short: tuple[Bilingual, ...]
    sheets: tuple[Sheet, ...]
    scope: tuple[Bilingual, ...]
    sources: tuple[SourceNote, ...]
    card: tuple[tuple[Bilingual, str], ...]
    record: str
    dated: str
    version: str
    futures: int
    grounds: tuple[tuple[str, Bilingual, tuple[int, ...]], ...] = field(default=())
    """Per id in any `rests_on`: the record's title and the numbers of the notes it rests on."""
