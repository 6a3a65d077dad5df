"""From a planned measure to a step of the model: its effect record, drawn once per future."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from stepdown.assumptions.design import unit_cube
from stepdown.assumptions.quantile import Quantile, quantile
from stepdown.contracts.assumptions import Coordinate, Points
from stepdown.contracts.facts import Actor, Effect
from stepdown.contracts.facts.amounts import ScalarAmount
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import LeverEffect, effects_by_measure
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.program import Effect as StepEffect
from stepdown.contracts.program import Step
from stepdown.contracts.world import World
from stepdown.vocabulary.ids import Condition

Draw = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class Planned:
    """A measure as a study asks for it: `strength` in (0, 1] of the effect record's far end, `start` a year.

    `actors` may be groupings; `theatres` limits levers that act on theatres (empty: where the actors are).
    """

    measure: str
    actors: tuple[str, ...]
    start: float
    strength: float
    condition: Condition
    theatres: tuple[str, ...] = ()

    @classmethod
    def of(cls, use: MeasureUse) -> Planned:
        """A use in a study, a claim or a pathway."""
        return cls(use.measure, use.actors, use.start, use.share, use.condition, use.theatres)


def steps_of(
    facts: Facts,
    world: World,
    plan: Sequence[Planned],
    first_year: int,
    futures: int,
    seed: int,
    only: Int[np.ndarray, " chosen"] | None = None,
    points: Points | None = None,
    inverse: Quantile = quantile,
) -> tuple[tuple[Step, ...], tuple[Coordinate, ...]]:
    """Steps in plan order, and the coordinates they were drawn from.

    A draw is keyed by (seed, measure, lever): the same measure has the same effect in every package. A
    measure whose effect is evidence only yields a step without effects. `only` keeps these of the `futures`
    drawn, as in `sample_futures`; `points` replaces the usual design.
    """
    at = points or (lambda names: unit_cube(names, futures, seed, only=only))
    by_measure = effects_by_measure(facts)
    steps = []
    coordinates: dict[str, Coordinate] = {}
    for planned in plan:
        draws = _Draws(by_measure[planned.measure], at, inverse)
        steps.append(_step(facts, world, planned, draws, first_year))
        coordinates |= {c.name: c for c in draws.coordinates}
    return tuple(steps), tuple(coordinates.values())


class _Draws:
    """Draws of one effect record, remembering each as a coordinate."""

    def __init__(self, record: Effect, points: Points, inverse: Quantile) -> None:
        self.record, self.points, self.inverse = record, points, inverse
        self.coordinates: list[Coordinate] = []

    def of(self, amount: ScalarAmount, what: str) -> Draw:
        name = f"{self.record.id}|{what}"
        values: Draw = self.inverse(amount, self.points([name]))[0]
        if np.ptp(values) > 0:
            self.coordinates.append(Coordinate(name, self.record.id, values))
        return values


def _step(facts: Facts, world: World, planned: Planned, draws: _Draws, first_year: int) -> Step:
    record = draws.record
    return Step(
        measure=planned.measure,
        participants=expand(facts, world, planned.actors),
        effects=tuple(_effects(record, planned.strength, draws)),
        start=planned.start - first_year,
        condition=planned.condition,
        gate=record.gate,
        theatres=planned.theatres,
        money_cost=planned.strength * draws.of(record.money_cost, "money_cost"),
        political_cost=planned.strength * draws.of(record.political_cost, "political_cost"),
        signal_cost=planned.strength * draws.of(record.signal_cost, "signal_cost"),
        reversal=draws.of(record.reversal, "reversal"),
    )


def _effects(record: Effect, scale: float, draws: _Draws) -> Iterator[StepEffect]:
    for i, lever in enumerate(record.levers):
        key = f"{lever.lever}.{i}"
        yield StepEffect(
            lever.lever,
            np.clip(scale * draws.of(lever.strength, f"{key}.strength"), 0, 0.98),
            on=_index(lever),
            delay=np.maximum(draws.of(lever.delay, f"{key}.delay"), 0),
            ramp=np.maximum(draws.of(lever.ramp, f"{key}.ramp"), 0.1),
            lowers=lever.sign < 0,
        )


def _index(lever: LeverEffect) -> tuple[str, ...]:
    return lever.roles or lever.capabilities or ("",)


def expand(facts: Facts, world: World, actors: Sequence[str]) -> tuple[str, ...]:
    """Actors of the model behind states and groupings, in the model's order.

    A state that the model holds only inside a grouping (a NATO member within NATO_other) is that grouping.
    """
    inside = {m: a for a in world.actors for m in facts.get(Actor, a).members}
    found: set[str] = set()
    waiting, seen = list(actors), set[str]()
    while waiting:
        actor = waiting.pop()
        if actor in seen:
            continue
        seen.add(actor)
        if actor in world.actors:
            found.add(actor)
        elif actor in inside:
            found.add(inside[actor])
        else:
            waiting += facts.get(Actor, actor).members
    return tuple(a for a in world.actors if a in found)
