"""Question 1: what the weapons are said to be for, how rivals read it, what forces show, who reacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from jaxtyping import Float

from stepdown.assessments import roles as measure
from stepdown.assessments.spread import spread
from stepdown.assumptions import Planned
from stepdown.assumptions.audit import default_role_mapping, role_mappings
from stepdown.assumptions.design import unit_cube
from stepdown.assumptions.quantile import quantile
from stepdown.charts.numbers import signed
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.roles import (
    Act,
    Channel,
    Fit,
    Held,
    Influence,
    PostureCheck,
    PostureItem,
    RoleStanding,
    Salience,
    ThresholdView,
)
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import ArsenalSeries, CodeMapping, Doctrine, ModelInput
from stepdown.contracts.facts.as_of import arsenal_on, doctrine_in_force, newest_doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.study.assess.ask import Request, before_record, holders, unarmed_instead
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.words import both, said
from stepdown.vocabulary.ids import ROLE_GROUPS, ROLES

Roles = Float[np.ndarray, "role future"]
Values = Float[np.ndarray, " future"]
DRAWS = 1000
"""Draws behind the record's own bands: codes, weights and markups alone, without the model."""
GROWTH_YEARS = 10
ACTS: Mapping[Act, tuple[str, ...]] = {"restraint": ("M15", "M66", "M42"), "build_up": ("M27",)}
"""Sole purpose, lower alert and cuts of non-strategic weapons; or a long-range strike force."""


def assess_roles(request: Request, drawn: Drawn) -> tuple[Finding, ...]:
    """Everything on record about the roles of each state, and its influence from paired runs."""
    facts, world = drawn.facts, drawn.world
    found: list[Finding] = [*unarmed_instead(facts, world, request.states)]
    reader = _Reader(facts, request.seed)
    standing = []
    for state in holders(request, world):
        document = doctrine_in_force(facts, state, request.on)
        if document is None:
            found.append(before_record(facts, state, request.on))
            continue
        standing.append(state)
        found += _of_state(reader, world, document, request)
    if not request.record_only:
        found += _influences(drawn, standing)
    return tuple(found)


@dataclass(frozen=True)
class _Reader:
    """Draws of codes, weights and markups from the record's own distributions, keyed by name."""

    facts: Facts
    seed: int

    def roles(self, document: Doctrine, mapping: str | None = None) -> Roles:
        table = self.facts.get(CodeMapping, mapping or default_role_mapping(self.facts)).values
        points = self._points(*(f"R0|{document.state}|{role}" for role in ROLES))
        return np.array([quantile(table[document.roles[r].code], points[i]) for i, r in enumerate(ROLES)])

    def weights(self) -> Roles:
        record = self.facts.get(ModelInput, "input.w_role")
        points = self._points(*(f"w_role|{role}" for role in ROLES))
        cells = record.cells or {}
        amounts = [cells.get(role, cells.get("*")) or record.amount for role in ROLES]
        return np.array([quantile(a, points[i]) for i, a in enumerate(amounts)])  # type: ignore[arg-type]

    def markup(self, relation: str) -> tuple[str, Values]:
        """Class of the relation, and what the observer reads in."""
        record = self.facts.get(ModelInput, "input.perception_markup")
        codes = record.codes or {}
        attitude = codes.get(relation) or codes["*"]
        table = self.facts.get(CodeMapping, record.mapping or "").values
        points = self._points(f"perception_markup|{relation}")
        return attitude, quantile(table[attitude], points[0])

    def _points(self, *names: str) -> Roles:
        return np.asarray(unit_cube(names, DRAWS, self.seed))


def _of_state(reader: _Reader, world: World, document: Doctrine, request: Request) -> Iterator[Finding]:
    earlier = doctrine_in_force(reader.facts, document.state, request.since) if request.since else None
    weights = reader.weights()
    roles = reader.roles(document)
    yield from _standing(document, earlier, weights)
    yield _salience(reader, document, earlier, roles, weights)
    yield from _thresholds(reader, world, document, roles, weights)
    yield from _posture(reader.facts, document, request.on)


def _standing(document: Doctrine, earlier: Doctrine | None, weights: Roles) -> Iterator[RoleStanding]:
    shares = np.median(weights / weights.sum(axis=0), axis=1)
    for group, members in ROLE_GROUPS.items():
        for role in members:
            cell = document.roles[role]
            yield RoleStanding(
                origin=(f"{document.id}#{role}", "input.w_role"),
                state=document.state,
                role=role,
                group=group,
                code=cell.code,
                earlier_code=earlier.roles[role].code if earlier else "",
                weight=float(shares[ROLES.index(role)]),
                disputed=cell.disputed,
            )


def _salience(
    reader: _Reader, document: Doctrine, earlier: Doctrine | None, roles: Roles, weights: Roles
) -> Salience:
    spreads = measure.salience_spreads(roles, weights)
    others = [reader.roles(document, m) for m in role_mappings(reader.facts)[1:]]
    by_codes = [float(np.median(measure.weighted(r, weights))) for r in others]
    by_weights = [float(np.median(measure.weighted(roles, w))) for w in measure.other_weights().values()]
    change = None
    if earlier is not None:
        before = measure.weighted(reader.roles(earlier), weights)
        change = spread(measure.weighted(roles, weights) - before)
    mappings = role_mappings(reader.facts)
    return Salience(
        origin=(document.id, *((earlier.id,) if earlier else ()), *mappings, "input.w_role"),
        state=document.state,
        document=document.id,
        dated=document.valid_from,
        **spreads,
        codes_low=min(by_codes),
        codes_high=max(by_codes),
        weights_low=min(by_weights),
        weights_high=max(by_weights),
        since_document=earlier.id if earlier else "",
        change=change,
    )


def _thresholds(
    reader: _Reader, world: World, document: Doctrine, roles: Roles, weights: Roles
) -> Iterator[ThresholdView]:
    declared = measure.threshold(roles, weights)
    for r in world.relations:
        if r.defender != document.state:
            continue
        attitude, markup = reader.markup(r.id)
        perceived = measure.threshold(measure.as_read(roles, markup), weights)
        yield ThresholdView(
            origin=(document.id, "input.perception_markup", "map.attitude_markup", "input.w_role"),
            state=document.state,
            observer=r.challenger,
            attitude=attitude,
            declared=spread(declared),
            perceived=spread(perceived),
            gap=spread(declared - perceived),
        )


def _posture(facts: Facts, document: Doctrine, on: date) -> Iterator[PostureCheck]:
    state = document.state
    is_narrow = measure.narrow({role: document.roles[role].code for role in ROLES})
    words = said("posture.narrow" if is_narrow else "posture.broad")

    def check(item: PostureItem, shows: Bilingual, verdict: Fit, *origin: str) -> PostureCheck:
        return PostureCheck((document.id, *origin), state, item, words, shows, verdict)

    text = document.alert_posture.bilingual
    if document == newest_doctrine(facts, state):
        level = (facts.get(ModelInput, "input.L0").codes or {}).get(state, "")
        shows = said("posture.alert", level=said(f"alert.{level}"), text=text)
        yield check("alert", shows, measure.alert_fit(is_narrow, level), "input.L0")
        theatre = _median(facts, "input.FT_share", state)
        shows = said("posture.theatre", share=f"{100 * theatre:.0f}")
        yield check("theatre_forces", shows, measure.theatre_fit(is_narrow, theatre), "input.FT_share")
    else:
        # Levels of alert and shares of theatre weapons are on record for today alone.
        yield check("alert", said("posture.alert_then", text=text), "open")
        yield check("theatre_forces", said("posture.theatre_then"), "open")
    series = next((s for s in facts.all(ArsenalSeries) if s.holder == state), None)
    growth = _growth(series, on) if series else None
    if series is not None and growth is not None:
        arsenal = arsenal_on(facts, state, on)
        origin = (series.id, *((arsenal.id,) if arsenal else ()))
        shows = both(lambda lang: said("posture.growth", change=signed(100 * growth, 0)).text(lang))
        yield check("growth", shows, measure.growth_fit(is_narrow, growth), *origin)
    held = held_by(document)
    shows = said("posture.delegation", held=said(f"held.{held}"), text=document.delegation.bilingual)
    yield check("delegation", shows, measure.delegation_fit(is_narrow, held))


def held_by(document: Doctrine) -> Held:
    """Who can order use, as coded from the delegation text; see `delegation.yaml`."""
    codes = delegation_codes()
    return codes.get(document.id) or codes.get(document.state, "unknown")


@cache
def delegation_codes() -> Mapping[str, Held]:
    """State, or document that differs -> code."""
    text = files("stepdown.study.assess").joinpath("delegation.yaml").read_text(encoding="utf-8")
    codes: dict[str, Held] = yaml.safe_load(text)
    return codes


def _median(facts: Facts, record_id: str, key: str) -> float:
    cells = facts.get(ModelInput, record_id).cells or {}
    return float(quantile(cells.get(key) or cells["*"], np.array([0.5]))[0])


def _growth(series: ArsenalSeries, on: date) -> float | None:
    """Growth of the stockpile over the ten years up to the last one known by then; None without both ends."""
    years = [y for y in series.values if y <= on.year]
    last = max(years, default=0)
    before = series.values.get(last - GROWTH_YEARS)
    return series.values[last] / before - 1 if before else None


def _influences(drawn: Drawn, sources: Sequence[str]) -> Iterator[Influence]:
    """One paired run per state and act; reactions of every other nuclear-armed state that move at all."""
    if not sources:
        return
    arms = {
        f"{source} {act}": drawn.steps(
            [Planned(m, (source,), drawn.first_year, 1.0, "unilateral") for m in measures]
        )
        for source in sources
        for act, measures in ACTS.items()
    }
    world, ok = drawn.world, drawn.baseline.ok
    alone_by = {source: _channels(world, drawn.baseline, source) for source in sources}
    runs = drawn.each(
        arms, lambda run: ({source: _channels(world, run, source) for source in sources}, run.ok)
    )
    for arm, (by_source, fine) in runs.items():
        source, act = arm.split(" ")
        alone = alone_by[source]
        for (reactor, channel), values in by_source[source].items():
            if reactor != source:
                both_ok = ok & fine
                yield measure.influence(
                    world,
                    ACTS[act],  # type: ignore[index]
                    source,
                    act,  # type: ignore[arg-type]
                    reactor,
                    channel,
                    values[both_ok],
                    alone[reactor, channel][both_ok],
                )


def _channels(world: World, run: Trajectories, source: str) -> Mapping[tuple[str, Channel], Values]:
    """State of every nuclear-armed actor at the end of a run, by channel.

    Fear is that of the source where it could attack, else that of the worst rival.
    """
    found: dict[tuple[str, Channel], Values] = {}
    for b, state in enumerate(world.armed):
        onto = [i for i, r in enumerate(world.relations) if r.defender == state]
        onto = [i for i in onto if world.relations[i].challenger == source] or onto
        found[state, "reliance"] = run["reliance"][-1, b].copy()
        found[state, "disarming_fear"] = run["vulnerability"][-1, onto].max(axis=0)
        found[state, "prompt_launch"] = run["prompt_launch"][-1, b].copy()
        found[state, "strategic_forces"] = run["strategic_forces"][-1, b].copy()
    return found
