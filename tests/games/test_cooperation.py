"""Reassurance, inspection and reciprocity: best responses by enumeration, nashpy, exact chains, Axelrod."""

from fractions import Fraction
from itertools import product
from types import ModuleType

import numpy as np
import pytest

from stepdown.games import inspection, reassurance, reciprocity

TRUSTWORTHY, UNTRUSTWORTHY = reassurance.Payoffs(1, 0.5, 1), reassurance.Payoffs(1, 1.5, 1)
# A plan: first move, then the second after the other cooperated and after it defected. True cooperates.
PLANS = list(product((True, False), repeat=3))
GOES_ON, NEVER = (True, True, False), (False, False, False)


def one_round(u: reassurance.Payoffs, mine: bool, theirs: bool) -> float:
    return (u.c if theirs else -u.a) if mine else (u.b if theirs else 0.0)


def worth(u: reassurance.Payoffs, plan: tuple[bool, bool, bool], trust: float, share: float) -> float:
    """Expected payoff of a plan against the separating plans, played out move by move."""
    total = 0.0
    for weight, other in ((trust, GOES_ON), (1 - trust, NEVER)):
        second = one_round(u, plan[1] if other[0] else plan[2], other[1] if plan[0] else other[2])
        total += weight * (share * one_round(u, plan[0], other[0]) + (1 - share) * second)
    return total


@pytest.mark.parametrize("trust", [0.3, 0.5, 0.6])
def test_29_inside_kydds_window_and_nowhere_else_separation_is_an_equilibrium(trust: float) -> None:
    low, high = reassurance.window(trust, TRUSTWORTHY, UNTRUSTWORTHY)
    for share in np.linspace(0.01, 0.99, 99):
        if min(abs(share - low), abs(share - high)) < 1e-9:
            continue  # indifferent
        stands = all(
            worth(u, own, trust, share) >= max(worth(u, plan, trust, share) for plan in PLANS) - 1e-12
            for u, own in ((TRUSTWORTHY, GOES_ON), (UNTRUSTWORTHY, NEVER))
        )
        assert stands == (low < share < high), share


def test_the_window_closes_as_trust_falls() -> None:
    widths = [np.diff(reassurance.window(t, TRUSTWORTHY, UNTRUSTWORTHY))[0] for t in (0.6, 0.5, 0.3, 0.2)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0
    with pytest.raises(ValueError, match="trust"):
        reassurance.window(0.5, UNTRUSTWORTHY, UNTRUSTWORTHY)


@pytest.mark.parametrize("found", [0.5, 0.3])
def test_24_inspection_has_the_mixed_equilibrium_that_nashpy_finds(nashpy: ModuleType, found: float) -> None:
    game = {"detect": 0.8, "gain": 1.0, "penalty": 1.0, "effort": 0.1, "found": found}
    ((row, column),) = nashpy.Game(*map(np.array, inspection.payoffs(**game))).support_enumeration()
    assert (row[0], column[0]) == pytest.approx(inspection.equilibrium(**game), abs=1e-9)


def test_inspection_that_seldom_detects_cannot_deter() -> None:
    with pytest.raises(ValueError, match="mixed"):
        inspection.equilibrium(detect=0.4, gain=1.0, penalty=1.0, effort=0.1, found=0.5)


def exact_payoff(forgiveness: Fraction, noise: Fraction) -> Fraction:
    """Two reactive players in the long run: moves are independent, so one recursion for cooperation does."""
    after_c, after_d = 1 - noise, forgiveness * (1 - noise) + (1 - forgiveness) * noise
    c = after_d / (1 - after_c + after_d)
    return 3 * c * c + 5 * c * (1 - c) + (1 - c) ** 2


@pytest.mark.parametrize("noise", [Fraction(1, 100), Fraction(1, 5)])
@pytest.mark.parametrize("forgiveness", [Fraction(0), Fraction(1, 3), Fraction(1, 10)])
def test_27_noisy_self_play_is_the_exact_chain(forgiveness: Fraction, noise: Fraction) -> None:
    strategy = reciprocity.generous(float(forgiveness))
    found = reciprocity.long_run_payoff(strategy, strategy, float(noise), reciprocity.Dilemma())
    assert found == pytest.approx(float(exact_payoff(forgiveness, noise)), abs=1e-9)


def test_payoffs_of_unlike_players_differ_and_noise_is_needed() -> None:
    game, always_d = reciprocity.Dilemma(), (0.0, 0.0, 0.0, 0.0)
    always_c = (1.0, 1.0, 1.0, 1.0)
    exploiter = reciprocity.long_run_payoff(always_d, always_c, 1e-6, game)
    exploited = reciprocity.long_run_payoff(always_c, always_d, 1e-6, game)
    assert (exploiter, exploited) == pytest.approx((5, 0), abs=1e-4)
    with pytest.raises(ValueError, match="noise"):
        reciprocity.long_run_payoff(reciprocity.TIT_FOR_TAT, reciprocity.TIT_FOR_TAT, 0.0, game)


@pytest.mark.slow
def test_27_axelrod_plays_noisy_reciprocity_to_the_same_means(axelrod: ModuleType) -> None:
    # Slow because importing the package builds its hundreds of strategies.
    turns = 200_000
    for player, expected in ((axelrod.TitForTat, 2.25), (axelrod.GTFT, 32127 / 10816)):
        match = axelrod.Match((player(), player()), turns=turns, noise=0.01, seed=7)
        match.play()
        assert np.mean(match.final_score_per_turn()) == pytest.approx(expected, abs=0.03)
