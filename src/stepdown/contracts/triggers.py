"""Triggers: steps that proceed, hold, revert or call for compensation, on what could be observed then.

An `Indicator` is one quantity somebody watches. A `Rule` compares its last observation with a level; rules
belong to an `AdaptiveStep`. `TriggerPlan.build` turns steps into arrays; plans of one shape and one list of
indicators share one compilation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Literal

import numpy as np
from jaxtyping import Float

from stepdown.contracts.world import World

Action = Literal["proceed", "hold", "revert", "compensate"]
ACTIONS: tuple[Action, ...] = ("proceed", "hold", "revert", "compensate")

INDICATOR_AXES: Mapping[str, str] = MappingProxyType(
    {
        "tension": "theatre",
        "crisis_communication": "theatre",
        "transparency": "theatre",
        "perceived_role": "relation",
        "perception_gap": "relation",
        "trust": "relation",
        "secondary_roles": "armed_actor",
        "prompt_launch": "armed_actor",
        "strategic_forces": "armed_actor",
        "theatre_forces": "armed_actor",
        "disarming_fear": "armed_actor",
        "assurance": "actor",
        "adequacy": "actor",
        "domestic_support": "actor",
        "rival_conduct": "actor",
        "verification": "actor",
    }
)
"""What can be watched, and whom it is about. All but the forces (relative to the start) lie in [0, 1].

`perceived_role` and `perception_gap`: means over roles; `secondary_roles`: mean of the declared secondary
roles; `disarming_fear`: the worst vulnerability of a state's forces; `assurance`: by the best nuclear
guarantor; `adequacy`: the lowest over attack types; `rival_conduct`: what principal rivals have given
(`simulation.measures.rivals_conduct`); `verification`: how far it works where the actor has a part.
"""

MAX_DELAY = 3.0
"""Longest delay of an observation, in years."""


class StepState(IntEnum):
    """Where a step stands; the higher one counts when several hold."""

    WAITING = 0
    PROCEEDING = 1
    COMPENSATED = 2
    HOLDING = 3
    REVERTED = 4


@dataclass(frozen=True)
class Indicator:
    """`name` of `INDICATOR_AXES` about `subject`: observed `every` so many years, published `delay` years
    later, with an error of standard deviation `error` in the indicator's unit.
    """

    name: str
    subject: str
    every: float = 1.0
    delay: float = 0.5
    error: float = 0.0

    @property
    def id(self) -> str:
        return f"{self.name}.{self.subject}"


@dataclass(frozen=True)
class Rule:
    """Fires when the observed indicator passes `level` (from below if `above`), and lets go once it has come
    back by more than `band` (hysteresis). `band` of `FINAL` never lets go. With `change` the level is one of
    the change since the first observation.
    """

    action: Action
    indicator: str
    above: bool
    level: float
    band: float = 0.0
    change: bool = False


FINAL = 1e3


@dataclass(frozen=True)
class AdaptiveStep:
    """A step of a pathway: which measures of the program it holds, and when it moves.

    It opens at `start` (years after the first year) or later, once all its `proceed` rules hold, every step
    of `after` has been in effect for so many years and is not reverted, and, where `called_by` is not empty,
    one of those steps calls for compensation. Measures begin `lead` years after opening.
    """

    id: str
    measures: tuple[int, ...]
    start: float
    lead: float = 0.0
    rules: tuple[Rule, ...] = ()
    after: tuple[tuple[str, float], ...] = ()
    called_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class TriggerPlan:
    """Steps as arrays. S steps, Q rules, M measures of the program, K indicators."""

    steps: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    of_measure: Float[np.ndarray, "M S"]
    start: Float[np.ndarray, " S"]
    lead: Float[np.ndarray, " S"]
    after: Float[np.ndarray, "S S"]
    after_years: Float[np.ndarray, "S S"]
    called: Float[np.ndarray, " S"]
    """1 where a step waits for a call."""
    calls: Float[np.ndarray, "S S"]
    rules: Float[np.ndarray, "4 S Q"]
    """Which rule belongs to which step, by action."""
    watches: Float[np.ndarray, "Q K"]
    sign: Float[np.ndarray, " Q"]
    level: Float[np.ndarray, " Q"]
    band: Float[np.ndarray, " Q"]
    change: Float[np.ndarray, " Q"]

    @classmethod
    def build(
        cls,
        world: World,
        indicators: Sequence[Indicator],
        steps: Sequence[AdaptiveStep],
        measures: int,
        rules: int | None = None,
    ) -> TriggerPlan:
        """Arrays for a program of `measures` slots; raises `ValueError` with every fault at once.

        `rules`: pad to so many, so that plans of different size share one compilation.
        """
        faults = [*_indicator_faults(world, indicators), *_step_faults(indicators, steps, measures)]
        if faults:
            raise ValueError("plan is inconsistent:\n  " + "\n  ".join(faults))
        ids, names = [s.id for s in steps], [i.id for i in indicators]
        found = [(s, r) for s, step in enumerate(steps) for r in step.rules]
        size, q = len(steps), max(rules or 0, len(found), 1)
        of_measure, table = np.zeros((measures, size)), np.zeros((len(ACTIONS), size, q))
        after, years, calls = np.zeros((3, size, size))
        watches, sign = np.zeros((q, len(names))), np.ones(q)
        level, band, change = np.zeros((3, q))
        for s, step in enumerate(steps):
            of_measure[list(step.measures), s] = 1.0
            for other, wait in step.after:
                after[s, ids.index(other)], years[s, ids.index(other)] = 1.0, wait
            for other in step.called_by:
                calls[s, ids.index(other)] = 1.0
        for k, (s, rule) in enumerate(found):
            table[ACTIONS.index(rule.action), s, k] = 1.0
            watches[k, names.index(rule.indicator)] = 1.0
            sign[k], level[k], band[k] = (1.0 if rule.above else -1.0), rule.level, rule.band
            change[k] = float(rule.change)
        return cls(
            steps=tuple(ids),
            indicators=tuple(indicators),
            of_measure=of_measure,
            start=np.array([s.start for s in steps], dtype=float),
            lead=np.array([s.lead for s in steps], dtype=float),
            after=after,
            after_years=years,
            called=calls.max(axis=1),
            calls=calls,
            rules=table,
            watches=watches,
            sign=sign,
            level=level,
            band=band,
            change=change,
        )

    def without_rules(self) -> TriggerPlan:
        """The same steps on the same schedule, blind: no rule, no waiting for others, no compensation."""
        return replace(
            self,
            rules=np.zeros_like(self.rules),
            after=np.zeros_like(self.after),
            calls=np.zeros_like(self.calls),
        )


def _indicator_faults(world: World, indicators: Sequence[Indicator]) -> Iterable[str]:
    if not indicators:
        yield "at least one indicator is needed"
    ids = [i.id for i in indicators]
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"indicator {name} is listed twice"
    for i in indicators:
        axis = INDICATOR_AXES.get(i.name)
        if axis is None:
            yield f"indicator {i.id}: unknown; allowed: {', '.join(INDICATOR_AXES)}"
        elif i.subject not in world.axis(axis):
            yield f"indicator {i.id}: no such {axis.replace('_', ' ')}"
        elif i.name == "assurance" and not any(g.nuclear for g in world.guarantors(i.subject)):
            yield f"indicator {i.id}: {i.subject} is under no nuclear guarantee"
        if not (0 <= i.delay <= MAX_DELAY and i.every > 0 and i.error >= 0):
            yield f"indicator {i.id}: needs 0 <= delay <= {MAX_DELAY:g}, every > 0, error >= 0"


def _step_faults(
    indicators: Sequence[Indicator], steps: Sequence[AdaptiveStep], measures: int
) -> Iterable[str]:
    ids, names = [s.id for s in steps], {i.id for i in indicators}
    if len(set(ids)) != len(ids) or not ids:
        yield "steps need ids, each used once"
    taken = [m for s in steps for m in s.measures]
    if len(set(taken)) != len(taken) or any(not 0 <= m < measures for m in taken):
        yield f"every measure belongs to one step at most and lies in 0 ... {measures - 1}"
    for step in steps:
        for other in (*(o for o, _ in step.after), *step.called_by):
            if other not in ids or other == step.id:
                yield f"step {step.id}: waits for {other}, which is no other step"
        for rule in step.rules:
            if rule.indicator not in names:
                yield f"step {step.id}: rule on {rule.indicator}, which is not observed"
            if rule.action not in ACTIONS or rule.band < 0:
                yield f"step {step.id}: a rule needs one of {', '.join(ACTIONS)} and a band >= 0"
