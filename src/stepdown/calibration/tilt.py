"""The smallest change of weights that meets expectations: maximum entropy relative to the weights so far."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from stepdown.calibration.weights import Weights, from_log

STEPS = 200
TOLERANCE = 1e-9


class TiltError(ValueError):
    """No weights meet the expectations: the futures do not span them."""


def median_feature(values: Weights, median: float) -> Weights:
    """1 where a value is at or below the wanted median: its expectation must be one half (Meucci 2008)."""
    return (np.asarray(values) <= median).astype(float)


def tilt(base: Weights, features: Sequence[Weights], wanted: Sequence[float]) -> Float[np.ndarray, " future"]:
    """w = b exp(sum_j a_j f_j) / Z with sum_i w_i f_ij = wanted_j; minimises sum w ln(w/b).

    The multipliers a minimise the convex dual ln Z(a) - a wanted by Newton's method with a line search.
    Futures with weight zero keep it. Raises TiltError when no weights can do it, e.g. a wanted median beyond
    every value. Kullback 1959; Meucci 2008 (entropy pooling); Robertson, Tallman & Whiteman 2005.
    """
    if not features:
        return np.asarray(base / base.sum())
    wide = np.stack([f - w for f, w in zip(features, wanted, strict=True)])
    with np.errstate(divide="ignore"):
        log_base = np.log(base)
    multipliers = np.zeros(len(wide))
    for _ in range(STEPS):
        weight = from_log(log_base + multipliers @ wide)
        gradient = wide @ weight
        if np.max(np.abs(gradient)) < TOLERANCE:
            return weight
        centred = wide - gradient[:, None]
        hessian = (centred * weight) @ centred.T + 1e-12 * np.eye(len(wide))
        step = np.linalg.solve(hessian, gradient)
        multipliers = _shorten(multipliers, step, gradient, wide, log_base)
    raise TiltError(f"no weights meet all expectations; off by {np.max(np.abs(gradient)):.3g}")


def _shorten(
    start: Float[np.ndarray, " feature"],
    step: Float[np.ndarray, " feature"],
    gradient: Float[np.ndarray, " feature"],
    wide: Float[np.ndarray, "feature future"],
    log_base: Weights,
) -> Float[np.ndarray, " feature"]:
    """Halve the Newton step until the dual falls enough (Armijo)."""
    before, slope, length = _dual(start, wide, log_base), float(gradient @ step), 1.0
    while length > 1e-10:
        candidate = start - length * step
        if _dual(candidate, wide, log_base) <= before - 1e-4 * length * slope:
            return np.asarray(candidate)
        length /= 2
    return np.asarray(start - length * step)


def _dual(
    multipliers: Float[np.ndarray, " feature"], wide: Float[np.ndarray, "feature future"], log_base: Weights
) -> float:
    exponent = log_base + multipliers @ wide
    top = np.max(exponent)
    return float(top + np.log(np.sum(np.exp(exponent - top))))
