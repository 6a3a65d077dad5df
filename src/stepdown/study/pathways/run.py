"""Run a pathway: baseline, with its triggers, the same steps on schedule, and one step after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from stepdown.assumptions import build_world, sample_futures, sampled_noise
from stepdown.assumptions.steps import expand
from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.effects import PairedEffect
from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathway_findings import StepShare, StepTiming, TippingPoint
from stepdown.contracts.pathways import Pathway
from stepdown.contracts.sampled import Mode
from stepdown.contracts.shocks import Shock
from stepdown.contracts.triggers import TriggerPlan
from stepdown.contracts.world import World
from stepdown.discovery import paired_effects
from stepdown.experiments import Sampling, outcome_keys
from stepdown.experiments.adaptive import floor_series, floor_subjects, run_adaptive
from stepdown.experiments.outcomes import outcome_values
from stepdown.pathways import broken, first_broken, shares_of, timings, tipping_point
from stepdown.study.pathways.build import Built, build_pathway
from stepdown.study.progress import Progress
from stepdown.vocabulary.errors import Problem, StudyError

WITH, WITHOUT = "with_triggers", "without_triggers"
PATIENCE = "without_compensation"
"""Waiting, holding and going back as with triggers; nobody answers a call for compensation."""


@dataclass(frozen=True)
class Setting:
    """Everything that variants of a pathway share: the same futures, the same luck, one program."""

    pathway: Pathway
    facts: Facts
    world: World
    assumptions: Assumptions
    built: Built
    seed: int
    sampling: Sampling | None
    threads: int | None = None

    def run(
        self, plan: TriggerPlan, shocks: Sequence[Shock] = (), assumptions: Assumptions | None = None
    ) -> AdaptiveRun:
        """One variant over all futures."""
        span = self.pathway.horizon
        return run_adaptive(
            self.world,
            assumptions or self.assumptions,
            self.built.program,
            plan,
            span.start,
            span.end,
            self.seed,
            self.sampling,
            shocks,
            self.threads,
        )

    @property
    def mode(self) -> Mode:
        """Whether events are sampled."""
        return "mean-field" if self.sampling is None else "sampled"

    @property
    def main_steps(self) -> tuple[str, ...]:
        """Steps with a schedule of their own, in file order; compensation is called, not scheduled."""
        return tuple(s.id for s in self.pathway.steps if not s.compensates)

    def floors_of(self, run: AdaptiveRun) -> dict[str, np.ndarray]:
        """Series that floors are about, for all who take part."""
        return floor_series(self.world, run.trajectories, self.parties)

    @property
    def parties(self) -> tuple[str, ...]:
        """All who take part."""
        acting = {a for s in self.pathway.steps for m in s.measures for a in m.actors}
        return tuple(expand(self.facts, self.world, sorted(acting)))


@dataclass(frozen=True)
class PathwayRun:
    """Baseline and variants of a pathway over the same futures.

    `effects`: both variants against baseline, by lens; `breaks`: share of futures in which a floor breaks.
    """

    setting: Setting
    runs: Mapping[str, AdaptiveRun]
    keys: tuple[OutcomeKey, ...]
    effects: tuple[PairedEffect, ...]
    breaks: Mapping[str, float]
    shares: tuple[StepShare, ...]
    timings: tuple[StepTiming, ...]
    tipping: tuple[TippingPoint, ...]
    failed: int
    seconds: float


def set_up(
    pathway: Pathway,
    facts: Facts,
    futures: int,
    seed: int,
    lenses: tuple[str, ...] = (),
    mode: Mode = "sampled",
    threads: int | None = None,
) -> Setting:
    """Draw futures, effects and luck. Raises StudyError for fewer futures than lenses."""
    chosen = lenses or pathway.lenses
    if futures < len(chosen):
        message = f"{len(chosen)} lenses need at least as many futures"
        raise StudyError([Problem(pathway.id, 0, "futures", message, str(futures), f"{len(chosen)} or more")])
    world = build_world(facts)
    assumptions = sample_futures(facts, world, futures, seed, chosen)
    sampling = Sampling(sampled_noise(facts, futures, seed)[0], seed) if mode == "sampled" else None
    built = build_pathway(pathway, facts, world, futures, seed)
    return Setting(pathway, facts, world, assumptions, built, seed, sampling, threads)


def run_pathway(setting: Setting, progress: Progress = lambda what, done, total: None) -> PathwayRun:
    """All variants; the same setting gives the same numbers."""
    started = perf_counter()
    built, steps = setting.built, setting.main_steps
    total = 4 + len(steps)
    plans = {
        BASELINE: built.only(set()),
        WITH: built.plan,
        WITHOUT: built.only(set(steps), blind=True),
        PATIENCE: built.only(set(steps)),
    }
    runs: dict[str, AdaptiveRun] = {}
    for done, (name, plan) in enumerate(plans.items(), 1):
        runs[name] = setting.run(plan)
        progress(name, done, total)
    codes = {name: run.trajectories.code for name, run in runs.items()}
    outcomes = {name: outcome_values(setting.world, run.trajectories) for name, run in runs.items()}
    span = setting.pathway.horizon
    years = tuple(range(span.start, span.end + 1))
    ensemble = Ensemble(outcomes, {}, years, codes, {}, perf_counter() - started)
    keys = tuple(k for k in outcome_keys(setting.world) if k.headline or k.id in ("cost", "gate"))
    lens, lenses = setting.assumptions.lens, setting.assumptions.lenses
    effects = tuple(paired_effects(ensemble, keys, lenses, lens, [WITH, WITHOUT]))
    series = {name: setting.floors_of(run) for name, run in runs.items()}
    ok, floors = ensemble.ok, setting.pathway.floors
    breaks = {
        name: float(np.mean(first_broken(broken(series[name], series[BASELINE], floors))[0][ok] >= 0))
        for name in (WITH, WITHOUT, PATIENCE)
    }
    tipping = tuple(_tipping(setting, series, ok, lambda step, i: progress(step, 4 + i, total)))
    return PathwayRun(
        setting,
        runs,
        keys,
        effects,
        breaks,
        tuple(shares_of(runs[WITH], span.start)),
        timings(runs[WITH], span.start),
        tipping,
        int(np.sum(~ok)),
        perf_counter() - started,
    )


def _tipping(
    setting: Setting,
    series: Mapping[str, Mapping[str, np.ndarray]],
    usable: np.ndarray,
    progress: Callable[[str, int], None],
) -> Iterator[TippingPoint]:
    """Steps added one by one, on schedule; each is judged with those before it."""
    first, before = setting.pathway.horizon.start, series[BASELINE]
    who = floor_subjects(setting.world, setting.parties)
    for i, name in enumerate(setting.main_steps, 1):
        taken, step = set(setting.main_steps[:i]), setting.pathway.step(name)
        now = setting.floors_of(setting.run(setting.built.only(taken, blind=True)))
        instead = {"stop_before": before}
        if answers := {s.id for s in setting.pathway.steps if name in s.compensates}:
            at_once = setting.built.scheduled(taken, answers, step.start - first)
            instead["with_compensation"] = setting.floors_of(setting.run(at_once))
        instead["with_triggers"] = series[WITH]
        yield tipping_point(
            name, step.start, now, instead, series[BASELINE], setting.pathway.floors, usable, first, who
        )
        before = now
        progress(name, i)
