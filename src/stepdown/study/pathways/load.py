"""Read a pathway file and check it: all errors at once, each with its line and the nearest name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stepdown.assumptions.steps import expand
from stepdown.contracts.facts import Actor, Lens, Measure, Source
from stepdown.contracts.facts.base import Evidence
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureTerms
from stepdown.contracts.pathways import PathStep, Pathway, Signpost, Trigger
from stepdown.contracts.triggers import INDICATOR_AXES
from stepdown.contracts.world import World
from stepdown.study.files import FieldPath, Finding, find, load, shipped
from stepdown.study.load import can_be_met, in_the_present, known


def shipped_pathways() -> dict[str, Path]:
    """Pathways that travel with the package, by id."""
    return shipped("studies/pathways")


def find_pathway(name: str) -> Path:
    """A path, or the id of a shipped pathway; raises StudyError with the nearest id."""
    return find(name, "pathway", shipped_pathways())


def load_pathway(path: Path, facts: Facts, world: World) -> Pathway:
    """The checked pathway; raises StudyError listing every defect."""
    otherwise = "a pathway is a mapping; see studies/pathways/"
    return load(path, Pathway, otherwise, lambda plan: _checks(plan, facts, world))


def _checks(plan: Pathway, facts: Facts, world: World) -> Iterator[Finding]:
    lenses = [lens.id for lens in facts.all(Lens)]
    for i, lens in enumerate(plan.lenses):
        yield from known(("lenses", i), "lens", lens, lenses)
    yield from in_the_present(plan.horizon.start, facts)
    for kind, ids in (("signposts", [s.id for s in plan.signposts]), ("steps", [s.id for s in plan.steps])):
        for name in sorted({i for i in ids if ids.count(i) > 1}):
            yield (kind,), "id is used twice", name, "", ""
    for i, signpost in enumerate(plan.signposts):
        yield from _signpost(("signposts", i), signpost, world)
    together = {m.measure for step in plan.steps for m in step.measures}
    for i, step in enumerate(plan.steps):
        yield from _step(("steps", i), step, plan, together, facts, world)


def _signpost(at: FieldPath, signpost: Signpost, world: World) -> Iterator[Finding]:
    yield from known((*at, "indicator"), "indicator", signpost.indicator, INDICATOR_AXES)
    axis = INDICATOR_AXES.get(signpost.indicator)
    if axis is None:
        return
    yield from known((*at, "subject"), axis.replace("_", " "), signpost.subject, world.axis(axis))
    guaranteed = [a for a in world.actors if any(g.nuclear for g in world.guarantors(a))]
    if signpost.indicator == "assurance" and signpost.subject in world.actors:
        yield from known((*at, "subject"), "state under a nuclear guarantee", signpost.subject, guaranteed)


def _step(
    at: FieldPath, step: PathStep, plan: Pathway, together: set[str], facts: Facts, world: World
) -> Iterator[Finding]:
    if not plan.horizon.start <= step.start <= plan.horizon.end:
        span = f"{plan.horizon.start} to {plan.horizon.end}"
        yield (*at, "start"), "start lies outside the horizon", str(step.start), span, ""
    # A step may only wait for steps above it: so no two can wait for each other.
    above = [s.id for s in plan.steps[: int(at[1])]]
    for i, wait in enumerate(step.after):
        yield from known((*at, "after", i, "step"), "step above this one", wait.step, above)
    for i, other in enumerate(step.compensates):
        yield from known((*at, "compensates", i), "step above this one", other, above)
        if other in above and not plan.step(other).compensate:
            yield (*at, "compensates", i), "this step never calls for compensation", other, "", ""
    for action in ("proceed", "hold", "revert", "compensate"):
        triggers: tuple[Trigger, ...] = getattr(step, action)
        for i, trigger in enumerate(triggers):
            names = [s.id for s in plan.signposts]
            yield from known((*at, action, i, "signpost"), "signpost", trigger.signpost, names)
    if step.compensate and not any(step.id in s.compensates for s in plan.steps):
        yield (*at, "compensate"), "no step answers this call with `compensates`", step.id, "", ""
    for i, measure in enumerate(step.measures):
        yield from _measure((*at, "measures", i), measure, step.start, together, facts, world)
    for i, ground in enumerate(step.basis):
        if isinstance(ground, Evidence):
            sources = [s.id for s in facts.all(Source)]
            yield from known((*at, "basis", i, "source"), "source", ground.source, sources)


def _measure(
    at: FieldPath, planned: MeasureTerms, start: int, together: set[str], facts: Facts, world: World
) -> Iterator[Finding]:
    measures = [m.id for m in facts.all(Measure)]
    actors = [a.id for a in facts.all(Actor)]
    unknown = list(known((*at, "measure"), "measure", planned.measure, measures))
    for i, actor in enumerate(planned.actors):
        unknown += known((*at, "actors", i), "actor", actor, actors)
    yield from unknown
    if unknown:
        return
    yield from can_be_met(at, planned.starting(start), together, facts, world)
    acting = set(expand(facts, world, planned.actors))
    for i, theatre in enumerate(planned.theatres):
        if not acting & set(world.principals(theatre)):
            message = "none of these actors is a principal of this theatre"
            yield (*at, "theatres", i), message, theatre, ", ".join(world.principals(theatre)), ""
