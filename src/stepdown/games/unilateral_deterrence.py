"""Deterrence of one challenger by one defender: who attacks, who answers, what each believes.

Outcomes: SQ status quo, DC the defender concedes, CD the challenger is defeated (backs down), DD conflict.
A Hard player prefers conflict to giving in at the last step, a Soft player does not; each knows its own type
alone. Zagare & Kilgour 2000.
"""

from typing import NamedTuple


def rudimentary_threshold(a_DC: float, a_SQ: float, a_DD: float) -> float:
    """Credibility of B above which A keeps the status quo: (a_DC - a_SQ) / (a_DC - a_DD).

    Rudimentary Asymmetric Deterrence Game: A attacks or not, then B answers if Hard and concedes if Soft, so
    attack pays p_B a_DD + (1 - p_B) a_DC. Range: a_DD < a_SQ < a_DC. Zagare & Kilgour 2000, appendix 3.
    """
    if not a_DD < a_SQ < a_DC:
        raise ValueError("the order is a_DD < a_SQ < a_DC")
    return (a_DC - a_SQ) / (a_DC - a_DD)


class Challenger(NamedTuple):
    """Utilities with DC > SQ > DD_hard > CD > DD_soft; conflict is worth DD_hard to a Hard challenger."""

    DC: float
    SQ: float
    DD_hard: float
    CD: float
    DD_soft: float


class Defender(NamedTuple):
    """Utilities with SQ > CD > DD_hard > DC > DD_soft; conflict is worth DD_hard to a Hard defender."""

    SQ: float
    CD: float
    DD_hard: float
    DC: float
    DD_soft: float


class Thresholds(NamedTuple):
    """Probabilities: c_t and c_s are compared with how likely an answer is, d_n with how likely Hard is."""

    c_t: float
    c_s: float
    d_n: float


class Equilibria(NamedTuple):
    """Which forms of perfect Bayesian equilibrium exist."""

    certain_deterrence: bool
    """Nobody attacks; a Soft defender would concede, believing an attacker to be Hard."""
    steadfast_deterrence: bool
    """Nobody attacks; a Soft defender would answer, believing an attacker to be Soft (a belief that few
    find plausible: the Hard challenger has more to gain)."""
    separating: bool
    """Hard challengers attack and Soft ones do not; the Soft defender concedes."""
    bluff: bool
    """Soft challengers attack and Soft defenders answer now and then."""
    attack: bool
    """Every challenger attacks; the Soft defender concedes."""


def thresholds(challenger: Challenger, defender: Defender) -> Thresholds:
    """Points of indifference of a Hard and a Soft challenger and of a Soft defender.

    c_t = (DC - SQ)/(DC - DD_hard): a Hard challenger that is answered gets conflict.
    c_s = (DC - SQ)/(DC - CD): a Soft challenger that is answered backs down.
    d_n = (CD - DC)/(CD - DD_soft), in the defender's utilities: it answers while p(Hard | attack) is below.
    """
    for player in (challenger, defender):
        if list(player) != sorted(set(player), reverse=True):
            raise ValueError(f"utilities of {type(player).__name__} fall in the order {player._fields}")
    gain = challenger.DC - challenger.SQ
    return Thresholds(
        gain / (challenger.DC - challenger.DD_hard),
        gain / (challenger.DC - challenger.CD),
        (defender.CD - defender.DC) / (defender.CD - defender.DD_soft),
    )


def equilibria(at: Thresholds, p_challenger: float, p_defender: float) -> Equilibria:
    """Forms of equilibrium by the probabilities that the challenger and the defender are Hard.

    Range: probabilities in (0, 1), off the thresholds. Zagare & Kilgour 2000, ch. 5; the conditions are
    derived anew in docs/derivations/games.md.
    """
    return Equilibria(
        certain_deterrence=p_defender > at.c_t,
        steadfast_deterrence=True,
        separating=at.c_s < p_defender < at.c_t,
        bluff=p_defender < at.c_s and p_challenger < at.d_n,
        attack=p_defender < at.c_s and p_challenger > at.d_n,
    )


class Bluff(NamedTuple):
    """Mixed behaviour of the Soft types in the bluff equilibrium."""

    soft_challenger_attacks: float
    soft_defender_answers: float


def bluff(at: Thresholds, p_challenger: float, p_defender: float) -> Bluff:
    """Attack so often that p(Hard | attack) = d_n, answer so often that an answer has probability c_s.

    x = p_Ch (1 - d_n) / ((1 - p_Ch) d_n); y = (c_s - p_Def) / (1 - p_Def).
    """
    if not equilibria(at, p_challenger, p_defender).bluff:
        raise ValueError("no bluff equilibrium: it needs p_defender < c_s and p_challenger < d_n")
    return Bluff(
        p_challenger * (1.0 - at.d_n) / ((1.0 - p_challenger) * at.d_n),
        (at.c_s - p_defender) / (1.0 - p_defender),
    )
