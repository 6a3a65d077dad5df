"""Replays a period: the model from the record of its start, free and with the tension that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float
from scipy.special import logit

from stepdown.assumptions import build_world, calibrated_futures, sample_futures
from stepdown.calibration import BENCHMARKS, Scored, Tally, benchmark, score, tally
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.calibrated import EnsembleName
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts import PastWorld
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program, align
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.experiments import run_trajectories
from stepdown.study.backcast.observed import THRESHOLDS, Observation, observations, tension_levels
from stepdown.study.backcast.past import past_facts
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import LENSES

Mode = Literal["free", "tension_given"]
MODES: tuple[Mode, ...] = ("free", "tension_given")
KEEP = ("tension", "role", "prompt_launch", "strategic_forces", "theatre_forces")
LEVELS = (0.05, 0.5, 0.95)

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True)
class Row:
    """One indicator: what was observed, and what the ensemble did.

    `scored` is None where the indicator cannot be compared or was given to the model; `change`: its 5, 50,
    95 % quantiles.
    """

    observation: Observation
    scored: Scored | None
    change: tuple[float, float, float] | None


@dataclass(frozen=True)
class Replay:
    """One period in one mode, with the same count for each benchmark over the same indicators."""

    period: str
    mode: Mode
    futures: int
    failed: int
    rows: tuple[Row, ...]
    model: Tally
    benchmarks: Mapping[str, Tally]


def replay(
    facts: Facts, past: PastWorld, futures: int, seed: int, ensemble: EnsembleName = "prior"
) -> tuple[Replay, ...]:
    """Both modes of a period over the same futures.

    free: nothing after the start is told. tension_given: tension drifts towards the observed level (as fast
    as its time constant and the admissible drift let it); it is then not scored.
    """
    then = past_facts(facts, past)
    world = build_world(then)
    if ensemble == "calibrated":
        drawn, _ = calibrated_futures(then, world, futures, seed, LENSES)
    else:
        drawn = sample_futures(then, world, futures, seed, LENSES)
    seen = observations(facts, past, world)
    first, last = earliest(past.start).year, earliest(past.end).year
    told: Mapping[Mode, Assumptions] = {
        "free": drawn,
        "tension_given": with_tension(drawn, world, tension_levels(facts, past), last - first),
    }
    program = align({BASELINE: Program.build(world)})[BASELINE]
    replays = []
    for mode in MODES:
        run = run_trajectories(world, told[mode], program, first, last, KEEP)
        rows = tuple(_row(o, run, world, told[mode], mode) for o in seen)
        replays.append(_scored(past.period, mode, run, rows))
    return tuple(replays)


def with_tension(
    drawn: Assumptions, world: World, levels: Mapping[str, tuple[float, float]], years: float
) -> Assumptions:
    """The same futures with a drift of tension that leads its target from the observed start to the observed
    end: trend x T (1 - exp(-years/T)) = change of log odds, within the admissible drift."""
    elapsed = -drawn.symbols["T_trend"] * np.expm1(-years / drawn.symbols["T_trend"])
    spec = PARAMETERS["tau_trend"]
    trend = np.zeros_like(drawn.symbols["tau_trend"])
    for i, theatre in enumerate(world.theatres):
        start, end = levels.get(theatre, (0.5, 0.5))
        trend[i] = np.clip((logit(end) - logit(start)) / elapsed, spec.low, spec.high)
    return replace(drawn, symbols={**drawn.symbols, "tau_trend": trend})


def _scored(period: str, mode: Mode, run: Trajectories, rows: tuple[Row, ...]) -> Replay:
    counted = [r for r in rows if r.scored is not None]
    scored = [r.scored for r in counted if r.scored is not None]
    seen = [r.observation.observed for r in counted if r.observation.observed is not None]
    before = [r.observation.before for r in counted]
    marks = {name: benchmark(name, seen, before) for name in BENCHMARKS}
    failed = int(np.sum(~run.ok))
    return Replay(period, mode, len(run.code), failed, rows, tally(scored, seen), marks)


def _row(seen: Observation, run: Trajectories, world: World, drawn: Assumptions, mode: Mode) -> Row:
    if seen.observed is None or (mode == "tension_given" and seen.indicator == "tension"):
        return Row(seen, None, None)
    change = change_of(seen, run, world, drawn)
    weight = run.ok.astype(float)
    low, middle, high = (float(q) for q in np.quantile(change[run.ok], LEVELS))
    found = score(change, weight, THRESHOLDS[seen.indicator], seen.observed)
    return Row(seen, found, (low, middle, high))


def change_of(seen: Observation, run: Trajectories, world: World, drawn: Assumptions) -> Values:
    """End minus start of the model's indicator, one value per future; of warheads the logarithm."""
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
    held = (1 - share) * run["strategic_forces"][-1, state] + share * run["theatre_forces"][-1, state]
    return np.asarray(np.log(held))
