"""Question 4: how low each secondary role can go, under which package, and what binds first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assessments.reduction import DEEPEST, Cut, Depth, frontier, steps
from stepdown.assumptions import Planned
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.reduction import Package
from stepdown.contracts.program import Effect, Step
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import ROLE_ANSWERING_ON_PROTEGE, ROLE_ANSWERING_ON_SELF, SECONDARY_ROLES, World
from stepdown.study.assess.ask import Request, holders, unarmed_instead
from stepdown.study.assess.draw import Drawn
from stepdown.vocabulary.ids import ATTACK_TYPES, ROLES

Values = Float[np.ndarray, " future"]
Mask = Bool[np.ndarray, " future"]
ALL = "all_secondary"
ROLE_SETS = (*SECONDARY_ROLES, ALL)
SUBSTITUTES = ("M27", "M31", "M33", "M38")
RESTRAINT = ("M09", "M11", "M24", "M49")
BESIDE: Mapping[Package, tuple[str, ...]] = {
    "doctrine_only": (),
    "with_substitutes": SUBSTITUTES,
    "four_tracks": (*SUBSTITUTES, *RESTRAINT),
}
"""Measures beside the cut: strike, missile defence, C2 and ISR, operational doctrine; then leadership,
consultation with allies, restraint on target categories, crisis communication."""
DEPTHS: Mapping[Package, tuple[float, ...]] = {
    "doctrine_only": (0.0, 0.5, DEEPEST),
    "with_substitutes": (0.0, DEEPEST),
    "four_tracks": (0.0, DEEPEST),
}
"""Depths of cut that are run per package; for doctrine alone the first is the baseline."""


def assess_reduction(request: Request, drawn: Drawn) -> tuple[Finding, ...]:
    """Frontiers and steps of each state asked about. A few depths of cut per package; within a run the roles
    are dealt out over the futures, so that one run answers for all of them."""
    world = drawn.world
    found: list[Finding] = [*unarmed_instead(drawn.facts, world, request.states)]
    states = holders(request, world)
    if not states:
        return tuple(found)
    dealt = deal(drawn)
    for state in states:
        base = _depth(world, drawn.baseline, state, dealt)
        arms = {
            f"{package} {depth}": _steps(drawn, state, package, depth, dealt)
            for package in BESIDE
            for depth in DEPTHS[package]
            if package != "doctrine_only" or depth > 0
        }
        runs = drawn.each(arms, lambda run, state=state: _depth(world, run, state, dealt))  # type: ignore[misc]
        runs["doctrine_only 0.0"] = base
        for package in BESIDE:
            of_package = tuple(runs[f"{package} {depth}"] for depth in DEPTHS[package])
            cuts = [
                Cut(state, role, package, moved, DEPTHS[package], of_package, base)
                for role, moved in dealt.items()
            ]
            for cut in cuts:
                found += frontier(cut, drawn.assumptions)
            found += steps(cuts, drawn.assumptions, request.limit)
    return tuple(found)


def deal(drawn: Drawn) -> dict[str, Mask]:
    """Which futures move which role: dealt out in turn within every lens, so that all get their share."""
    lenses = len(drawn.assumptions.lenses)
    turn = (np.arange(drawn.futures) // lenses) % len(ROLE_SETS)
    return {role: turn == i for i, role in enumerate(ROLE_SETS)}


def _steps(
    drawn: Drawn, state: str, package: Package, depth: float, dealt: Mapping[str, Mask]
) -> tuple[Step, ...]:
    planned = [Planned(m, (state,), drawn.first_year, 0.75, "unilateral") for m in BESIDE[package]]
    beside = drawn.steps(planned)
    return (*beside, _cut(drawn, state, depth, dealt)) if depth else beside


def _cut(drawn: Drawn, state: str, depth: float, dealt: Mapping[str, Mask]) -> Step:
    """A cut of declared roles of one depth, with the costs of sole purpose (M15), scaled by the depth."""
    (model,) = drawn.steps([Planned("M15", (state,), drawn.first_year, 1.0, "unilateral")])
    effects = tuple(
        Effect("doctrine", np.where(dealt[role] | dealt[ALL], depth, 0.0), on=(role,), ramp=2.0)
        for role in SECONDARY_ROLES
    )
    return replace(
        model,
        effects=effects,
        political_cost=depth * np.asarray(model.political_cost),
        money_cost=depth * np.asarray(model.money_cost),
        signal_cost=depth * np.asarray(model.signal_cost),
    )


def _depth(world: World, run: Trajectories, state: str, dealt: Mapping[str, Mask]) -> Depth:
    """End of a run from the state's point of view; per future the role that was moved in it."""
    b = world.armed.index(state)
    secondary = [ROLES.index(r) for r in SECONDARY_ROLES]
    whole = run["role"][-1, b, secondary].mean(axis=0)
    role, adequacy = whole.copy(), np.ones_like(whole)
    for name, moved in dealt.items():
        of = SECONDARY_ROLES if name == ALL else (name,)
        if name != ALL:
            role = np.where(moved, run["role"][-1, b, ROLES.index(name)], role)
        adequacy = np.where(moved, _adequacy(world, run, state, of), adequacy)
    theatres = [i for i, t in enumerate(world.theatres) if state in world.parties(t)]
    allies = [i for i, g in enumerate(world.guarantees) if g.guarantor == state and g.nuclear]
    return Depth(
        role=role,
        reliance=run["reliance"][-1, b].copy(),
        adequacy=adequacy,
        assurance=run["assurance"][-1, allies].min(axis=0) if allies else np.ones_like(whole),
        use_risk=run["cif"][-1][:, theatres].sum(axis=(0, 1)),
        support=run["domestic_support"][-1, world.actors.index(state)].copy(),
    )


def _adequacy(world: World, run: Trajectories, state: str, roles: Sequence[str]) -> Values:
    """Least adequacy over the attacks that these roles answer, on the state and on its protégés."""
    cells = list(_answered(world, state, roles))
    if not cells:
        return np.ones(run["adequacy"].shape[-1])
    return np.asarray(np.min([run["adequacy"][-1, i, k] for i, k in cells], axis=0))


def _answered(world: World, state: str, roles: Sequence[str]) -> Iterator[tuple[int, int]]:
    allies = [g.protege for g in world.guarantees if g.guarantor == state and g.nuclear]
    for target in (state, *allies):
        table = ROLE_ANSWERING_ON_SELF if target == state else ROLE_ANSWERING_ON_PROTEGE
        for k, attack in enumerate(ATTACK_TYPES):
            exposed = any(r.defender == target and attack in r.attacks for r in world.relations)
            if table[attack] in roles and exposed:
                yield world.actors.index(target), k
