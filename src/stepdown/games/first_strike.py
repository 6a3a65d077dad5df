"""First-strike stability: does going first cost less than going second?

Kent, DeValk & Thaler 1988 (form recalled). Aggregate shares of damage only: `first` is what a side's forces
do if it strikes first, `second` what is left to do if it was struck.
"""

from typing import NamedTuple


class Force(NamedTuple):
    """Damage done to the other side, as a share in [0, 1]."""

    first: float
    second: float


def cost(suffered: float, done: float, weight: float) -> float:
    """Own damage + lambda (1 - damage done): lambda weighs what the other side keeps."""
    return suffered + weight * (1.0 - done)


def stability_index(one: Force, two: Force, weight: float) -> float:
    """Product over the sides of cost(going first) / cost(going second): 1 no incentive, near 0 a strong one.

    Range: second <= first for each force; weight in [0, 1], not both the weight and a first strike 0.
    """
    index = 1.0
    for own, other in ((one, two), (two, one)):
        index *= cost(other.second, own.first, weight) / cost(other.first, own.second, weight)
    return index
