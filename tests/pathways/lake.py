"""The lake problem with direct policy search: a published benchmark of many-objective search.

Carpenter, Ludwig & Brock 1999; four objectives and the closed-loop policy of two cubic radial basis functions
after Quinn, Reed & Keller 2017. X: phosphorus, a = policy(X) in [.01, .1] released, Y: natural inflow.

    X' = X + a + X^q/(1 + X^q) - b X + Y,   b = .42, q = 2, Y lognormal(mean .02, sd sqrt(1e-5)), X_0 = 0
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from stepdown.pathways.search import Space

B, Q, ALPHA, DELTA = 0.42, 2.0, 0.4, 0.98
MEAN, SD = 0.02, 10**-2.5
YEARS, STATES, RBFS = 100, 100, 2
CRITICAL = float(brentq(lambda x: x**Q / (1 + x**Q) - B * x, 0.01, 1.5))
SPACE = Space(
    names=tuple(f"{part}{i}" for i in range(RBFS) for part in ("centre", "radius", "weight")),
    low=np.array([-2.0, 0.05, 0.0] * RBFS),
    high=np.array([2.0, 2.0, 1.0] * RBFS),
    objectives=("peak phosphorus", "-utility", "-inertia", "-reliability"),
)
REFERENCE = (2.5, 0.0, 0.0, 0.0)


def inflows(seed: int = 1) -> np.ndarray:
    """Natural inflow [year, state of the world]."""
    sigma2 = np.log(1 + SD**2 / MEAN**2)
    mu = np.log(MEAN) - sigma2 / 2
    return np.random.default_rng(seed).lognormal(mu, np.sqrt(sigma2), (YEARS, STATES))


Y = inflows()


def release(x: np.ndarray, policy: np.ndarray) -> np.ndarray:
    centre, radius, weight = policy.reshape(RBFS, 3).T
    weight = weight / max(weight.sum(), 1e-12)
    shape = np.abs((x[:, None] - centre) / radius) ** 3
    return np.clip((weight * shape).sum(axis=1), 0.01, 0.1)


def evaluate(policy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(worst yearly mean of phosphorus, -discounted benefit, -inertia, -reliability), no constraint."""
    x = np.zeros(STATES)
    levels, released = np.empty((YEARS, STATES)), np.empty((YEARS, STATES))
    for year in range(YEARS):
        a = release(x, policy)
        x = x + a + x**Q / (1 + x**Q) - B * x + Y[year]
        levels[year], released[year] = x, a
    utility = (ALPHA * released * DELTA ** np.arange(YEARS)[:, None]).sum(axis=0).mean()
    inertia = np.mean(np.diff(released, axis=0) > -0.02)
    reliability = np.mean(levels < CRITICAL)
    return np.array([levels.mean(axis=1).max(), -utility, -inertia, -reliability]), np.zeros(0)
