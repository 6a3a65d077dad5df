"""Sensitivity from the futures at hand: no design, no further runs, failed futures left out.

Each index cuts every input into classes (equally filled; options of a switch as they are) and asks how much
the outcome differs between them. All are estimated from ranks of one sort per input, with seeded bootstrap
intervals, and with the value that inputs without influence reach: indices from finite samples are never zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.comparison import Influence, Sensitivity
from stepdown.discovery.columns import Columns, chosen_futures, varying

Labels = Int[np.ndarray, " future"]
Values = Float[np.ndarray, " future"]
GivenData = Literal["delta", "binned_first", "pawn"]
SHUFFLES = 20
MOST_CELLS = 40
"""Classes of the outcome for the delta index; fewer where futures are few."""


def given_data(
    outcome: str,
    columns: Columns,
    values: Values,
    kind: GivenData = "binned_first",
    resamples: int = 100,
    seed: int = 0,
    intervals: int = 20,
) -> Sensitivity:
    """Influence of every input on the outcome in the futures where it is finite.

    `binned_first`: first-order index Var(E[Y | class]) / Var(Y), less what chance gives (Plischke, Borgonovo
    & Smith 2013). `delta`: half the mean area between the densities of Y and of Y given the class (Borgonovo
    2007), on classes of Y. `pawn`: median over classes of the Kolmogorov-Smirnov distance (Pianosi & Wagener
    2015). Intervals hold 95 % of bootstrap resamples; `noise` is what the
    largest index of all inputs reaches against shuffled outcomes (95th percentile of 20).
    Raises ValueError with fewer than 50 futures, or an outcome that does not vary.
    """
    ok = np.isfinite(values)
    used, y = varying(chosen_futures(columns, ok)), np.asarray(values[ok], dtype=float)
    if len(y) < 50 or np.ptp(y) == 0:
        raise ValueError(f"{outcome}: 50 futures and an outcome that varies are needed")
    labels = [classes(c, _class_count(len(y))) for c in used]
    index = INDEX[kind]
    told = np.array([index(label, y) for label in labels])
    rng = np.random.default_rng([seed, len(y)])
    order = np.argsort(-told, kind="stable")
    first = order[:intervals]
    again = np.empty((resamples, len(first)))
    for r in range(resamples):
        draw = rng.integers(0, len(y), len(y))
        again[r] = [index(labels[i][draw], y[draw]) for i in first]
    low, high = _interval(told[first], again)
    bounds = {int(i): (float(a), float(b)) for i, a, b in zip(first, low, high, strict=True)}
    influences = [Influence(used[i].name, float(told[i]), *bounds.get(int(i), (None, None))) for i in order]
    return Sensitivity(
        kind, outcome, tuple(influences), len(y), int(np.sum(~ok)), _noise(index, labels, y, rng)
    )


def classes(column: Coordinate, count: int) -> Labels:
    """Class of every future: the option of a switch, or one of `count` equally filled ranges of a number."""
    if column.options:
        return np.asarray(column.values, dtype=int)
    cuts = np.quantile(column.values, np.arange(1, count) / count)
    return np.asarray(np.searchsorted(cuts, column.values, side="right"))


def binned_first(label: Labels, y: Values) -> float:
    """Share of the variance between classes, less (classes − 1)/(n − 1), which chance gives on average."""
    size = np.bincount(label)
    mean = np.bincount(label, weights=y) / np.maximum(size, 1)
    between = float(np.sum(size * (mean - y.mean()) ** 2) / len(y))
    chance = (np.sum(size > 0) - 1) / max(len(y) - 1, 1)
    variance = float(y.var())
    return max(between / variance - chance, 0.0) if variance > 0 else 0.0


def delta(label: Labels, y: Values) -> float:
    """Half the mean distance between the distribution of Y and that given the class, less what chance
    gives.
    """
    cells = int(np.clip(np.sqrt(len(y)), 10, MOST_CELLS))
    cuts = np.quantile(y, np.arange(1, cells) / cells)
    cell = np.searchsorted(cuts, y, side="right")
    counts = np.bincount(label * cells + cell, minlength=(label.max() + 1) * cells).reshape(-1, cells)
    size = counts.sum(axis=1)
    whole = counts.sum(axis=0) / len(y)
    there = size > 0
    given = counts[there] / size[there, None]
    distance = 0.5 * np.abs(given - whole).sum(axis=1)
    # Mean error of a share p seen in m futures: sqrt(2 p (1 - p) / (pi m)).
    error = np.sqrt(2 * given * (1 - given) / np.pi).sum(axis=1) / 2
    chance = error * np.sqrt(np.maximum(1 / size[there] - 1 / len(y), 0))
    beyond = np.sqrt(np.maximum(distance**2 - chance**2, 0))
    return float(np.sum(size[there] * beyond) / len(y))


def pawn(label: Labels, y: Values) -> float:
    """Median over classes of the largest distance between the distribution functions of Y and of Y |
    class.
    """
    order = np.argsort(y, kind="stable")
    last = np.append(np.diff(y[order]) > 0, True)
    overall = (np.arange(len(y)) + 1) / len(y)
    distances = []
    for k in np.flatnonzero(np.bincount(label)):
        member = label[order] == k
        step = np.cumsum(member) / member.sum()
        distances.append(float(np.abs(step - overall)[last].max()))
    return float(np.median(distances))


INDEX: dict[GivenData, Callable[[Labels, Values], float]] = {
    "delta": delta,
    "binned_first": binned_first,
    "pawn": pawn,
}


def _class_count(n: int) -> int:
    """About 50 futures in a class, six to twenty classes."""
    return int(np.clip(n // 50, 6, 20))


def _interval(
    told: Float[np.ndarray, " input"], again: Float[np.ndarray, "resample input"]
) -> tuple[Float[np.ndarray, " input"], Float[np.ndarray, " input"]]:
    """Percentile interval, shifted by the bootstrap's own bias, never below zero, holding the estimate."""
    if not len(again):
        return told, told
    low, high = np.quantile(again, (0.025, 0.975), axis=0) - (again.mean(axis=0) - told)
    return np.clip(np.minimum(low, told), 0, None), np.maximum(high, told)


def _noise(
    index: Callable[[Labels, Values], float], labels: list[Labels], y: Values, rng: np.random.Generator
) -> float:
    """95th percentile, over shuffled outcomes, of the largest index among all inputs."""
    if not labels:
        return 0.0
    shuffles = [rng.permutation(y) for _ in range(SHUFFLES)]
    return float(np.quantile([max(index(label, s) for label in labels) for s in shuffles], 0.95))
