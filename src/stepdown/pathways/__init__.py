"""Adaptive pathways: what happened step by step, when floors break, what else could be done, search."""

from stepdown.pathways.floors import broken, first_broken
from stepdown.pathways.log import changes_of, shares_of, timings
from stepdown.pathways.regret import Regret, regrets
from stepdown.pathways.tipping import tipping_point

__all__ = [
    "Regret",
    "broken",
    "changes_of",
    "first_broken",
    "regrets",
    "shares_of",
    "timings",
    "tipping_point",
]
