"""Games of deterrence against pygambit, which knows nothing of the closed forms, and nashpy."""

import io
from itertools import product
from typing import Any

import numpy as np
import pytest

from stepdown.games import agent_error, asymmetric_escalation, mutual_deterrence
from stepdown.games.unilateral_deterrence import Challenger, Defender, bluff, equilibria, thresholds

from . import trees

CHALLENGER, DEFENDER = Challenger(1, 0.6, 0.3, 0.1, 0), Defender(1, 0.7, 0.4, 0.2, 0)
AT = thresholds(CHALLENGER, DEFENDER)
C, D = (1, 0), (0, 1)
# First move of the Hard and of the Soft challenger, answer of the Soft defender.
FORMS = {
    "certain_deterrence": (C, C, C),
    "steadfast_deterrence": (C, C, D),
    "separating": (D, C, C),
    "attack": (D, D, C),
}
POINTS = list(product((0.2, 0.6, 0.9), (0.1, 0.4, 0.5, 0.8)))


def game(pygambit: Any, text: str) -> Any:
    return pygambit.read_efg(io.StringIO(text))


def profile(tree: Any, hard: Any, soft: Any, soft_defender: Any) -> Any:
    """Hard challengers press on, Soft ones back down; Hard defenders answer."""
    return tree.mixed_behavior_profile(data=[[hard, D, soft, C], [D, soft_defender]])


@pytest.mark.parametrize(("p_challenger", "p_defender"), POINTS)
def test_forms_of_equilibrium_are_those_without_regret(
    pygambit: Any, p_challenger: float, p_defender: float
) -> None:
    tree = game(pygambit, trees.unilateral(CHALLENGER, DEFENDER, p_challenger, p_defender))
    found = equilibria(AT, p_challenger, p_defender)
    for form, behaviour in FORMS.items():
        regret = float(profile(tree, *behaviour).max_regret())
        assert (regret < 1e-9) == getattr(found, form), form
    if found.bluff:
        x, y = bluff(AT, p_challenger, p_defender)
        mixed = profile(tree, D, (1 - x, x), (1 - y, y))
        assert float(mixed.max_regret()) == pytest.approx(0, abs=1e-9)
    # The three forms with plausible beliefs and the bluff divide the plane.
    assert sum([found.certain_deterrence, found.separating, found.bluff, found.attack]) == 1


def test_the_enumerated_equilibria_hold_the_separating_one_and_no_other_attack(pygambit: Any) -> None:
    tree = game(pygambit, trees.unilateral(CHALLENGER, DEFENDER, 0.9, 0.5))
    listed = pygambit.nash.enumpure_agent_solve(tree).equilibria
    # Agents of one player do not deviate together: keep the Nash equilibria among them.
    plays = {tuple(float(p[a]) for a in tree.actions) for p in listed if p.max_regret() == 0}
    assert (*D, *D, *C, *C, *D, *C) in plays
    assert (*C, *D, *C, *C, *D, *C) not in plays
    assert (*D, *D, *D, *C, *D, *C) not in plays


@pytest.mark.parametrize("types", asymmetric_escalation.TYPES)
def test_escalation_ends_where_erring_players_of_great_precision_end(
    pygambit: Any, types: tuple[bool, bool, bool]
) -> None:
    tree = game(pygambit, trees.escalation(*types))
    # The limit of agent quantal responses is subgame perfect; plain Nash lists would hold imperfect ones too.
    response = pygambit.qre.logit_solve_lambda(tree, 20.0)[0]
    flat = [response[i] for i in range(len(response))]
    play = tree.mixed_behavior_profile(data=[[flat[0:2], flat[2:4], flat[4:6]], [flat[6:9], flat[9:11]]])
    end = asymmetric_escalation.outcome(*types)
    for player, rank in zip(("Challenger", "Defender"), asymmetric_escalation.ranks(*types), strict=True):
        assert play.payoff(player) == pytest.approx(rank[end], abs=1e-3)


@pytest.mark.parametrize("precision", [0.5, 5.0, 20.0])
def test_agent_error_is_the_agent_quantal_response(pygambit: Any, precision: float) -> None:
    utilities = {"sq": 0.6, "acq": 1.0, "war": 0.0, "defender_acq": 0.2, "defender_war": 0.4}
    response = pygambit.qre.logit_solve_lambda(game(pygambit, trees.agent_error(**utilities)), precision)[0]
    found = agent_error.respond(**utilities, precision=precision)
    assert (response[1], response[3]) == pytest.approx(found, abs=1e-6)


@pytest.mark.parametrize(("a_hard", "b_hard"), list(product((True, False), repeat=2)))
def test_mutual_deterrence_holds_where_nashpy_finds_the_status_quo(
    nashpy: Any, a_hard: bool, b_hard: bool
) -> None:
    side = mutual_deterrence.State(1, 0.6, 0.3, 0.1, 0)
    payoffs = np.array(mutual_deterrence.reduced(side, side, a_hard, b_hard))
    listed = nashpy.Game(payoffs[..., 0], payoffs[..., 1]).vertex_enumeration()
    stands = any(np.allclose(row, C) and np.allclose(column, C) for row, column in listed)
    assert mutual_deterrence.status_quo_stands(side, side, a_hard, b_hard) == stands == (a_hard and b_hard)


def test_mutual_deterrence_is_sure_only_if_both_are_credible() -> None:
    side = mutual_deterrence.State(1, 0.6, 0.3, 0.1, 0)
    assert mutual_deterrence.deterrence_is_sure(side, side, 0.6, 0.6)
    assert not mutual_deterrence.deterrence_is_sure(side, side, 0.6, 0.5)
    p = mutual_deterrence.threshold(side)
    attack = p * side.conflict_hard + (1 - p) * side.win
    assert attack == pytest.approx(side.status_quo)


def test_utilities_in_another_order_are_refused() -> None:
    with pytest.raises(ValueError, match="Challenger"):
        thresholds(Challenger(1, 0.6, 0.1, 0.3, 0), DEFENDER)
    with pytest.raises(ValueError, match="bluff"):
        bluff(AT, 0.9, 0.8)
