"""What is found about packages, in plain values that a page can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepdown.contracts.comparison import Robustness
from stepdown.contracts.effects import Bilingual, DecidingInput, EvidenceLevel, OutcomeLabel, PairedEffect
from stepdown.contracts.scenarios import ScenarioFinding


@dataclass(frozen=True)
class Metric:
    """One robustness metric in words; per package its rank (1 = most robust) and how often it is kept."""

    label: Bilingual
    ranks: tuple[float, ...]
    kept: tuple[float, ...]


@dataclass(frozen=True)
class Compared:
    """Packages over the same futures. `table` and `metrics` list the baseline first, then the letters.

    `effects[letter]`: every outcome of the board, over all lenses and lens by lens.
    """

    outcome: OutcomeLabel
    letters: tuple[str, ...]
    effects: Mapping[str, tuple[PairedEffect, ...]]
    table: Robustness
    metrics: tuple[Metric, ...]

    def effect(self, letter: str, outcome: str, lens: str) -> PairedEffect:
        """One effect. Raises StopIteration for one that is not there."""
        return next(e for e in self.effects[letter] if (e.outcome, e.lens) == (outcome, lens))

    def regret(self, letter: str, lens: str) -> float:
        """Regret that 19 of 20 futures stay below, under one lens, in the unit of the change."""
        row, column = self.table.packages.index(letter), self.table.lenses.index(lens)
        return self.table.regret[row][column]

    def worst_regret(self, letter: str) -> float:
        """The largest of the lenses."""
        return max(self.table.regret[self.table.packages.index(letter)])


@dataclass(frozen=True)
class Strand:
    """One future: its place on every axis in [0, 1], its values in words, whether the package backfires."""

    future: int
    places: tuple[float, ...]
    values: tuple[Bilingual, ...]
    backfires: bool


@dataclass(frozen=True)
class Strands:
    """Futures over the inputs that matter most, the last axis being the change itself.

    `marks`: words on every axis with their places, from its lower to its upper end; a switch has one per
    option. `strands`: as many futures of each kind at most, evenly over all of that kind.
    """

    axes: tuple[Bilingual, ...]
    marks: tuple[tuple[tuple[float, Bilingual], ...], ...]
    strands: tuple[Strand, ...]


@dataclass(frozen=True)
class Driver:
    """An input that moves the change. `influence`: share of the variance between its classes.

    `low`, `high`: median change where it is in its lowest and highest third, or under the options of a switch
    that part most. `evidence`: the level of its record.
    """

    label: Bilingual
    influence: float
    low: Bilingual
    high: Bilingual
    evidence: EvidenceLevel


@dataclass(frozen=True)
class Conditions:
    """When a package backfires on an outcome.

    `finding` is None where too few futures backfire, or too few do not, to tell conditions apart; its box is
    None where no simple condition is found again in resamples. `deciding`: inputs that by themselves explain
    more of the difference than chance would. `drivers`: inputs that move the size of the change.
    """

    outcome: OutcomeLabel
    backfires: float
    futures: int
    finding: ScenarioFinding | None
    deciding: tuple[DecidingInput, ...]
    drivers: tuple[Driver, ...]
    strands: Strands | None
