"""Robustness metrics after McPhail et al. (2018, Earth's Future 6, 169-191), and regret.

Performance is a table [package, future] counted in the way intended: larger is better, the baseline is zero
when changes against it are compared. Every metric returns one number per package, larger = more robust.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.stats import kendalltau, rankdata

from stepdown.contracts.comparison import METRICS, MetricId, MetricRow, Robustness
from stepdown.contracts.effects import ALL_LENSES

Table = Float[np.ndarray, "package future"]
Scores = Float[np.ndarray, " package"]


def regret(performance: Table) -> Table:
    """What each package misses against the best package of the same future (Savage 1951); never negative."""
    return np.asarray(performance.max(axis=0) - performance)


def maximin(performance: Table) -> Scores:
    """The worst future (Wald 1950)."""
    return np.asarray(performance.min(axis=1))


def maximax(performance: Table) -> Scores:
    """The best future."""
    return np.asarray(performance.max(axis=1))


def hurwicz(performance: Table, optimism: float = 0.5) -> Scores:
    """Best and worst future, weighted by optimism in [0, 1] (Hurwicz 1953)."""
    return np.asarray(optimism * maximax(performance) + (1 - optimism) * maximin(performance))


def laplace(performance: Table) -> Scores:
    """The mean: all futures count the same (Laplace's principle of insufficient reason)."""
    return np.asarray(performance.mean(axis=1))


def minimax_regret(performance: Table) -> Scores:
    """The largest regret, with a minus sign (Savage 1951)."""
    return np.asarray(-regret(performance).max(axis=1))


def percentile_regret(performance: Table, share: float = 0.9) -> Scores:
    """The 90th percentile of regret, with a minus sign: one freak future does not decide."""
    return np.asarray(-np.quantile(regret(performance), share, axis=1))


def percentile(performance: Table, share: float = 0.1) -> Scores:
    """The 10th percentile of performance: nine futures in ten do better."""
    return np.asarray(np.quantile(performance, share, axis=1))


def mean_variance(performance: Table) -> Scores:
    """(mean + 1) / (standard deviation + 1): large and dependable (Hamarat et al. 2014).

    Where the mean lies below −1 the division turns into a product, so that variability never pays.
    """
    shifted, deviation = performance.mean(axis=1) + 1, performance.std(axis=1) + 1
    return np.asarray(np.where(shifted >= 0, shifted / deviation, shifted * deviation))


def satisficing(performance: Table, threshold: float | Float[np.ndarray, " future"] = 0.0) -> Scores:
    """Share of futures in which performance reaches the threshold (Starr's domain criterion, 1963)."""
    return np.asarray(np.mean(performance >= threshold, axis=1))


METRIC: Mapping[MetricId, Callable[[Table], Scores]] = MappingProxyType(
    {
        "maximin": maximin,
        "maximax": maximax,
        "hurwicz": hurwicz,
        "laplace": laplace,
        "minimax_regret": minimax_regret,
        "percentile_regret": percentile_regret,
        "percentile": percentile,
        "mean_variance": mean_variance,
        "satisficing": satisficing,
    }
)


def ranks(scores: Scores) -> Scores:
    """1 for the highest score; equal scores share the mean of their ranks."""
    return np.asarray(rankdata(-np.round(scores, 12), method="average"))


def robustness(
    outcome: str,
    packages: Sequence[str],
    performance: Table,
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
    little_change: float,
    resamples: int = 100,
    seed: int = 0,
) -> Robustness:
    """All metrics, all lenses pooled and one by one; ranks and how often bootstrap resamples keep them.

    `performance`: changes in the way intended, the baseline's row zero. Satisficing counts futures that do
    not get worse by more than `little_change`. Futures with a value that is not finite are left out and
    counted. Raises ValueError where no future is left.
    """
    ok = np.all(np.isfinite(performance), axis=0)
    used, lens_used = performance[:, ok], np.asarray(lens)[ok]
    if not used.shape[1]:
        raise ValueError(f"no future of {outcome} can be used")
    metrics = dict(METRIC)
    metrics["satisficing"] = lambda table: satisficing(table, -little_change)
    present = [i for i in range(len(lenses)) if np.any(lens_used == i)]
    rows = [_row(m, ALL_LENSES, metrics[m], used, resamples, seed) for m in METRICS]
    for i in present:
        rows += [_row(m, lenses[i], metrics[m], used[:, lens_used == i], 0, seed) for m in METRICS]
    pooled = np.array([r.ranks for r in rows[: len(METRICS)]])
    inside = [lens_used == i for i in present]
    return Robustness(
        outcome,
        tuple(packages),
        tuple(lenses[i] for i in present),
        tuple(rows),
        _by_lens(regret(used), inside, lambda x: np.quantile(x, 0.95, axis=1)),
        _by_lens(used, inside, lambda x: np.median(x, axis=1)),
        _by_lens(used, inside, lambda x: np.mean(x < -little_change, axis=1)),
        _agreement(pooled),
        int(ok.sum()),
        int(np.sum(~ok)),
    )


def _row(
    metric: MetricId,
    lens: str,
    score: Callable[[Table], Scores],
    performance: Table,
    resamples: int,
    seed: int,
) -> MetricRow:
    values = score(performance)
    order = ranks(values)
    kept: tuple[float, ...] = ()
    if resamples:
        rng = np.random.default_rng([seed, performance.shape[1]])
        n = performance.shape[1]
        again = [ranks(score(performance[:, rng.integers(0, n, n)])) for _ in range(resamples)]
        kept = tuple(float(x) for x in np.mean(np.array(again) == order, axis=0))
    return MetricRow(metric, lens, tuple(map(float, values)), tuple(map(float, order)), kept)


def _by_lens(
    table: Table, inside: Sequence[Bool[np.ndarray, " future"]], of: Callable[[Table], Scores]
) -> tuple[tuple[float, ...], ...]:
    told = np.stack([of(table[:, mask]) for mask in inside], axis=1)
    return tuple(tuple(map(float, row)) for row in told)


def _agreement(orders: Float[np.ndarray, "metric package"]) -> tuple[tuple[float, ...], ...]:
    """Kendall's tau-b; where all packages tie under a metric, agreement cannot be told and counts as 0."""
    return tuple(tuple(_tau(a, b) for b in orders) for a in orders)


def _tau(a: Scores, b: Scores) -> float:
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    return float(kendalltau(a, b).statistic)
