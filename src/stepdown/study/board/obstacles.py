"""Why a measure, as a reader has set it, could not do anything: said beside it instead of computed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from stepdown.assumptions.steps import expand
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.world import World
from stepdown.study.load import ON_NUCLEAR_FORCES


@dataclass(frozen=True)
class Obstacle:
    """`needs`: `measures` are missing from the package. The others speak for themselves."""

    kind: Literal["needs", "nobody", "no_rival", "no_nuclear_weapons", "evidence_only"]
    measures: tuple[str, ...] = ()


def obstacle(facts: Facts, world: World, use: MeasureUse, together: Collection[str]) -> Obstacle | None:
    """What stands in the way of a measure in a package of the measures `together`; None if nothing."""
    effect = effects_by_measure(facts)[use.measure]
    acting = expand(facts, world, use.actors)
    if effect.evidence_only is not None:
        return Obstacle("evidence_only")
    if not acting:
        return Obstacle("nobody")
    if use.condition != "unilateral" and not {r for r in world.relations if r.defender in acting}:
        return Obstacle("no_rival")
    only_nuclear = {lever.lever for lever in effect.levers} <= ON_NUCLEAR_FORCES
    if only_nuclear and not set(acting) & set(world.armed):
        return Obstacle("no_nuclear_weapons")
    missing = tuple(sorted(set(effect.needs) - set(together)))
    return Obstacle("needs", missing) if missing else None
