"""Attack and answer by players who err.

Each mover chooses D over C with probability logistic(lambda (U_D - U_C)), utilities taken over what the next
mover will do. Signorino 1999; McKelvey & Palfrey 1998 (agent quantal response equilibrium).
"""

import math
from typing import NamedTuple


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


class Behaviour(NamedTuple):
    """Probabilities of the two moves."""

    attack: float
    resist: float


def attack_probability(p_resist: float, sq: float, acq: float, war: float, precision: float) -> float:
    """logistic(lambda [p_resist war + (1 - p_resist) acq - sq]): the kernel's challenge equation."""
    return logistic(precision * (p_resist * war + (1.0 - p_resist) * acq - sq))


def respond(
    sq: float, acq: float, war: float, defender_acq: float, defender_war: float, precision: float
) -> Behaviour:
    """Attacker: SQ, or attack for ACQ (the defender gives in) or WAR (it resists). Range: lambda >= 0.

    P(resist) = logistic(lambda [d_war - d_acq]); P(attack) as in `attack_probability`.
    """
    resist = logistic(precision * (defender_war - defender_acq))
    return Behaviour(attack_probability(resist, sq, acq, war, precision), resist)


def indifference(gain: float, cost: float) -> float:
    """Probability of an answer at which attack is worth the status quo: G / (G + d). Range: G, d > 0.

    There the curve crosses one half for every lambda, and becomes a step as lambda grows.
    """
    return gain / (gain + cost)


def crossing(level: float, gain: float, cost: float, precision: float, steps: int = 60) -> float:
    """The probability of an answer at which P(attack) falls to the level, by bisection of the curve itself.

    SQ = 0, ACQ = gain, WAR = -cost. The points of .99 and .01 lie 2 ln 99 / (lambda (G + d)) apart. Range: a
    level that the curve crosses between 0 and 1.
    """
    low, high = 0.0, 1.0
    for _ in range(steps):
        middle = 0.5 * (low + high)
        if attack_probability(middle, 0.0, gain, -cost, precision) > level:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
