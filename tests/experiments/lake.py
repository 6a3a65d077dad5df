"""The shallow lake: how much phosphorus to release before the lake turns, and stays, turbid.

Carpenter, Ludwig & Brock (1999), Ecological Applications 9, 751-771; as a decision problem Singh, Reed &
Keller (2015), Ecology and Society 20(3), 12. Phosphorus X in the water, with release a and natural inflow Y:

    X[t+1] = (1 - b) X[t] + X[t]^q / (1 + X[t]^q) + a[t] + Y[t],    Y lognormal with given mean and deviation

b is what leaves the lake, q how sharply the sediment gives phosphorus back. X_crit is where both balance.
Outcomes over S inflow sequences and T years: the highest mean pollution, the discounted utility of releases
(.4 per unit), the share of years whose release changes by more than .02, the share of X below X_crit.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from stepdown.experiments.models import ArrayModel, ScalarModel, Uncertain

YEARS, SAMPLES, ALPHA = 100, 100, 0.4
NORMALS = np.random.default_rng(1999).standard_normal((SAMPLES, YEARS))
"""The same inflow sequences in every future, in units of their deviation."""
DECISIONS = {str(t): 0.03 + 0.025 * (t % 7 == 0) for t in range(YEARS)}
INPUTS = (
    Uncertain("b", 0.1, 0.45, "year-1", "phosphorus leaving the lake"),
    Uncertain("q", 2.0, 4.5, "1", "steepness of recycling"),
    Uncertain("mean", 0.01, 0.05, "year-1", "mean natural inflow"),
    Uncertain("stdev", 0.001, 0.005, "year-1", "standard deviation of the natural inflow"),
    Uncertain("delta", 0.93, 0.99, "1", "discount factor"),
)
OUTCOMES = ("max_P", "utility", "inertia", "reliability")


def critical(b: float, q: float) -> float:
    """The level at which recycling and loss balance, away from zero."""
    return float(brentq(lambda x: x**q / (1 + x**q) - b * x, 0.01, 1.5))


def lognormal(mean, stdev):
    """Location and scale of the logarithm."""
    return np.log(mean**2 / np.sqrt(stdev**2 + mean**2)), np.sqrt(np.log1p((stdev / mean) ** 2))


def all_critical(b, q) -> np.ndarray:
    """`critical` of many futures at once, by halving."""
    low, high = np.full(len(b), 0.01), np.full(len(b), 1.5)
    for _ in range(52):
        middle = 0.5 * (low + high)
        power = middle**q
        above = power / (1 + power) > b * middle
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return 0.5 * (low + high)


def batch(b, q, mean, stdev, delta, **decisions) -> dict[str, np.ndarray]:
    """All futures at once: inputs [future], decisions by year ("0" ... "99") [future].

    Two arrays [sequence, future] take turns and nothing is allocated on the way. X^q / (1 + X^q) is written
    1 - 1 / (1 + exp(q log X)), which is cheaper than a power. All sequences start at 0, where nothing is
    recycled.
    """
    release = np.stack([decisions[str(t)] for t in range(YEARS)])
    location, scale = lognormal(mean, stdev)
    limit, stays, factor = all_critical(b, q), 1 - b, np.exp(location)
    x, y = np.zeros((SAMPLES, len(b))), np.empty((SAMPLES, len(b)))
    less, below = np.empty(x.shape, bool), np.ones(x.shape, np.uint8)
    highest, total = np.zeros(len(b)), np.empty(len(b))
    for t in range(YEARS - 1):
        if t > 0:
            np.log(x, out=y)
            y *= q
            np.exp(y, out=y)
            y += 1.0
            np.reciprocal(y, out=y)
            x *= stays
            x -= y
        x += release[t] + (t > 0)
        np.multiply(NORMALS[:, t, None], scale, out=y)
        np.exp(y, out=y)
        y *= factor
        x += y
        np.less(x, limit, out=less)
        below += less.view(np.uint8)
        np.maximum(highest, np.add.reduce(x, axis=0, out=total), out=highest)
    return {
        "max_P": highest / SAMPLES,
        "utility": (ALPHA * release * delta ** np.arange(YEARS)[:, None]).sum(axis=0),
        "inertia": (np.abs(np.diff(release, axis=0)) > 0.02).sum(axis=0) / (YEARS - 1),
        "reliability": below.sum(axis=0, dtype=float) / (SAMPLES * YEARS),
    }


def loop(b, q, mean, stdev, delta, **decisions) -> dict[str, float]:
    """One future, one sequence and one year at a time, as a modeller writes it first."""
    location, scale = lognormal(mean, stdev)
    limit = critical(b, q)
    total = [0.0] * YEARS
    below = 0
    for s in range(SAMPLES):
        x = 0.0
        for t in range(YEARS):
            below += x < limit
            total[t] += x
            inflow = math.exp(location + scale * NORMALS[s, t])
            x = (1 - b) * x + x**q / (1 + x**q) + decisions[str(t)] + inflow
    changes = sum(abs(decisions[str(t + 1)] - decisions[str(t)]) > 0.02 for t in range(YEARS - 1))
    return {
        "max_P": max(total) / SAMPLES,
        "utility": sum(ALPHA * decisions[str(t)] * delta**t for t in range(YEARS)),
        "inertia": changes / (YEARS - 1),
        "reliability": below / (SAMPLES * YEARS),
    }


BATCH = ArrayModel("lake", "1", INPUTS, OUTCOMES, batch)
LOOP = ScalarModel("lake, one future at a time", "1", INPUTS, OUTCOMES, loop)
