"""Comparisons of packages over futures, and of inputs by their influence: plain numbers with their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MetricId = Literal[
    "maximin",
    "maximax",
    "hurwicz",
    "laplace",
    "minimax_regret",
    "percentile_regret",
    "percentile",
    "mean_variance",
    "satisficing",
]
METRICS: tuple[MetricId, ...] = (
    "maximin",
    "maximax",
    "hurwicz",
    "laplace",
    "minimax_regret",
    "percentile_regret",
    "percentile",
    "mean_variance",
    "satisficing",
)
"""Robustness metrics, from the most to the least dependent on single futures within each pair."""


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One robustness metric over all packages. `values` in the metric's own direction: larger is more robust.

    `ranks`: 1 is the most robust, ties share the mean of their ranks. `kept`: share of bootstrap resamples of
    the futures in which a package keeps its rank.
    """

    metric: MetricId
    lens: str
    values: tuple[float, ...]
    ranks: tuple[float, ...]
    kept: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Robustness:
    """Packages (baseline among them) under every metric, all lenses pooled and lens by lens.

    `agreement`: Kendall's tau-b between the ranks of two metrics, pooled, in the order of `METRICS`.
    `regret[p][l]`: the p95 of regret of package p under lens l, in the unit of the change.
    """

    outcome: str
    packages: tuple[str, ...]
    lenses: tuple[str, ...]
    rows: tuple[MetricRow, ...]
    regret: tuple[tuple[float, ...], ...]
    median_change: tuple[tuple[float, ...], ...]
    backfires: tuple[tuple[float, ...], ...]
    agreement: tuple[tuple[float, ...], ...]
    futures: int
    failed: int

    def row(self, metric: MetricId, lens: str) -> MetricRow:
        """One metric under one lens (or `all`). Raises StopIteration for a combination that is not there."""
        return next(r for r in self.rows if (r.metric, r.lens) == (metric, lens))


IndexKind = Literal[
    "sobol_first", "sobol_total", "morris", "delta", "binned_first", "pawn", "features", "gradient"
]


@dataclass(frozen=True, slots=True)
class Influence:
    """How much one input matters for an outcome, with a 95 % interval where there is one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Influence of every input on one outcome by one index, largest first.

    `noise`: what the index reaches for inputs without influence (None where the method does not tell);
    `futures` used, `failed` left out.
    """

    kind: IndexKind
    outcome: str
    influences: tuple[Influence, ...]
    futures: int
    failed: int = 0
    noise: float | None = None

    def of(self, name: str) -> Influence:
        """The influence of an input. Raises KeyError."""
        found = {i.name: i for i in self.influences}
        return found[name]


@dataclass(frozen=True, slots=True)
class StackAxis:
    """One input of a stacked table, cut into classes: words are written by whoever shows them.

    `edges`: the ends of the classes of a number, one more than classes; `options` for a switch.
    """

    name: str
    edges: tuple[float, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def classes(self) -> int:
        return len(self.options) or len(self.edges) - 1


@dataclass(frozen=True, slots=True)
class Stack:
    """Dimensional stacking (LeBlanc, Ward & Wittels 1990): share of interest in every cell of nested classes.

    `rows` and `columns` list axes from the outermost to the innermost; `share[r][c]` is None in an empty
    cell, `n[r][c]` the futures in it.
    """

    rows: tuple[StackAxis, ...]
    columns: tuple[StackAxis, ...]
    share: tuple[tuple[float | None, ...], ...]
    n: tuple[tuple[int, ...], ...]
    overall: float
