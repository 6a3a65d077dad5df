"""One attack on one target, or on several as their mean: every answer to it, one value per future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from stepdown.contracts.answers import Answers
from stepdown.contracts.world import World
from stepdown.vocabulary.ids import ATTACK_TYPES

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class AttackView:
    """Answers to one attack: means over the rivals that can make it, then over targets."""

    nuclear: Values
    punishment: Values
    denial: Values
    nuclear_cost: Values
    punishment_cost: Values
    adequacy: Values
    adequacy_without: Values


def challengers(world: World, target: str, attack: str) -> list[int]:
    """Relations in which somebody on record could make the attack on the target."""
    return [i for i, r in enumerate(world.relations) if r.defender == target and attack in r.attacks]


def attack_view(world: World, answers: Answers, targets: Sequence[str], attack: str) -> AttackView | None:
    """The view, over those targets on which somebody could make the attack; None when there is none."""
    at_risk = [(t, rows) for t in targets if (rows := challengers(world, t, attack))]
    if not at_risk:
        return None
    k = ATTACK_TYPES.index(attack)
    actors = [world.actors.index(t) for t, _ in at_risk]

    def by_rival(values: Float[np.ndarray, "relation attack future"]) -> Values:
        return np.asarray(np.mean([values[rows, k].mean(axis=0) for _, rows in at_risk], axis=0))

    def by_target(values: Float[np.ndarray, "actor attack future"]) -> Values:
        return np.asarray(values[actors, k].mean(axis=0))

    return AttackView(
        nuclear=by_rival(answers.nuclear),
        punishment=by_target(answers.punishment),
        denial=by_target(answers.denial),
        nuclear_cost=by_rival(answers.nuclear_cost),
        punishment_cost=by_rival(answers.punishment_cost),
        adequacy=by_target(answers.adequacy),
        adequacy_without=by_target(answers.adequacy_without),
    )
