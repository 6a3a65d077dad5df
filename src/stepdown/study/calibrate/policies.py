"""Second stage: what the model says to the policies that experts judged, on the same futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assumptions import Planned, documented_programmes, steps_of
from stepdown.contracts.assumptions import Assumptions, Coordinate
from stepdown.contracts.calibrated import ChosenFutures
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts import PolicyEffect
from stepdown.contracts.facts.calibration import PolicyPart
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program, Step, align
from stepdown.contracts.world import World
from stepdown.experiments import run_trajectories
from stepdown.study.progress import Progress
from stepdown.vocabulary.errors import Problem, StudyError

Values = Float[np.ndarray, " future"]

HELD_BACK = "held_back"
"""The same policies where tension may keep a regime from coming about, for comparison."""


@dataclass(frozen=True)
class PolicyRuns:
    """Use risk under each policy over that of the baseline, by reading: `ratio[policy id][reading]`.

    Readings: `used`, those on record beside it, and `held_back`. `ok`: futures that every run finished;
    `coordinates`: the draws of the measures' effects.
    """

    ratio: Mapping[str, Mapping[str, Values]]
    ok: Bool[np.ndarray, " future"]
    coordinates: tuple[Coordinate, ...]


def run_policies(
    facts: Facts,
    world: World,
    drawn: Assumptions,
    chosen: ChosenFutures,
    progress: Progress = lambda step, done, total: None,
) -> PolicyRuns:
    """Every elicited policy, in force: the question supposed it, so no tension keeps its regime from coming
    about (`in_force`). A run without that supposition is kept beside it."""
    records = facts.all(PolicyEffect)
    first, last = min(r.start for r in records), max(r.until for r in records)
    drivers, _ = documented_programmes(facts, world, first, chosen.size, chosen.seed, only=chosen.index)
    programs: dict[str, Program] = {BASELINE: Program.build(world, (), drivers)}
    coordinates: dict[str, Coordinate] = {}
    for record in records:
        for name, parts in _readings(record):
            steps, more = _steps(facts, world, record, parts, first, chosen)
            programs[f"{record.id}/{name}"] = Program.build(world, steps, drivers)
            coordinates |= {c.name: c for c in more}
    total = len(programs) + len(records)
    supposed, risk, ok = in_force(drawn), {}, np.ones(drawn.futures, dtype=bool)
    aligned = align(programs)
    asked = [(name, name, supposed) for name in aligned]
    asked += [(f"{r.id}/{HELD_BACK}", f"{r.id}/used", drawn) for r in records]
    for done, (name, program, futures) in enumerate(asked, start=1):
        run = run_trajectories(world, futures, aligned[program], first, last, ("cif",))
        risk[name], ok = run["cif"].sum(axis=(1, 2)), ok & run.ok
        progress(name, done, total)
    return PolicyRuns(_ratios(records, risk, first), ok, tuple(coordinates.values()))


def in_force(drawn: Assumptions) -> Assumptions:
    """The same futures, in which every agreed regime comes about whatever the tension.

    Feasibility acts on measures only: without one, a future is the same with and without this.
    """
    shape = drawn.symbols["tau_bar"].shape
    ends = {"tau_bar": PARAMETERS["tau_bar"].high, "eps_feas": PARAMETERS["eps_feas"].low}
    return replace(drawn, symbols={**drawn.symbols, **{s: np.full(shape, v) for s, v in ends.items()}})


def measures_of(facts: Facts) -> tuple[str, ...]:
    """Measures whose effect records the fit rests on."""
    return tuple(sorted({part.measure for r in facts.all(PolicyEffect) for part in r.parts}))


def _readings(record: PolicyEffect) -> Sequence[tuple[str, Sequence[PolicyPart]]]:
    return [("used", record.parts), *((o.name, o.parts) for o in record.other)]


def _steps(
    facts: Facts,
    world: World,
    record: PolicyEffect,
    parts: Sequence[PolicyPart],
    first: int,
    chosen: ChosenFutures,
) -> tuple[tuple[Step, ...], tuple[Coordinate, ...]]:
    """The policy's measures at the far end; a part limited to some levers leaves the others out."""
    planned = [Planned(p.measure, record.actors, record.start, 1.0, record.condition) for p in parts]
    steps, coordinates = steps_of(facts, world, planned, first, chosen.size, chosen.seed, only=chosen.index)
    if any(not s.participants for s in steps):
        message = "no actor of the model stands behind these"
        raise StudyError([Problem(record.id, 0, "actors", message, ", ".join(record.actors))])
    limited = [
        replace(s, effects=tuple(e for e in s.effects if not p.levers or e.lever in p.levers))
        for s, p in zip(steps, parts, strict=True)
    ]
    return tuple(limited), coordinates


def _ratios(
    records: Sequence[PolicyEffect], risk: Mapping[str, Float[np.ndarray, "year future"]], first: int
) -> dict[str, dict[str, Values]]:
    ratios: dict[str, dict[str, Values]] = {}
    for record in records:
        year = record.until - first
        names = [*(name for name, _ in _readings(record)), HELD_BACK]
        base = risk[BASELINE][year]
        ratios[record.id] = {n: np.asarray(risk[f"{record.id}/{n}"][year] / base) for n in names}
    return ratios
