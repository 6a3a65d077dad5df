"""Which inputs decide whether a package backfires: given-data first-order sensitivity of the backfire itself.

For an input cut into equally filled classes, S = Var(E[B | class]) / Var(B), B = 1 where the package
backfires (Plischke, Borgonovo & Smith 2013). Under no influence the
estimate is near (classes - 1)/(n - 1), which is taken off. Needs no further runs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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


class Screen:
    """All inputs of a run, cut into classes once, ready to be asked about many effects."""

    def __init__(self, coordinates: Sequence[Coordinate], ok: Bool[np.ndarray, " future"]) -> None:
        self._coordinates = tuple(coordinates)
        self._values = [c.values[ok] for c in coordinates]
        labels = [_classes(c, v) for c, v in zip(self._coordinates, self._values, strict=True)]
        self._width = 1 + max((int(x.max(initial=0)) for x in labels), default=0)
        self._label = np.array(labels).reshape(len(labels), int(ok.sum()))
        self._bin = self._label + self._width * np.arange(len(labels))[:, None]
        self._size = self._count(np.ones(self._label.shape[1]))
        self._ok = ok

    def deciding(
        self, backfires: Bool[np.ndarray, " future"], count: int = 2, only: Collection[str] | None = None
    ) -> tuple[Deciding, ...]:
        """The strongest inputs, at most `count`, none that chance alone would explain; of `only`, or of all.

        Empty when fewer than ten futures backfire, or fewer than ten do not: nothing could be told apart.
        """
        hit = backfires[self._ok]
        n = len(hit)
        if min(int(hit.sum()), n - int(hit.sum())) < MIN_BACKFIRES:
            return ()
        strength = self.importance(hit)
        if only is not None:
            strength[[c.name not in only for c in self._coordinates]] = 0.0
        order = np.argsort(-strength, kind="stable")[:count]
        return tuple(
            self._describe(i, float(strength[i]), hit) for i in order if strength[i] > NULL_MAXIMUM / n
        )

    def importance(self, hit: Bool[np.ndarray, " n"]) -> Float[np.ndarray, " coordinate"]:
        """Share of the variance of the backfire that each input explains by itself, in [0, 1]."""
        mean = self._count(hit) / np.maximum(self._size, 1)
        between = np.sum(self._size * (mean - hit.mean()) ** 2, axis=1) / len(hit)
        chance = (np.sum(self._size > 0, axis=1) - 1) / max(len(hit) - 1, 1)
        explained = between / (hit.mean() * (1 - hit.mean())) - chance
        return np.asarray(np.maximum(explained, 0.0))

    def _count(self, weight: Float[np.ndarray, " n"]) -> Float[np.ndarray, "coordinate class"]:
        weights = np.broadcast_to(weight, self._bin.shape).ravel()
        flat = np.bincount(self._bin.ravel(), weights=weights, minlength=self._bin.shape[0] * self._width)
        return np.asarray(flat.reshape(-1, self._width))

    def _describe(self, index: int, strength: float, hit: Bool[np.ndarray, " n"]) -> Deciding:
        coordinate = self._coordinates[index]
        if coordinate.options:
            label = self._label[index]
            shares = [
                float(hit[label == i].mean()) if np.any(label == i) else -1.0 for i in range(self._width)
            ]
            return Deciding(coordinate, strength, None, None, coordinate.options[int(np.argmax(shares))])
        third = (_ranks(self._values[index]) * 3) // len(hit)
        low, high = float(hit[third == 0].mean()), float(hit[third == 2].mean())
        return Deciding(coordinate, strength, low, high, None)


def _classes(coordinate: Coordinate, values: Float[np.ndarray, " n"]) -> Int[np.ndarray, " n"]:
    if coordinate.options:
        return np.asarray(values, dtype=int)
    return np.asarray((_ranks(values) * CLASSES) // max(len(values), 1))


def _ranks(values: Float[np.ndarray, " n"]) -> Int[np.ndarray, " n"]:
    ranks = np.empty(len(values), dtype=int)
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks
