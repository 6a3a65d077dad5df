"""Read a study file and check it against the record: all errors at once, each with line and nearest name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from stepdown.assumptions import build_world
from stepdown.assumptions.steps import expand
from stepdown.contracts.facts import Actor, Arsenal, Lens, Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.world import World
from stepdown.experiments import FAN_OUTCOMES, outcome_keys
from stepdown.record import load_record
from stepdown.study.files import FieldPath, Finding, find, load, shipped
from stepdown.study.plan import OrderPlan, PackagePlan, StudyPlan
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.errors import nearest

ON_NUCLEAR_FORCES = frozenset(
    ("doctrine", "prompt_launch", "failsafe", "strategic_cap", "theatre_cut", "survivability", "status")
)
"""Levers that move nothing for an actor without nuclear weapons."""


def shipped_studies() -> dict[str, Path]:
    """Studies that travel with the package, by id."""
    return shipped("studies")


def find_study(name: str) -> Path:
    """A path, or the id of a shipped study; raises StudyError with the nearest id."""
    return find(name, "study", shipped_studies())


class OpenStudy(NamedTuple):
    """A study with the record that it was checked against, and the model's world from that record."""

    facts: Facts
    world: World
    plan: StudyPlan


def open_study(name: str, data: Path | None = None) -> OpenStudy:
    """The study `name` (a path or a shipped id) and its record; raises RecordError or StudyError."""
    facts = load_record(data)
    world = build_world(facts)
    return OpenStudy(facts, world, load_study(find_study(name), facts, world))


def load_study(path: Path, facts: Facts, world: World) -> StudyPlan:
    """The checked study; raises StudyError listing every defect."""
    otherwise = "a study is a mapping; see studies/"
    return load(path, StudyPlan, otherwise, lambda plan: _checks(plan, facts, world))


def _checks(plan: StudyPlan, facts: Facts, world: World) -> Iterator[Finding]:
    lenses = [lens.id for lens in facts.all(Lens)]
    for i, lens in enumerate(plan.lenses):
        yield from known(("lenses", i), "lens", lens, lenses)
    outcomes = [key.id for key in outcome_keys(world)]
    for i, outcome in enumerate(plan.headline):
        yield from known(("headline", i), "outcome", outcome, outcomes)
    for i, outcome in enumerate(plan.fans):
        yield from known(("fans", i), "outcome over time", outcome, FAN_OUTCOMES)
    yield from known(("views", "ally"), "actor", plan.views.ally, world.actors)
    yield from known(("views", "rival"), "nuclear-armed actor", plan.views.rival, world.armed)
    yield from in_the_present(plan.horizon.start, facts)
    doubled = list(_doubled([*(p.id for p in plan.packages), *(o.id for o in plan.orders)]))
    if doubled:
        yield from doubled
        return
    for i, package in enumerate(plan.packages):
        yield from _package(("packages", i), package, plan, facts, world)
    for i, order in enumerate(plan.orders):
        yield from _order(("orders", i), order, plan)


def in_the_present(start: int, facts: Facts) -> Iterator[Finding]:
    """The model starts from the newest record: an earlier start would mix one year's world with another's."""
    year = max(earliest(a.as_of).year for a in facts.all(Arsenal))
    if start < year:
        message = f"the model starts from the record as it stands in {year}; an earlier start cannot be run"
        yield ("horizon", "start"), message, str(start), f"{year} or later", ""


def known(path: FieldPath, kind: str, name: str, allowed: Any) -> Iterator[Finding]:
    names = list(allowed)
    if name not in names:
        shown = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
        yield path, f"unknown {kind}", name, shown, nearest(name, names) or ""


def _doubled(ids: list[str]) -> Iterator[Finding]:
    """Packages and orders share one set of ids; nothing that includes a doubled id can be read further."""
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield ("packages",), "id is used twice", name, "", ""


def _package(
    at: FieldPath, package: PackagePlan, plan: StudyPlan, facts: Facts, world: World
) -> Iterator[Finding]:
    earlier = [p.id for p in plan.packages[: int(at[1])]]
    for i, name in enumerate(package.include):
        if name not in earlier:
            yield (*at, "include", i), "includes no package above it", name, ", ".join(earlier), ""
            return
    uses = plan.measures(package.id)
    for i, use in enumerate(package.measures):
        yield from _use((*at, "measures", i), use, {u.measure for u in uses}, plan, facts, world)
    yield from _doubled_measures((*at, "measures"), uses)


def _doubled_measures(path: FieldPath, uses: tuple[MeasureUse, ...]) -> Iterator[Finding]:
    """The same measure by the same actors twice would count its effect twice."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for use in uses:
        if (use.measure, use.actors) in seen:
            yield path, "the same measure by the same actors is listed twice", use.measure, "", ""
        seen.add((use.measure, use.actors))


def _use(
    at: FieldPath, use: MeasureUse, together: set[str], plan: StudyPlan, facts: Facts, world: World
) -> Iterator[Finding]:
    measures = [m.id for m in facts.all(Measure)]
    yield from known((*at, "measure"), "measure", use.measure, measures)
    actors = [a.id for a in facts.all(Actor)]
    unknown = [f for i, a in enumerate(use.actors) for f in known((*at, "actors", i), "actor", a, actors)]
    yield from unknown
    if not plan.horizon.start <= use.start <= plan.horizon.end:
        span = f"{plan.horizon.start} to {plan.horizon.end}"
        yield (*at, "start"), "start lies outside the horizon", str(use.start), span, ""
    if use.measure in measures and not unknown:
        yield from can_be_met(at, use, together, facts, world)


def can_be_met(
    at: FieldPath, use: MeasureUse, together: set[str], facts: Facts, world: World
) -> Iterator[Finding]:
    """Conditions that no future could meet: nobody to act, nobody to reciprocate, a needed measure absent."""
    acting = expand(facts, world, use.actors)
    if not acting:
        names = ", ".join(use.actors)
        yield (*at, "actors"), "no actor of the model stands behind these", names, ", ".join(world.actors), ""
        return
    rivals = {r.challenger for r in world.relations if r.defender in acting}
    if use.condition != "unilateral" and not rivals:
        message = f"condition `{use.condition}` cannot be met: these actors have no rival in the model"
        yield (*at, "condition"), message, use.condition, "unilateral", ""
    effect = effects_by_measure(facts)[use.measure]
    if (
        effect.levers
        and {x.lever for x in effect.levers} <= ON_NUCLEAR_FORCES
        and not set(acting) & set(world.armed)
    ):
        message = f"{use.measure} works on a state's own nuclear weapons, and none of these actors has any"
        yield (*at, "actors"), message, ", ".join(use.actors), ", ".join(world.armed), ""
    for needed in sorted(set(effect.needs) - together):
        message = f"{use.measure} needs {needed} in the same package ({effect.precondition.en})"
        yield (*at, "measure"), message, use.measure, "", ""


def _order(at: FieldPath, order: OrderPlan, plan: StudyPlan) -> Iterator[Finding]:
    packages = [p.id for p in plan.packages]
    if order.of not in packages:
        yield from known((*at, "of"), "package", order.of, packages)
        return
    inside = {use.measure for use in plan.measures(order.of)}
    for measure, year in order.start.items():
        if measure not in inside:
            yield (
                (*at, "start", measure),
                f"{order.of} has no such measure",
                measure,
                ", ".join(sorted(inside)),
                "",
            )
        if not plan.horizon.start <= year <= plan.horizon.end:
            span = f"{plan.horizon.start} to {plan.horizon.end}"
            yield (*at, "start", measure), "start lies outside the horizon", str(year), span, ""
