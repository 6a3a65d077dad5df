"""Question 2: what could replace each role, by how much, by when, and at what price in a rival's fear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from stepdown.assessments.cases import Case, case_finding, half_there
from stepdown.assessments.gap import Target, gap_years, gaps, reach_of, saturation, side_effects
from stepdown.assessments.spread import by_lens, label_of, share, spread_where
from stepdown.assessments.substitution import ask_ends, substitution, targets_of
from stepdown.assumptions.quantile import quantile
from stepdown.assumptions.steps import expand
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assessments.substitution import CaseFinding, Substitution
from stepdown.contracts.facts import Programme
from stepdown.contracts.facts.as_of import newest_doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import ASSETS, World
from stepdown.experiments.answers import StartingPoint
from stepdown.study.assess.ask import Request, holders, no_guarantor, unarmed_instead
from stepdown.study.assess.case_records import case_records
from stepdown.study.assess.draw import Drawn

FEW = 256
"""Futures in which the ends of the programmes' timing are tried: enough for a share."""


def assess_substitution(request: Request, drawn: Drawn) -> tuple[Finding, ...]:
    """Answers, gap, year, saturation and side effects for each state asked about; the worked cases beside."""
    facts, world = drawn.facts, drawn.world
    found: list[Finding] = [*unarmed_instead(facts, world, request.states)]
    states = []
    for state in _asked(request, world):
        if request.ally is not None and (missing := no_guarantor(facts, world, request.ally, state)):
            found.append(missing)
        else:
            states.append(state)
    if request.ally is not None and not (states or found):
        return tuple(m for m in (no_guarantor(facts, world, request.ally),) if m)
    if not states:
        return tuple(found)
    start = StartingPoint(world, drawn.assumptions)
    with drawn.baseline_meanwhile():
        ends = ask_ends(start)
        strike, pledge = _level(facts, "M27", "capability"), _level(facts, "M24", "c2_restraint")
        targets: dict[tuple[str, ...], Target] = {}
        for state in states:
            found += _cited(facts, state, substitution(start, ends, state, request.ally))
            found += side_effects(start, state, ends.drawn, strike, pledge)
            for name, places in targets_of(world, state, request.ally).items():
                targets.setdefault(places, Target(state, name, places))
        reaches = {target: reach_of(start, target, ends.drawn) for target in targets.values()}
    for target, reach in reaches.items():
        found += gaps(start, target, reach)
        found += gap_years(start, target, drawn.baseline["adequacy_without"], drawn.years)
        found += saturation(start, target, reach)
    found += worked_cases(start, drawn)
    return tuple(found)


def _asked(request: Request, world: World) -> tuple[str, ...]:
    """The nuclear-armed states asked about; asked about an ally alone, its guarantors."""
    if request.ally is None or request.states:
        return holders(request, world)
    return tuple(dict.fromkeys(g.guarantor for g in world.guarantors(request.ally) if g.nuclear))


def _cited(facts: Facts, state: str, found: Iterable[Substitution]) -> Iterator[Substitution]:
    """With the passage behind the role's code among the origins: declared roles come from documents."""
    document = newest_doctrine(facts, state)
    for f in found:
        passage = (f"{document.id}#{f.role}",) if document is not None else ()
        yield replace(f, origin=(*f.origin, *passage))


def _level(facts: Facts, measure: str, lever: str) -> float:
    """Median strength of a measure's first effect on a lever, as its effect record gives it."""
    effect = next(x for x in effects_by_measure(facts)[measure].levers if x.lever == lever)
    return float(quantile(effect.strength, np.array([0.5]))[0])


def worked_cases(start: StartingPoint, drawn: Drawn) -> Iterator[CaseFinding]:
    """Every worked case of the paper, over these futures."""
    for record in case_records():
        if record.get("programmes"):
            yield from _programmes(record, drawn)
        else:
            yield from case_finding(start, _case(record))


def _case(record: Mapping[str, Any]) -> Case:
    return Case(
        id=record["id"],
        claim=record["claim"],
        compare=record["compare"],
        target=record["target"],
        attacks=tuple(record["attacks"]),
        against=record["against"],
        favours=record["favours"],
        acts=tuple(record.get("acts", ())),
        assets=tuple(record.get("assets", ())),
        level=record.get("level", 0.0),
    )


def _programmes(record: Mapping[str, Any], drawn: Drawn) -> Iterator[CaseFinding]:
    """Recorded programmes over time. Tried fielded ten years later by slow procurement, and at once by the
    quickest that is admissible."""
    actors = [drawn.world.actors.index(a) for a in record["acts"]]
    assets = [ASSETS.index(a) for a in record["assets"]]

    def half(capability: np.ndarray) -> np.ndarray:
        return half_there(capability[:, actors][:, :, assets], drawn.years)

    drawn_now = half(drawn.baseline["capability"])
    few = min(drawn.futures, FEW)
    slow, quick = PARAMETERS["T_C"].high, PARAMETERS["T_C"].low
    late, at_once = (
        half(drawn.programmes_moved(years, "T_C", time_constant, few)["capability"])
        for years, time_constant in ((10.0, slow), (-100.0, quick))
    )
    behind = _programme_ids(drawn, record["acts"], record["assets"])
    origin = (RUN, record["claim"], "input.T_C", *behind)
    for lens, of in by_lens(drawn.assumptions.lenses, drawn.assumptions.lens):
        now, low, high = (
            share(found <= record["by"]) for found in (drawn_now[of], late[of[:few]], at_once[of[:few]])
        )
        yield CaseFinding(
            origin=origin,
            case=record["id"],
            claim=record["claim"],
            lens=lens,
            holds=now,
            at_least=low,
            at_most=high,
            tried="fielding T_C",
            label=label_of(now, low, high),
            when=spread_where(drawn_now, of & np.isfinite(drawn_now)),
        )


def _programme_ids(drawn: Drawn, actors: Sequence[str], assets: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        p.id
        for p in drawn.facts.all(Programme)
        if p.in_model
        and p.capability in assets
        and set(expand(drawn.facts, drawn.world, p.owners)) & set(actors)
    )
