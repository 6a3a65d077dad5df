"""What counted events say about a rate: Poisson likelihood, conjugate posterior, and a discount for age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from jaxtyping import Float
from scipy.special import gammaincinv

Rates = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class Rate:
    """What is known of a rate per year: mean and 5, 50, 95 % quantiles."""

    mean: float
    low: float
    median: float
    high: float


def log_likelihood(rate: Rates, count: float, exposure: float) -> Rates:
    """k ln r - r E, up to a constant: `count` events in `exposure` years at `rate` per year (Poisson).

    With k = 0 it is the record of non-use, exp(-H E). Rates above zero; a rate of zero excludes k > 0.
    """
    with np.errstate(divide="ignore"):
        seen = count * np.log(rate) if count > 0 else 0.0
    return np.asarray(seen - rate * exposure)


def jeffreys(count: float, exposure: float) -> Rate:
    """The evidence alone: Gamma(count + 1/2, exposure), the posterior under the Jeffreys prior of a Poisson
    rate.

    Zero events in 80 years: mean .00625, 97.5 % quantile .0314 (Berger, Bernardo & Sun 2009).
    """
    shape = count + 0.5
    low, median, high = (float(gammaincinv(shape, p)) / exposure for p in (0.05, 0.5, 0.95))
    return Rate(shape / exposure, low, median, high)


def discounted_years(start: float, end: float, half_life: float | None) -> float:
    """Years of exposure, each worth 2^(-age/half_life): a power prior for evidence from other times
    (Ibrahim & Chen 2000). None: every year counts in full."""
    if half_life is None:
        return end - start
    scale = half_life / log(2)
    return scale * (1 - exp(-(end - start) / scale))


def discounted_count(years: Sequence[float], end: float, half_life: float | None) -> float:
    """Events, each worth 2^(-age/half_life); all of them in full where the half-life is None."""
    if half_life is None:
        return float(len(years))
    return float(sum(2 ** (-(end - year) / half_life) for year in years))
