"""Question 6: what the sixteen risk-reduction measures buy in each theatre, alone and jointly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from stepdown.assessments.risk_reduction import Arms, measure_values, portfolios
from stepdown.assumptions import Planned
from stepdown.assumptions.steps import expand
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.risk_reduction import Agreement
from stepdown.contracts.assessments.roles import NotOnRecord
from stepdown.contracts.facts import Measure, Precedent
from stepdown.contracts.program import Step
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.study.assess.ask import Request
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.words import said
from stepdown.study.words import id_label

Values = Float[np.ndarray, " future"]
STRENGTH = 0.75
ALL, BASE = "all", "base"


def assess_risk_reduction(request: Request, drawn: Drawn) -> tuple[Finding, ...]:
    """Per theatre: every measure of the track that the paper proposes or mentions, and the agreements."""
    world = drawn.world
    theatres = request.theatres or tuple(
        t for t in world.theatres if not request.states or set(request.states) & set(world.parties(t))
    )
    found: list[Finding] = [
        NotOnRecord((state,), state, said("known.no_theatre", state=id_label(drawn.facts, state)))
        for state in request.states
        if not any(state in world.parties(t) for t in world.theatres)
    ]
    if not theatres:
        return tuple(found)
    measures = portfolio(drawn)
    ends = drawn.each(_arms(drawn, measures), lambda run: _read(world, run))
    ends[BASE] = _read(world, drawn.baseline)
    for theatre in theatres:
        arms = _in_theatre(ends, measures, theatre)
        found += portfolios(theatre, rivalries_of(world, theatre), arms, drawn.assumptions)
        found += measure_values(theatre, arms, drawn.assumptions)
    # Asked about some theatres: what concerns only others stays out.
    on_record = (a for a in _agreements(drawn, measures) if not a.theatre or a.theatre in theatres)
    return (*found, *on_record)


def rivalries_of(world: World, theatre: str) -> tuple[str, ...]:
    """One relation of each rivalry in a theatre: between nuclear-armed states, or of its principals where
    there is none."""
    for among in (world.armed, world.principals(theatre)):
        pairs = {
            tuple(sorted((r.challenger, r.defender))): r.id
            for r in world.relations
            if r.theatre == theatre and r.challenger in among and r.defender in among
        }
        if pairs:
            return tuple(pairs.values())
    return ()


def portfolio(drawn: Drawn) -> tuple[str, ...]:
    """Measures of the track on risk reduction and arms control that the paper itself names, in its order."""
    return tuple(
        sorted(
            m.id
            for m in drawn.facts.all(Measure)
            if m.track == "risk_reduction_arms_control" and m.in_paper != "complement"
        )
    )


def _arms(drawn: Drawn, measures: tuple[str, ...]) -> dict[str, tuple[Step, ...]]:
    """Each alone, all together, and all but each; by all whom the record names, if both sides take part."""
    planned = {
        m: Planned(m, taking_part, drawn.first_year, STRENGTH, "reciprocal")
        for m in measures
        if (taking_part := expand(drawn.facts, drawn.world, drawn.facts.get(Measure, m).actors))
    }
    arms = {m: drawn.steps([planned[m]]) for m in planned}
    arms[ALL] = drawn.steps(list(planned.values()))
    arms |= {f"-{m}": drawn.steps([p for n, p in planned.items() if n != m]) for m in planned}
    return arms


@dataclass(frozen=True)
class _End:
    """Use risk and mean adequacy without nuclear roles at the end of a run, by theatre."""

    use_risk: Mapping[str, Values]
    adequacy: Mapping[str, Values]


def _read(world: World, run: Trajectories) -> _End:
    risk = run["cif"][-1].sum(axis=0)
    adequacy = run["adequacy_without"][-1].mean(axis=1)
    parties = {t: [world.actors.index(a) for a in world.parties(t)] for t in world.theatres}
    return _End(
        {t: risk[i].copy() for i, t in enumerate(world.theatres)},
        {t: adequacy[of].mean(axis=0) for t, of in parties.items()},
    )


def _in_theatre(ends: Mapping[str, _End], measures: tuple[str, ...], theatre: str) -> Arms:
    known = [m for m in measures if m in ends]
    return Arms(
        base=ends[BASE].use_risk[theatre],
        alone={m: ends[m].use_risk[theatre] for m in known},
        every=ends[ALL].use_risk[theatre],
        without={m: ends[f"-{m}"].use_risk[theatre] for m in known},
        adequacy_base=ends[BASE].adequacy[theatre],
        adequacy_alone={m: ends[m].adequacy[theatre] for m in known},
    )


def _agreements(drawn: Drawn, measures: tuple[str, ...]) -> Iterator[Agreement]:
    for measure in measures:
        for precedent in drawn.facts.get(Measure, measure).precedents:
            record = drawn.facts.get(Precedent, precedent)
            yield Agreement(
                origin=(record.id, measure),
                measure=measure,
                agreement=record.id,
                label=record.label.bilingual,
                dated=record.date,
                parties=record.parties,
                theatre=_theatre_of(drawn.world, record.parties),
                status=record.status.bilingual,
            )


def _theatre_of(world: World, parties: tuple[str, ...]) -> str:
    """The one theatre whose principals all parties are; else empty."""
    current = {{"SUN": "RUS"}.get(p, p) for p in parties}
    found = [t for t in world.theatres if current and current <= set(world.principals(t))]
    return found[0] if len(found) == 1 else ""
