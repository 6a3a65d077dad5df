"""What the templates of the board may use."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import Figure, Table
from stepdown.charts.element import Element
from stepdown.web.pages import Link


@dataclass(frozen=True)
class Go:
    """A change of the board's state: the address for everybody, and the part that htmx asks for."""

    href: str
    part: str


@dataclass(frozen=True)
class Lever:
    """A measure on its slider. `set_out`: from when, how, who; `obstacle`: why it cannot act, or nothing."""

    id: str
    label: str
    step: int
    word: str
    set_out: str
    evidence: Element
    settings: Go
    obstacle: str


@dataclass(frozen=True)
class Track:
    """A track with its chosen measures; `more` others can be added."""

    id: str
    label: str
    levers: tuple[Lever, ...]
    more: int
    add: Go


@dataclass(frozen=True)
class Fan:
    """One outcome over time, and the others it can be changed for."""

    name: str
    note: str
    figure: Figure
    others: tuple[tuple[Link, Go], ...]


@dataclass(frozen=True)
class Gauge:
    """One effect at the end of the period. `told` are its numbers as pairs of words."""

    id: str
    name: str
    median: str
    agreement: str
    backfires: str
    interval: Figure
    squares: Figure
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """One outcome of a kept package."""

    name: str
    interval: Figure
    median: str
    backfires: str


@dataclass(frozen=True)
class Slot:
    """A place of the compare tray. `rows` are empty where nothing is kept."""

    letter: str
    label: str
    editing: bool
    rows: tuple[Row, ...]
    worst: str
    edit: Go | None
    keep: Go | None
    drop: Go | None


@dataclass(frozen=True)
class Result:
    """What the package on the sliders does, in `futures` words; `whole` when in all futures."""

    letter: str
    futures: str
    whole: bool
    failed: str
    fans: tuple[Fan, ...]
    gauges: tuple[Gauge, ...]
    table: Table
    budget: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class Ready:
    """A package of a shipped study to start from."""

    study: str
    label: str
    summary: str
    go: Go


@dataclass(frozen=True)
class BoardPage:
    """The whole board. `result` is None while the model is prepared and after a failure (`failure`: its id).

    `refine` asks for all futures, `after` for the picture after a replay, `again` tries once more.
    `further`: screens that say more of the package, by key, with their addresses.
    """

    lead: str
    fields: tuple[tuple[str, str], ...]
    tracks: tuple[Track, ...]
    empty: bool
    lenses: tuple[tuple[Link, Go], ...]
    result: Result | None
    failure: str
    slots: tuple[Slot, ...]
    undo: Go | None
    redo: Go | None
    reset: Go
    replay: Go | None
    last_change: str
    replaying: bool
    refine: str
    after: str
    again: str
    link: str
    study: str
    further: tuple[tuple[str, str], ...]
    stale: str
    current: str
    ready: tuple[Ready, ...]
    whole_href: str
    editing: str
    computing: str
    evidence_key: tuple[Element, ...]
