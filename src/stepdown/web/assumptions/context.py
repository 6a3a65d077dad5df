"""What the templates of this screen may use."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import Figure
from stepdown.charts.element import Element
from stepdown.charts.figure import Table
from stepdown.web.pages import Link


@dataclass(frozen=True)
class Ground:
    """A ground in words; `source`, `href`: its source's id and address, empty for a judgement."""

    text: str
    source: str
    href: str


@dataclass(frozen=True)
class StandOut:
    """An assumption that chance does not explain: where it stands, and what it weighs."""

    label: str
    href: str
    share: str
    pedigree: str


@dataclass(frozen=True)
class Choice:
    """An option of a form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Tabs:
    """The views of this screen, and the package they speak of."""

    links: tuple[Link, ...]
    package: str
    board: str


@dataclass(frozen=True)
class Row:
    """An input in the table. `stands_out`: chance alone would not explain its weight."""

    name: str
    href: str
    symbol: str
    part: str
    mark: Element | None
    middle: str
    range: str
    unit: str
    numbers: str
    evidence: Element
    pedigree: str
    pedigree_mark: Element
    weight: str
    stands_out: bool
    edited: bool


@dataclass(frozen=True)
class InputsPage:
    """`again` asks for the page again while influence is computed; `form`: what a filter keeps.

    `diagram_wide` is the same, drawn for a screen with room for it.
    """

    tabs: Tabs
    outcomes: tuple[Link, ...]
    diagram: Figure | None
    diagram_wide: Figure | None
    stand_out: tuple[StandOut, ...]
    lead: str
    again: str
    failure: str
    parts: tuple[Choice, ...]
    sorts: tuple[Link, ...]
    form: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    shown: str
    every: str
    total: str


@dataclass(frozen=True)
class Side:
    """One side of a dispute."""

    number: int
    label: str
    holds: str
    references: tuple[Ground, ...]
    moves: str


@dataclass(frozen=True)
class Dispute:
    """A switch: its question, its sides, the lenses' weights."""

    id: str
    label: str
    question: str
    sides: tuple[Side, ...]
    note: str
    figure: Figure


@dataclass(frozen=True)
class School:
    """A lens."""

    label: str
    summary: str
    references: tuple[Ground, ...]


@dataclass(frozen=True)
class LensesPage:
    """Schools and disputes."""

    tabs: Tabs
    schools: tuple[School, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True)
class Number:
    """A number of an input, or several that are alike."""

    names: str
    middle: str
    range: str
    kind: str
    mark: Element


@dataclass(frozen=True)
class Form:
    """The form for another prior, as it was last filled in."""

    action: str
    limits: str
    cells: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    low: str
    middle: str
    high: str
    faults: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> frozenset[str]:
        """The fields with a fault."""
        return frozenset(field for field, _ in self.faults)


@dataclass(frozen=True)
class InputPage:
    """One input with all it rests on. `fixed`: why it cannot be changed here; then there is no form."""

    tabs: Tabs
    symbol: str
    label: str
    back: str
    pairs: tuple[tuple[str, str], ...]
    numbers: tuple[Number, ...]
    shares: tuple[tuple[str, str], ...]
    basis: tuple[Ground, ...]
    notes: tuple[str, ...]
    pedigree: tuple[tuple[str, str, Element], ...]
    says: tuple[tuple[str, str], ...]
    form: Form | None
    fixed: str


@dataclass(frozen=True)
class Change:
    """A prior that was changed."""

    name: str
    href: str
    cell: str
    before: str
    after: str
    symbol: str
    key: str


@dataclass(frozen=True)
class Effect:
    """An outcome before and after."""

    name: str
    before: Figure
    after: Figure
    before_told: str
    after_told: str
    shift: str
    moved: str


@dataclass(frozen=True)
class ChangesPage:
    """What was changed, and what it changes."""

    tabs: Tabs
    changes: tuple[Change, ...]
    reset: str
    effects: tuple[Effect, ...]
    table: Table | None
    told: str
    again: str
    failure: str
    empty_package: bool
    inputs: str
