"""Inspect or not, comply or violate: the one-shot inspection game. Avenhaus & Canty 1996 (form recalled).

Inspectee: 0 if legal, d for an undetected violation, -b for a detected one. Inspector: 0 if legal and not
inspected, -e for inspecting a legal party, -a for a detected violation, -1 for an undetected one.
An inspection detects a violation with probability D.
"""

from typing import NamedTuple


class Equilibrium(NamedTuple):
    """Probabilities that leave the other side indifferent."""

    inspect: float
    violate: float


Matrix = tuple[tuple[float, float], tuple[float, float]]


def payoffs(detect: float, gain: float, penalty: float, effort: float, found: float) -> tuple[Matrix, Matrix]:
    """Inspector's and inspectee's payoffs; rows inspect, do not; columns violate, comply."""
    inspector = ((-(detect * found + 1.0 - detect), -effort), (-1.0, 0.0))
    inspectee = ((-detect * penalty + (1.0 - detect) * gain, 0.0), (gain, 0.0))
    return inspector, inspectee


def equilibrium(detect: float, gain: float, penalty: float, effort: float, found: float) -> Equilibrium:
    """p* = d / (D (b + d)), q* = e / (e + D (1 - a)).

    Range: the equilibrium is mixed if p* < 1, that is D > d/(b + d), and 0 < e < a < 1.
    """
    p = gain / (detect * (penalty + gain))
    if not (p < 1 and 0 < effort < found < 1):
        raise ValueError("the equilibrium is mixed only for D > d/(b + d) and 0 < e < a < 1")
    return Equilibrium(p, effort / (effort + detect * (1.0 - found)))
