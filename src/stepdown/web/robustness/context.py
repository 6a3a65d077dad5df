"""What the templates of this screen may use."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts import Figure
from stepdown.charts.element import Element
from stepdown.charts.figure import Table
from stepdown.web.pages import Link


@dataclass(frozen=True)
class Cell:
    """A package under one lens. `worst`: its largest regret; `regret` is empty over all lenses."""

    lens: str
    figure: Figure
    median: str
    backfires: str
    regret: str
    worst: bool


@dataclass(frozen=True)
class Package:
    """A package with its cells: all lenses first."""

    letter: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Packages by lenses, ranks by metric, and packages over all outcomes."""

    title: str
    lenses: tuple[str, ...]
    packages: tuple[Package, ...]
    nothing: str
    futures: str
    table: Table
    ranks: Table
    trade: Figure | None


@dataclass(frozen=True)
class Mover:
    """An input that moves the change: its share of the variance, the median change at its ends."""

    label: str
    influence: str
    low: str
    high: str
    evidence: Element


@dataclass(frozen=True)
class Box:
    """The conditions of one package. `told` is always there; `figure` where there is a box.

    `counts`: name, share, what it is a share of. `movers` are told where there is no box.
    """

    told: str
    held_out: str
    counts: tuple[tuple[str, str, str], ...]
    figure: Figure | None
    path: Figure | None
    strands: Figure | None
    no_strands: bool
    movers: tuple[Mover, ...]


@dataclass(frozen=True)
class RobustnessPage:
    """`again` asks for the page again while parts of it are computed; failures are ids of errors."""

    studies: tuple[Link, ...]
    outcomes: tuple[Link, ...]
    letters: tuple[Link, ...]
    letter: str
    single: bool
    matrix: Matrix | None
    matrix_failure: str
    box: Box | None
    box_failure: str
    again: str
    board: str
