"""Weights of futures: normalised, counted, and quantiles under them."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

Weights = Float[np.ndarray, " future"]


def from_log(log_weight: Weights) -> Weights:
    """Weights that sum to one from unnormalised logarithms."""
    weight = np.exp(log_weight - np.max(log_weight))
    return np.asarray(weight / weight.sum())


def effective_size(weight: Weights) -> float:
    """(sum w)^2 / sum w^2: how many equally weighted futures carry as much information (Kish 1965)."""
    return float(weight.sum() ** 2 / np.sum(weight**2))


def weighted_quantile(values: Weights, weight: Weights, level: float) -> float:
    """The smallest value with at least `level` of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weight[order]) / weight.sum()
    place = int(np.searchsorted(cumulated, level * (1 - 1e-12)))
    return float(values[order][min(place, len(values) - 1)])
