"""From a planned measure to a step of the model: its effect record, drawn once per future."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from stepdown.assumptions.design import unit_cube
from stepdown.assumptions.quantile import ExactSource, extremes
from stepdown.contracts.assumptions import Coordinate, Marginal, Source
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
    source: Source | None = None,
) -> tuple[tuple[Step, ...], tuple[Coordinate, ...]]:
    """Steps in plan order, and the coordinates they were drawn from.

    A draw is keyed by (seed, measure, lever): the same measure has the same effect in every package. A
    measure whose effect is evidence only yields a step without effects. `only` keeps these of the `futures`
    drawn, as in `sample_futures`; `source` replaces the usual design.
    """
    source = source or ExactSource(lambda names: unit_cube(names, futures, seed, only=only))
    by_measure = effects_by_measure(facts)
    steps = []
    coordinates: dict[str, Coordinate] = {}
    for planned in plan:
        draws = _Draws(by_measure[planned.measure], source)
        steps.append(_step(facts, world, planned, draws, first_year))
        coordinates |= {c.name: c for c in draws.coordinates}
    return tuple(steps), tuple(coordinates.values())


class _Draws:
    """Draws of one effect record, all at once, by what they are for; those that vary are coordinates."""

    def __init__(self, record: Effect, source: Source) -> None:
        self.record = record
        asked = [Marginal(f"{record.id}|{what}", amount) for what, amount in _amounts(record)]
        values = source.values(asked)
        self._of: dict[str, Draw] = {m.name: row for m, row in zip(asked, values, strict=True)}
        varying = np.ptp(extremes(asked), axis=1) > 0
        self.coordinates = [
            Coordinate(m.name, record.id, row)
            for m, row, varies in zip(asked, values, varying, strict=True)
            if varies
        ]

    def of(self, what: str) -> Draw:
        return self._of[f"{self.record.id}|{what}"]


def _amounts(record: Effect) -> Iterator[tuple[str, ScalarAmount]]:
    for i, lever in enumerate(record.levers):
        for part in ("strength", "delay", "ramp"):
            yield f"{lever.lever}.{i}.{part}", getattr(lever, part)
    for part in ("money_cost", "political_cost", "signal_cost", "reversal"):
        yield part, getattr(record, part)


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
        money_cost=planned.strength * draws.of("money_cost"),
        political_cost=planned.strength * draws.of("political_cost"),
        signal_cost=planned.strength * draws.of("signal_cost"),
        reversal=draws.of("reversal"),
    )


def _effects(record: Effect, scale: float, draws: _Draws) -> Iterator[StepEffect]:
    for i, lever in enumerate(record.levers):
        key = f"{lever.lever}.{i}"
        yield StepEffect(
            lever.lever,
            np.clip(scale * draws.of(f"{key}.strength"), 0, 0.98),
            on=_index(lever),
            delay=np.maximum(draws.of(f"{key}.delay"), 0),
            ramp=np.maximum(draws.of(f"{key}.ramp"), 0.1),
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
