"""Which inputs decide whether a package backfires: given-data first-order sensitivity of the backfire itself.

For an input cut into equally filled classes, S = Var(E[B | class]) / Var(B), B = 1 where the package
backfires (Plischke, Borgonovo & Smith 2013, doi:10.1016/j.ejor.2012.11.047). Under no influence the
estimate is near (classes - 1)/(n - 1), which is taken off. Needs no further runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.assumptions import Coordinate

CLASSES = 6
MIN_BACKFIRES = 10
# Largest of some 2,000 null estimates (chi-squared, 5 degrees of freedom) stays below this over n.
NULL_MAXIMUM = 28.0


@dataclass(frozen=True)
class Deciding:
    """An input that decides. `low`, `high`: share that backfires in its lowest and highest third.

    For a switch both are None and `option` is the option under which the package backfires most.
    """

    coordinate: Coordinate
    importance: float
    low: float | None
    high: float | None
    option: str | None


def deciding_inputs(
    coordinates: Sequence[Coordinate],
    backfires: Bool[np.ndarray, " future"],
    ok: Bool[np.ndarray, " future"],
    count: int = 2,
) -> tuple[Deciding, ...]:
    """The strongest inputs, at most `count`, none that chance alone would explain.

    Empty when fewer than ten futures backfire, or fewer than ten do not: nothing could be told apart.
    """
    hit = backfires[ok]
    n = len(hit)
    if min(int(hit.sum()), n - int(hit.sum())) < MIN_BACKFIRES:
        return ()
    found = [(importance(c, hit, ok), c) for c in coordinates]
    found.sort(key=lambda pair: -pair[0])
    strong = [(s, c) for s, c in found if s > NULL_MAXIMUM / n]
    return tuple(_describe(c, s, hit, ok) for s, c in strong[:count])


def importance(coordinate: Coordinate, hit: Bool[np.ndarray, " n"], ok: Bool[np.ndarray, " future"]) -> float:
    """Share of the variance of the backfire that the input explains by itself, in [0, 1]."""
    label = _classes(coordinate, ok)
    size = np.bincount(label)
    filled = size > 0
    mean = np.bincount(label, weights=hit)[filled] / size[filled]
    total = hit.mean() * (1 - hit.mean())
    explained = float(np.average((mean - hit.mean()) ** 2, weights=size[filled]) / total)
    chance = (int(filled.sum()) - 1) / max(len(hit) - 1, 1)
    return max(explained - chance, 0.0)


def _classes(coordinate: Coordinate, ok: Bool[np.ndarray, " future"]) -> Int[np.ndarray, " n"]:
    values = coordinate.values[ok]
    if coordinate.options:
        return np.asarray(values, dtype=int)
    return np.asarray((_ranks(values) * CLASSES) // len(values))


def _ranks(values: Float[np.ndarray, " n"]) -> Int[np.ndarray, " n"]:
    ranks = np.empty(len(values), dtype=int)
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks


def _describe(
    coordinate: Coordinate, strength: float, hit: Bool[np.ndarray, " n"], ok: Bool[np.ndarray, " future"]
) -> Deciding:
    if coordinate.options:
        option = _classes(coordinate, ok)
        shares = [
            hit[option == i].mean() if np.any(option == i) else -1.0 for i in range(len(coordinate.options))
        ]
        return Deciding(coordinate, strength, None, None, coordinate.options[int(np.argmax(shares))])
    third = (_ranks(coordinate.values[ok]) * 3) // len(hit)
    return Deciding(coordinate, strength, float(hit[third == 0].mean()), float(hit[third == 2].mean()), None)
