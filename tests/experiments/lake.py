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


def batch(b, q, mean, stdev, delta, **decisions) -> dict[str, np.ndarray]:
    """All futures at once: inputs [future], decisions by year ("0" ... "99") [future]."""
    release = np.stack([decisions[str(t)] for t in range(YEARS)])
    location, scale = lognormal(mean, stdev)
    limit = np.array([critical(*pair) for pair in zip(b, q, strict=True)])
    x = np.zeros((SAMPLES, len(b)))
    below = np.full(len(b), float(SAMPLES))
    highest = np.zeros(len(b))
    for t in range(YEARS - 1):
        recycled = x**q
        x = (
            (1 - b) * x
            + recycled / (1 + recycled)
            + release[t]
            + np.exp(location + scale * NORMALS[:, t, None])
        )
        below += (x < limit).sum(axis=0)
        highest = np.maximum(highest, x.mean(axis=0))
    return {
        "max_P": highest,
        "utility": (ALPHA * release * delta ** np.arange(YEARS)[:, None]).sum(axis=0),
        "inertia": (np.abs(np.diff(release, axis=0)) > 0.02).sum(axis=0) / (YEARS - 1),
        "reliability": below / (SAMPLES * YEARS),
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
