"""Reciprocity where moves go wrong: memory-one strategies in the repeated prisoner's dilemma with noise.

A strategy gives the probability of cooperating after (own, other) = CC, CD, DC, DD; noise flips a move.
"""

from typing import NamedTuple

import numpy as np


class Dilemma(NamedTuple):
    """Temptation > reward > punishment > sucker's payoff."""

    T: float = 5.0
    R: float = 3.0
    P: float = 1.0
    S: float = 0.0


Strategy = tuple[float, float, float, float]

TIT_FOR_TAT: Strategy = (1.0, 0.0, 1.0, 0.0)


def generosity(game: Dilemma) -> float:
    """How often tit-for-tat may forgive a defection: min(1 - (T-R)/(R-S), (R-P)/(T-P)).

    Molander 1985; Nowak & Sigmund 1992.
    """
    return min(1.0 - (game.T - game.R) / (game.R - game.S), (game.R - game.P) / (game.T - game.P))


def generous(forgiveness: float) -> Strategy:
    """Tit-for-tat that answers a defection with cooperation with the given probability."""
    return (1.0, forgiveness, 1.0, forgiveness)


def long_run_payoff(own: Strategy, other: Strategy, noise: float, game: Dilemma) -> float:
    """Mean payoff per round of `own`: payoffs weighted by the stationary distribution of the four states.

    s M = s, sum s = 1, over (own, other) = CC, CD, DC, DD. Range: 0 < noise < 1 (otherwise the start may
    never be forgotten). Wu & Axelrod 1995 (reciprocity in noise).
    """
    if not 0 < noise < 1:
        raise ValueError("noise lies in (0, 1)")
    mine = noise + (1 - 2 * noise) * np.array(own)
    theirs = noise + (1 - 2 * noise) * np.array(other)[[0, 2, 1, 3]]
    moves = np.stack([mine * theirs, mine * (1 - theirs), (1 - mine) * theirs, (1 - mine) * (1 - theirs)], 1)
    balance = np.vstack([moves.T - np.eye(4), np.ones(4)])
    share = np.linalg.lstsq(balance, np.array([0.0, 0.0, 0.0, 0.0, 1.0]), rcond=None)[0]
    return float(share @ np.array([game.R, game.S, game.T, game.P]))
