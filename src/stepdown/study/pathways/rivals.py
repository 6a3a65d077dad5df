"""The same pathway against rivals that reciprocate, ignore or exploit (switch 9), and regret in hindsight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from stepdown.assumptions.steps import expand
from stepdown.assumptions.switches import apply_option
from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts import Switch
from stepdown.experiments import outcome_keys
from stepdown.experiments.outcomes import SECONDARY, outcome_values
from stepdown.pathways import Regret, broken, first_broken, regrets
from stepdown.study.pathways.run import WITH, WITHOUT, Setting

RIVALS = ("reciprocates", "ignores", "exploits")
SILENT = "ignores"
"""Conduct that an answer is measured against."""
WHAT_IF = ("use_risk", "reliance", "assurance")
"""Outcomes that what-ifs are told for: what a pathway wants to lower, and what it must not cost."""

Band = tuple[float, float, float]
"""5 %, 50 %, 95 % over futures."""


@dataclass(frozen=True)
class Answer:
    """What a rival's conduct does to its own reliance at the end, in the same future, against ignoring.

    `gate`: how far its own conditions for a lower role (support at home, adequacy without it) are met in the
    last year, median over futures of the mean over secondary roles; an answer in kind passes only so far.
    """

    state: str
    change: Band
    gate: float


@dataclass(frozen=True)
class RivalCase:
    """A pathway against rivals of one conduct: median change by variant and outcome, and regret.

    `answers`: of the armed rivals of those who lower a role; none for rivals that ignore.
    """

    rival: str
    changes: Mapping[str, Mapping[str, Band]]
    """Variant -> outcome -> 5 %, 50 %, 95 % of the relative change against baseline."""
    backfires: Mapping[str, Mapping[str, float]]
    regrets: tuple[Regret, ...]
    breaks: Mapping[str, float]
    answers: tuple[Answer, ...] = ()


def what_if_rivals(setting: Setting) -> tuple[RivalCase, ...]:
    """The same pathway where every rival reciprocates, ignores or exploits (switch 9), lenses as drawn.

    Variants: with triggers, on schedule, and stopping before each step; regret is against the best of them
    in each future, known only with hindsight.
    """
    steps = setting.main_steps
    built = setting.built
    plans = {BASELINE: built.only(set()), WITH: built.plan, WITHOUT: built.only(set(steps), blind=True)}
    plans |= {f"stop_before:{s}": built.only(set(steps[:i]), blind=True) for i, s in enumerate(steps) if i}
    cases, followed = [], {}
    for rival in RIVALS:
        drawn = _assumed(setting, rival)
        runs = {name: setting.run(plan, assumptions=drawn) for name, plan in plans.items()}
        cases.append(_case(setting, rival, runs))
        followed[rival] = runs[WITH]
    return tuple(
        replace(case, answers=_answers(setting, followed[case.rival], followed[SILENT])) for case in cases
    )


def _assumed(setting: Setting, rival: str) -> Assumptions:
    """The futures of the setting, every rival of one conduct."""
    switch = setting.facts.get(Switch, "s09_rival_reaction")
    symbols = dict(setting.assumptions.symbols)
    everywhere = np.ones(setting.assumptions.futures, dtype=bool)
    apply_option(switch.options[rival], everywhere, symbols)
    return replace(setting.assumptions, symbols=symbols)


def rivals_of(setting: Setting) -> tuple[str, ...]:
    """Armed principal rivals of those who lower a role (of all who act, where no step is doctrinal)."""
    world = setting.world
    steps = [s for s in setting.pathway.steps if s.track == "doctrinal"] or setting.pathway.steps
    named = sorted({a for s in steps for m in s.measures for a in m.actors})
    lowering = set(expand(setting.facts, world, named))
    facing = {r.challenger for r in world.relations if r.principal and r.defender in lowering}
    return tuple(a for a in world.armed if a in facing)


def _answers(setting: Setting, now: AdaptiveRun, silent: AdaptiveRun) -> tuple[Answer, ...]:
    if now is silent:
        return ()
    ok = now.trajectories.ok & silent.trajectories.ok
    found = []
    for state in rivals_of(setting):
        at = setting.world.armed.index(state)
        reliance, before = (run.trajectories["reliance"][-1, at, ok] for run in (now, silent))
        gate = now.trajectories["gate"][-1, at, SECONDARY][:, ok].mean(axis=0)
        found.append(Answer(state, _band(reliance / before - 1), float(np.median(gate))))
    return tuple(found)


def _case(setting: Setting, rival: str, runs: Mapping[str, AdaptiveRun]) -> RivalCase:
    ok = np.all([run.trajectories.ok for run in runs.values()], axis=0)
    values = {n: outcome_values(setting.world, run.trajectories) for n, run in runs.items()}
    series = {n: setting.floors_of(run) for n, run in runs.items()}
    keys = {k.id: k for k in outcome_keys(setting.world)}
    variants = [n for n in runs if n != BASELINE]
    change = {n: {o: (values[n][o] / values[BASELINE][o] - 1)[ok] for o in WHAT_IF} for n in variants}
    found: list[Regret] = []
    for outcome in WHAT_IF:
        lower = keys[outcome].intended == "down"
        found += regrets({n: change[n][outcome] for n in variants}, outcome, lower)
    floors = setting.pathway.floors

    def backfire(n: str, o: str) -> float:
        way = change[n][o] if keys[o].intended == "down" else -change[n][o]
        return float(np.mean(way > keys[o].little_change))

    return RivalCase(
        rival,
        {n: {o: _band(change[n][o]) for o in WHAT_IF} for n in variants},
        {n: {o: backfire(n, o) for o in WHAT_IF} for n in variants},
        tuple(found),
        {
            n: float(np.mean(first_broken(broken(series[n], series[BASELINE], floors))[0][ok] >= 0))
            for n in variants
        },
    )


def _band(values: Float[np.ndarray, " future"]) -> Band:
    low, middle, high = (float(q) for q in np.quantile(values, (0.05, 0.5, 0.95)))
    return low, middle, high
