"""Replays a period: the model from the record of its start, free, told the tension, told the measures too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from stepdown.assumptions import build_world, calibrated_futures, sample_futures
from stepdown.calibration import BENCHMARKS, Scored, Tally, benchmark, score, tally
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.calibrated import ChosenFutures, EnsembleName
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts import PastStep, PastWorld
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import Program, Step, align
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.experiments import run_trajectories
from stepdown.study.backcast.observed import THRESHOLDS, Observation, observations, tension_levels
from stepdown.study.backcast.past import past_facts
from stepdown.study.backcast.told import acts_directly, told_steps, with_tension
from stepdown.study.calibrate.policies import in_force
from stepdown.vocabulary.dates import earliest, latest
from stepdown.vocabulary.ids import LENSES

Mode = Literal["free", "tension_given", "measures_told"]
MODES: tuple[Mode, ...] = ("free", "tension_given", "measures_told")
KEEP = ("tension", "role", "prompt_launch", "strategic_forces", "theatre_forces")
LEVELS = (0.05, 0.5, 0.95)

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class Row:
    """One indicator: what was observed, and what the ensemble did.

    `scored` is None where the indicator cannot be compared or was given to the model; `change`: its 5, 50,
    95 % quantiles; `told`: a measure that the model was told of acts on it without a mechanism between.
    """

    observation: Observation
    scored: Scored | None
    change: tuple[float, float, float] | None
    told: bool = False


@dataclass(frozen=True)
class Replay:
    """One period in one mode, with the same count for each benchmark over the same indicators.

    `apart`: the count over indicators on which nothing acts directly that was told; `steps`: what was told.
    """

    period: str
    mode: Mode
    futures: int
    failed: int
    rows: tuple[Row, ...]
    model: Tally
    apart: Tally
    benchmarks: Mapping[str, Tally]
    steps: tuple[PastStep, ...] = ()


def replay(
    facts: Facts, past: PastWorld, futures: int, seed: int, ensemble: EnsembleName = "prior"
) -> tuple[Replay, ...]:
    """All modes of a period over the same futures; the run ends when the period does.

    free: nothing after the start is told. tension_given: tension reaches the observed level at the end, as
    far as the admissible drift lets it; it is then not scored. measures_told: what was agreed or ordered
    is told as well, in force whatever the tension.
    """
    then = past_facts(facts, past)
    world = build_world(then)
    if ensemble == "calibrated":
        drawn, chosen = calibrated_futures(then, world, futures, seed, LENSES)
    else:
        drawn = sample_futures(then, world, futures, seed, LENSES)
        chosen = ChosenFutures(futures, seed)
    seen = observations(facts, past, world)
    first, after = earliest(past.start).year, latest(past.end).year + 1
    given = with_tension(drawn, world, tension_levels(facts, past), after - first)
    steps, records = told_steps(then, world, past, chosen)
    programs = align({BASELINE: Program.build(world), "told": Program.build(world, steps)})
    told: Mapping[Mode, tuple[Assumptions, str, tuple[Step, ...], tuple[PastStep, ...]]] = {
        "free": (drawn, BASELINE, (), ()),
        "tension_given": (given, BASELINE, (), ()),
        "measures_told": (in_force(given), "told", steps, records),
    }
    replays = []
    for mode, (assumed, program, done, why) in told.items():
        run = run_trajectories(world, assumed, programs[program], first, after, KEEP)
        rows = tuple(_row(o, run, world, assumed, mode, done) for o in seen)
        replays.append(_scored(past.period, mode, run, rows, why))
    return tuple(replays)


def _scored(
    period: str, mode: Mode, run: Trajectories, rows: tuple[Row, ...], told: tuple[PastStep, ...]
) -> Replay:
    counted = [r for r in rows if r.scored is not None]
    seen = [r.observation.observed for r in counted if r.observation.observed is not None]
    before = [r.observation.before for r in counted]
    marks = {name: benchmark(name, seen, before) for name in BENCHMARKS}
    failed = int(np.sum(~run.ok))
    apart = _tally([r for r in counted if not r.told])
    return Replay(period, mode, len(run.code), failed, rows, _tally(counted), apart, marks, told)


def _tally(rows: Sequence[Row]) -> Tally:
    found = [(r.scored, r.observation.observed) for r in rows]
    both = [(s, o) for s, o in found if s is not None and o is not None]
    return tally([s for s, _ in both], [o for _, o in both])


def _row(
    seen: Observation,
    run: Trajectories,
    world: World,
    drawn: Assumptions,
    mode: Mode,
    steps: Sequence[Step],
) -> Row:
    if seen.observed is None or (mode != "free" and seen.indicator == "tension"):
        return Row(seen, None, None)
    change = change_of(seen, run, world, drawn)
    weight = run.ok.astype(float)
    low, middle, high = (float(q) for q in np.quantile(change[run.ok], LEVELS))
    found = score(change, weight, THRESHOLDS[seen.indicator], seen.observed)
    told = acts_directly(steps, seen.indicator, seen.subject)
    return Row(seen, found, (low, middle, high), told)


def change_of(seen: Observation, run: Trajectories, world: World, drawn: Assumptions) -> Values:
    """End minus start of the model's indicator, one value per future; of warheads the logarithm.

    The series count stocks late in a year (2 in 1945), so warheads are compared at the ends of the first and
    of the last year.
    """
    if seen.indicator == "tension":
        path = run["tension"][:, world.theatres.index(seen.subject)]
        return np.asarray(path[-1] - path[0])
    state = world.armed.index(seen.subject)
    if seen.indicator == "roles":
        path = run["role"][:, state].mean(axis=1)
        return np.asarray(path[-1] - path[0])
    if seen.indicator == "prompt_launch":
        path = run["prompt_launch"][:, state]
        return np.asarray(path[-1] - path[0])
    share = drawn.symbols["FT_share"][state]
    held = (1 - share) * run["strategic_forces"][:, state] + share * run["theatre_forces"][:, state]
    return np.asarray(np.log(held[-1] / held[1]))
