"""The lake problem with direct policy search: a published benchmark of many-objective search.

Carpenter, Ludwig & Brock 1999; four objectives, one constraint, and the closed-loop policy of two cubic
radial basis functions as in Quinn, Reed & Keller 2017. X: phosphorus, a = policy(X) in [.01, .1] released, Y:
natural inflow.

    X' = X + a + X^q/(1 + X^q) - b X + Y,   b = .42, q = 2, Y lognormal(mean .03, sd sqrt(1e-5)), X_0 = 0
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from stepdown.pathways.search import Space

B, Q, ALPHA, DELTA = 0.42, 2.0, 0.4, 0.98
MEAN, SD = 0.03, 10**-2.5
YEARS, STATES, RBFS = 100, 100, 2
RELIABLE = 0.85
"""Least share of years below the threshold: the constraint of the study."""
CRITICAL = float(brentq(lambda x: x**Q / (1 + x**Q) - B * x, 0.01, 1.5))
SPACE = Space(
    names=tuple(f"{part}{i}" for i in range(RBFS) for part in ("centre", "radius", "weight")),
    low=np.array([-2.0, 0.0, 0.0] * RBFS),
    high=np.array([2.0, 2.0, 1.0] * RBFS),
    objectives=("peak phosphorus", "-utility", "-inertia", "-reliability"),
    constraints=("reliability",),
)
REFERENCE = (1.6, -0.2, -0.9, -RELIABLE)
"""Corner for the hypervolume: just beyond the worst of the published set in every objective."""
PUBLISHED = 0.0050509
"""Hypervolume of the published reference set, 260 policies from fifty runs of Borg: computed from the
objectives in Quinn, Reed & Keller 2017, doi:10.1016/j.envsoft.2017.02.017 (see decision 0156)."""


def inflows(seed: int = 1) -> np.ndarray:
    """Natural inflow [year, state of the world]."""
    sigma2 = np.log(1 + SD**2 / MEAN**2)
    mu = np.log(MEAN) - sigma2 / 2
    return np.random.default_rng(seed).lognormal(mu, np.sqrt(sigma2), (YEARS, STATES))


Y = inflows()


def release(x: np.ndarray, policies: np.ndarray) -> np.ndarray:
    """Phosphorus released [policy, state] at levels x, by the radial basis functions of each policy.

    A function of radius 0 releases nothing, as in the study.
    """
    centre, radius, weight = policies.reshape(len(policies), RBFS, 3).transpose(2, 0, 1)[:, :, None]
    weight = weight / np.maximum(weight.sum(axis=-1, keepdims=True), 1e-12) * (radius > 0)
    distance = np.abs((x[..., None] - centre) / np.where(radius > 0, radius, 1.0))
    return np.clip((weight * distance * distance * distance).sum(axis=-1), 0.01, 0.1)


def evaluate_all(policies: np.ndarray) -> np.ndarray:
    """(worst yearly mean of phosphorus, -discounted benefit, -inertia, -reliability) of many policies."""
    n = len(policies)
    x = np.zeros((n, STATES))
    peak, utility, calm, clean = np.zeros((4, n))
    before = np.zeros((n, STATES))
    for year in range(YEARS):
        a = release(x, policies)
        square = x * x
        x = x + a + square / (1 + square) - B * x + Y[year]
        peak = np.maximum(peak, x.mean(axis=1))
        utility += ALPHA * DELTA**year * a.mean(axis=1)
        clean += np.mean(x < CRITICAL, axis=1)
        if year:
            calm += np.mean(a - before > -0.02, axis=1)
        before = a
    return np.stack([peak, -utility, -calm / (YEARS - 1), -clean / YEARS], axis=1)


def evaluate(policy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Objectives and constraint (<= 0) of one policy."""
    found = evaluate_all(policy[None])[0]
    return found, np.array([RELIABLE + found[3]])
