"""Richardson's arms race of two sides: x' = k y - a x + g, y' = l x - b y + h. Richardson 1960."""

from typing import NamedTuple

import numpy as np

Pair = tuple[float, float]


class ArmsRace(NamedTuple):
    """Eigenvalues, largest first, per unit of time; the point of rest; whether the race runs down to it."""

    eigenvalues: Pair
    equilibrium: Pair
    stable: bool


def arms_race(reaction: Pair, fatigue: Pair, grievance: Pair) -> ArmsRace:
    """Reaction (k, l) >= 0, fatigue (a, b), grievance (g, h). For a, b > 0 stable if and only if a b > k l.

    Range: a b != k l, otherwise there is no isolated point of rest. Reactions are not negative, hence the
    eigenvalues are real.
    """
    (k, reaction_y), (a, b) = reaction, fatigue
    slope = np.array([[-a, k], [reaction_y, -b]])
    if a * b == k * reaction_y:
        raise ValueError("no isolated point of rest where a b = k l")
    first, second = sorted((float(v.real) for v in np.linalg.eigvals(slope)), reverse=True)
    x, y = np.linalg.solve(-slope, np.array(grievance))
    return ArmsRace((first, second), (float(x), float(y)), first < 0)
