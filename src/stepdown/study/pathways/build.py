"""From a pathway in words to a program of measures and a plan of triggers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from stepdown.assumptions import Planned, documented_programmes, steps_of
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import PathStep, Pathway, Trigger
from stepdown.contracts.program import Program, align
from stepdown.contracts.triggers import (
    FINAL,
    Action,
    AdaptiveStep,
    Indicator,
    Rule,
    TriggerPlan,
)
from stepdown.contracts.world import World

NEVER = 1e6
"""Start of a step that is not part of a variant, in years."""
SLOTS = (24, 48, 24, 8, 0)
"""Measures, rows of effects on actors, theatres and the world, programmes: at least so many."""


@dataclass(frozen=True)
class Built:
    """What the kernel runs. `rules` names every rule of `plan` in its order: (step, action, trigger)."""

    program: Program
    plan: TriggerPlan
    rules: tuple[tuple[str, Action, Trigger], ...]
    measures: tuple[str, ...]
    """Step of every measure of the program, in program order."""
    coordinates: tuple[Coordinate, ...]

    def only(self, steps: set[str], *, blind: bool = False) -> TriggerPlan:
        """The plan with these steps alone; `blind`: on their schedule, without rules or compensation."""
        plan = self.plan.without_rules() if blind else self.plan
        out = np.array([s not in steps for s in self.plan.steps])
        # A step that is not there cannot be waited for.
        after = np.where(out[None, :], 0.0, plan.after)
        return replace(plan, start=np.where(out, NEVER, plan.start), after=after)

    def scheduled(self, steps: set[str], answers: set[str], start: float) -> TriggerPlan:
        """Blind, with `answers` (compensation) taken `start` years after the first year, called or not."""
        plan = self.only({*steps, *answers}, blind=True)
        own = np.array([s in answers for s in plan.steps])
        return replace(plan, start=np.where(own, start, plan.start), called=np.where(own, 0.0, plan.called))


def build_pathway(pathway: Pathway, facts: Facts, world: World, futures: int, seed: int) -> Built:
    """Effects are drawn as for a study: keyed by seed, measure and lever."""
    first = pathway.horizon.start
    drivers, of_drivers = documented_programmes(facts, world, first, futures, seed)
    places = [(s, m) for s in pathway.steps for m in s.measures]
    planned = [Planned.of(m.starting(s.start)) for s, m in places]
    steps, drawn = steps_of(facts, world, planned, first, futures, seed)
    program = _in_slots(Program.build(world, steps, drivers))
    rules = tuple(rule for s in pathway.steps for rule in _rules(s))
    owner = [s.id for s, _ in places]
    adaptive = [_adaptive(pathway, step, owner) for step in pathway.steps]
    indicators = [Indicator(s.indicator, s.subject, s.every, s.delay, s.error) for s in pathway.signposts]
    plan = TriggerPlan.build(world, indicators, adaptive, len(program.start))
    return Built(program, plan, rules, tuple(owner), (*of_drivers, *drawn))


def _in_slots(program: Program) -> Program:
    """Padded to one shape for all but the largest pathways, with every amount given per future."""
    aligned = align({"": program})[""]
    return aligned.padded(*(max(a, b) for a, b in zip(aligned.counts, SLOTS, strict=True)))


def _rules(step: PathStep) -> Iterator[tuple[str, Action, Trigger]]:
    table: dict[Action, tuple[Trigger, ...]] = {
        "proceed": step.proceed,
        "hold": step.hold,
        "revert": step.revert,
        "compensate": step.compensate,
    }
    for action, triggers in table.items():
        yield from ((step.id, action, trigger) for trigger in triggers)


def _adaptive(pathway: Pathway, step: PathStep, owner: list[str]) -> AdaptiveStep:
    def rule(action: Action, trigger: Trigger) -> Rule:
        signpost = pathway.signpost(trigger.signpost)
        return Rule(
            action,
            f"{signpost.indicator}.{signpost.subject}",
            trigger.above,
            trigger.level,
            FINAL if trigger.final else trigger.band,
            trigger.change,
        )

    return AdaptiveStep(
        step.id,
        tuple(i for i, name in enumerate(owner) if name == step.id),
        start=float(step.start - pathway.horizon.start),
        lead=step.lead,
        rules=tuple(rule(action, trigger) for _, action, trigger in _rules(step)),
        after=tuple((w.step, w.years) for w in step.after),
        called_by=step.compensates,
    )
