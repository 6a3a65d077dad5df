"""Two states that deter each other: who attacks first, and does the other answer?

Both choose at once to keep the status quo (C) or to attack (D). If one attacks, the other answers (DD) or
concedes. Hard: prefers DD to conceding. Zagare & Kilgour 2000, in the form of the Generalized Mutual
Deterrence Game (recalled).
"""

from typing import NamedTuple


class State(NamedTuple):
    """Utilities of one side with win > status_quo > conflict_hard > concede > conflict_soft."""

    win: float
    status_quo: float
    conflict_hard: float
    concede: float
    conflict_soft: float


Payoffs = tuple[
    tuple[tuple[float, float], tuple[float, float]], tuple[tuple[float, float], tuple[float, float]]
]


def reduced(a: State, b: State, a_hard: bool, b_hard: bool) -> Payoffs:
    """The first move as a 2 x 2 game (rows A, columns B; C, D), answers taken by backward induction."""
    conflict = (
        a.conflict_hard if a_hard else a.conflict_soft,
        b.conflict_hard if b_hard else b.conflict_soft,
    )
    attacked_a = conflict if a_hard else (a.concede, b.win)
    attacked_b = conflict if b_hard else (a.win, b.concede)
    return (((a.status_quo, b.status_quo), attacked_a), (attacked_b, conflict))


def status_quo_stands(a: State, b: State, a_hard: bool, b_hard: bool) -> bool:
    """Under complete information: is (C, C) a subgame perfect equilibrium? Only if both would answer."""
    game = reduced(a, b, a_hard, b_hard)
    return game[0][0][0] >= game[1][0][0] and game[0][0][1] >= game[0][1][1]


def threshold(side: State) -> float:
    """Credibility of the other above which a Hard side keeps the status quo, if the other keeps it.

    (win - status_quo) / (win - conflict_hard). A Soft side asks for less.
    """
    return (side.win - side.status_quo) / (side.win - side.conflict_hard)


def deterrence_is_sure(a: State, b: State, p_a: float, p_b: float) -> bool:
    """Nobody of either type attacks: p_a >= threshold(b) and p_b >= threshold(a)."""
    return p_a >= threshold(b) and p_b >= threshold(a)
