"""Answers to attacks at the start of a run, and whoever can be asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from jaxtyping import Float

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.world import World


@dataclass(frozen=True)
class Answers:
    """Answers to every attack, futures last; all in [0, 1] but the costs, which are in units of utility.

    `nuclear` [relation attack]: the challenger expects a nuclear answer; `existential`: the same when no
    role answers; `punishment`, `denial` [actor attack]: non-nuclear, helpers included; `adequacy`,
    `adequacy_without` [actor attack]: with and without the nuclear roles; `attempt` [relation attack]: the
    challenger tries; `nuclear_cost`, `punishment_cost` [relation attack]: what each answer is expected to
    cost it; `fear` [relation]: vulnerability of the defender's nuclear forces to the challenger once
    capabilities have told.
    """

    nuclear: Float[np.ndarray, "relation attack future"]
    existential: Float[np.ndarray, "relation attack future"]
    punishment: Float[np.ndarray, "actor attack future"]
    denial: Float[np.ndarray, "actor attack future"]
    adequacy: Float[np.ndarray, "actor attack future"]
    adequacy_without: Float[np.ndarray, "actor attack future"]
    attempt: Float[np.ndarray, "relation attack future"]
    nuclear_cost: Float[np.ndarray, "relation attack future"]
    punishment_cost: Float[np.ndarray, "relation attack future"]
    fear: Float[np.ndarray, "relation future"]


class Answering(Protocol):
    """Gives the answers of every future, with capabilities raised, a pledge made, or inputs changed.

    Units and shapes as in `experiments.answers.StartingPoint`.
    """

    world: World
    assumptions: Assumptions

    def answers(
        self,
        raised: Float[np.ndarray, "actor asset"] | None = None,
        pledge: Float[np.ndarray, " actor"] | None = None,
        changed: Mapping[str, Float[np.ndarray, "..."]] | None = None,
    ) -> Answers: ...
