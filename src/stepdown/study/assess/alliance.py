"""Question 5: the ledger of every ally under a nuclear guarantee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from stepdown.assessments.alliance import AllyEnd, exposed, ledger, parts_of_adequacy
from stepdown.assessments.spread import spread
from stepdown.assumptions import Planned
from stepdown.assumptions.steps import expand
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.alliance import Arm, Assured, Burden
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.facts import Guarantee, Programme
from stepdown.contracts.program import Step
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import ASSETS, World
from stepdown.experiments.answers import StartingPoint
from stepdown.study.assess.ask import Request, no_guarantor
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.words import listed, said
from stepdown.study.words import id_label

REDUCTION = ("M15", "M42")
"""Sole purpose and cuts of non-strategic weapons, by every guarantor."""
COMPENSATIONS: Mapping[Arm, tuple[str, str]] = {
    "forward_posture": ("M34", "guarantors"),
    "co_investment": ("M35", "both"),
    "consultation": ("M11", "guarantors"),
    "reaffirmation": ("M12", "guarantors"),
    "own_capabilities": ("M41", "allies"),
}
STRENGTH = 0.75
POOL_YEARS = 9


def assess_alliance(request: Request, drawn: Drawn) -> tuple[Finding, ...]:
    """Sources of assurance, the cost of a smaller role, what compensates, who carries it."""
    facts, world = drawn.facts, drawn.world
    known = tuple(
        a for a in world.actors if any(g.nuclear for g in world.guarantors(a)) and exposed(world, a)
    )
    asked = (request.ally,) if request.ally else request.states or known
    missing = [m for a in asked if (m := no_guarantor(facts, world, a))]
    allies = [a for a in known if a in asked]
    if not allies:
        return tuple(missing)
    start = StartingPoint(world, drawn.assumptions)
    with drawn.baseline_meanwhile():
        assured = tuple(_assured(drawn, start, allies))
    return (*missing, *assured, *_ledgers(drawn, allies))


def _assured(drawn: Drawn, start: StartingPoint, allies: Sequence[str]) -> Iterator[Assured]:
    world = drawn.world
    for ally, (own, helpers, nuclear) in parts_of_adequacy(start, allies).items():
        records = [g for g in drawn.facts.all(Guarantee) if g.protege == ally and g.in_model]
        rows = [i for i, g in enumerate(world.guarantees) if g.nuclear and g.protege == ally]
        promises = [
            said(f"known.kind_{g.kind}", guarantor=id_label(drawn.facts, g.guarantor)) for g in records
        ]
        yield Assured(
            origin=(RUN, "input.A0", "input.M", "input.q_ally", *(g.id for g in records)),
            ally=ally,
            guarantors=tuple(dict.fromkeys(world.guarantees[i].guarantor for i in rows)),
            promises=listed(promises),
            assurance=spread(drawn.assumptions.symbols["A0"][rows].max(axis=0)),
            own=own,
            helpers=helpers,
            nuclear=nuclear,
        )


def _ledgers(drawn: Drawn, allies: Sequence[str]) -> Iterator[Finding]:
    arms = _arms(drawn)
    world = drawn.world
    base = {a: _end(world, drawn.baseline, a) for a in allies}
    ends = drawn.each(
        {arm: steps for arm, (steps, _) in arms.items()},
        lambda run: ({a: _end(world, run, a) for a in allies}, _money(world, run, allies)),
    )
    for ally in allies:
        for arm, (_, measures) in arms.items():
            yield from ledger(ally, arm, ends[arm][0][ally], base[ally], drawn.assumptions, measures)
        yield _burden(drawn, ally, ends["all_five"][1][ally])


def _arms(drawn: Drawn) -> dict[Arm, tuple[tuple[Step, ...], tuple[str, ...]]]:
    """Steps and measures of every arm: the reduction, the reduction with one compensation, with all five."""
    world = drawn.world
    guarantors = tuple(dict.fromkeys(g.guarantor for g in world.guarantees if g.nuclear))
    proteges = tuple(dict.fromkeys(g.protege for g in world.guarantees if g.nuclear))
    who = {"guarantors": guarantors, "allies": proteges, "both": (*guarantors, *proteges)}

    def planned(measure: str, actors: Sequence[str]) -> Planned:
        return Planned(measure, tuple(actors), drawn.first_year, STRENGTH, "unilateral")

    cut = [planned(m, guarantors) for m in REDUCTION]
    chosen: dict[Arm, list[Planned]] = {"reduction": cut}
    for arm, (measure, actors) in COMPENSATIONS.items():
        chosen[arm] = [*cut, planned(measure, who[actors])]
    chosen["all_five"] = [*cut, *(planned(m, who[a]) for m, a in COMPENSATIONS.values())]
    return {arm: (drawn.steps(plan), tuple(f"eff.{p.measure}" for p in plan)) for arm, plan in chosen.items()}


def _end(world: World, run: Trajectories, ally: str) -> AllyEnd:
    rows = [i for i, g in enumerate(world.guarantees) if g.nuclear and g.protege == ally]
    a = world.actors.index(ally)
    return AllyEnd(
        assurance=run["assurance"][-1, rows].max(axis=0),
        hedging=run["proliferation"][-1, a].copy(),
        adequacy=run["adequacy"][-1, a, exposed(world, ally)].mean(axis=0),
        ok=run.ok,
    )


def _money(world: World, run: Trajectories, allies: Sequence[str]) -> dict[str, tuple[object, object]]:
    """Mean share of the yearly money budget used, by each ally and by its guarantors."""
    used = run["money_used"].mean(axis=0)
    found = {}
    for ally in allies:
        by = [world.actors.index(g.guarantor) for g in world.guarantors(ally) if g.nuclear]
        found[ally] = used[world.actors.index(ally)].copy(), used[by].mean(axis=0)
    return found


def _burden(drawn: Drawn, ally: str, money: tuple[object, object]) -> Burden:
    world, year = drawn.world, drawn.first_year + POOL_YEARS
    own = [
        p for p in drawn.facts.all(Programme) if p.in_model and ally in expand(drawn.facts, world, p.owners)
    ]
    raised = tuple(a for a in ASSETS if any(p.capability == a for p in own))
    capability = drawn.baseline["capability"][:, world.actors.index(ally)]
    end = drawn.years.index(year)
    rise = [capability[end, i] - capability[0, i] for i in map(ASSETS.index, raised)]
    return Burden(
        origin=(RUN, *(p.id for p in own), *(f"eff.{m}" for m, _ in COMPENSATIONS.values())),
        ally=ally,
        year=year,
        programmes=tuple(p.id for p in own),
        capabilities=raised,
        pool=spread(np.mean(rise, axis=0)) if rise else None,
        ally_money=spread(money[0]),  # type: ignore[arg-type]
        guarantor_money=spread(money[1]),  # type: ignore[arg-type]
    )
