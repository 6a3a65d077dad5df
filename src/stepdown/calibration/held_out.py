"""Targets left out of the fit, and what the fit then says about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from stepdown.calibration.tilt import TiltError, median_feature, tilt
from stepdown.calibration.weights import Weights, effective_size, weighted_quantile


@dataclass(frozen=True)
class Prediction:
    """The median of a target that was not fitted. `fitted`: those that were; `effective`: share of futures
    that carry the fit. `predicted` is None where the fit was not possible."""

    target: str
    fitted: tuple[str, ...]
    wanted: float
    predicted: float | None
    hit: bool
    effective: float


def predictions(
    base: Weights,
    values: Mapping[str, Weights],
    wanted: Mapping[str, float],
    tolerance: Mapping[str, float],
    shares: Sequence[Weights] = (),
) -> tuple[Prediction, ...]:
    """Every split of the targets into fitted and held out, none fitted first: medians of the held-out ones.

    `shares`: features whose expectation the fit must leave as it is (e.g. one per lens).
    """
    names = tuple(values)
    found = []
    for size in range(len(names)):
        for fitted in combinations(names, size):
            weight = _fit(base, values, wanted, fitted, shares)
            left = [n for n in names if n not in fitted]
            found += [_predict(n, fitted, weight, values, wanted, tolerance) for n in left]
    return tuple(found)


def _fit(
    base: Weights,
    values: Mapping[str, Weights],
    wanted: Mapping[str, float],
    fitted: Sequence[str],
    shares: Sequence[Weights],
) -> Weights | None:
    features = [median_feature(values[n], wanted[n]) for n in fitted]
    kept = [float(s @ base / base.sum()) for s in shares]
    try:
        return tilt(base, [*features, *shares], [*(0.5 for _ in fitted), *kept])
    except TiltError:
        return None


def _predict(
    name: str,
    fitted: tuple[str, ...],
    weight: Weights | None,
    values: Mapping[str, Weights],
    wanted: Mapping[str, float],
    tolerance: Mapping[str, float],
) -> Prediction:
    if weight is None:
        return Prediction(name, fitted, wanted[name], None, hit=False, effective=0.0)
    median = weighted_quantile(values[name], weight, 0.5)
    hit = bool(np.abs(median - wanted[name]) <= tolerance[name])
    return Prediction(name, fitted, wanted[name], median, hit, effective_size(weight) / len(weight))
