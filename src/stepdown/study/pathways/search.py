"""Search among variants of a pathway: which steps, in which year, how strong, at which levels they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.facts import Measure
from stepdown.contracts.program import Program, Rows
from stepdown.contracts.triggers import TriggerPlan
from stepdown.experiments.outcomes import outcome_values
from stepdown.pathways import broken, first_broken
from stepdown.pathways.search import Space
from stepdown.study.pathways.build import NEVER
from stepdown.study.pathways.run import Setting

LATEST = 6
"""Years by which a step may be decided later than the file says."""
WEAKEST = 0.25
OBJECTIVES = ("reliance", "use_risk", "proliferation", "assurance", "cost", "irreversibility")
REFERENCE = (0.0, 0.05, 0.05, 0.05, 0.5, 1.0)
"""Corner for the hypervolume: no cut of reliance, 5 % more use risk, proliferation, or less assurance, half a
budget, nothing reversible (judgement: what nobody would call a good pathway)."""
IRREVERSIBLE: Mapping[str, float] = {"high": 0.0, "medium": 0.5, "low_medium": 0.75, "low": 1.0}

Vector = Float[np.ndarray, " variable"]


@dataclass(frozen=True)
class Variant:
    """What a decision vector means: years of decision and strengths by step, levels by rule, compensation."""

    steps: Mapping[str, int]
    """Year of every step that is taken."""
    strength: Mapping[str, float]
    caution: float
    """Factor on every distance at which a step holds, goes back or is compensated; below 1 acts sooner."""
    compensated: bool


@dataclass(frozen=True)
class PathwaySearch:
    """A pathway's decision space, and how a vector is scored over its futures."""

    setting: Setting
    baseline: AdaptiveRun

    @property
    def space(self) -> Space:
        """Per main step: taken or not, delay in years, strength; then caution and compensation for all."""
        names: list[str] = []
        for step in self.setting.main_steps:
            names += [f"{step}.taken", f"{step}.delay", f"{step}.strength"]
        count = len(self.setting.main_steps)
        return Space(
            (*names, "caution", "compensation"),
            np.array([0.0, 0.0, WEAKEST] * count + [0.5, 0.0]),
            np.array([1.0, LATEST, 1.0] * count + [2.0, 1.0]),
            OBJECTIVES,
            ("assurance", "adequacy", "use_risk"),
            self.snap,
        )

    def snap(self, x: Vector) -> Vector:
        """Whole years, strengths by quarters, caution by tenths; nothing else about a step not taken."""
        out = np.array(x, dtype=float)
        table = out[:-2].reshape(-1, 3)
        table[:, 0] = np.round(table[:, 0])
        table[:, 1] = np.round(table[:, 1]) * table[:, 0]
        table[:, 2] = np.where(table[:, 0] > 0, np.round(table[:, 2] * 4) / 4, 1.0)
        out[-2], out[-1] = np.round(out[-2], 1), np.round(out[-1])
        return out

    def meaning(self, x: Vector) -> Variant:
        """The vector in words."""
        pathway = self.setting.pathway
        table = x[:-2].reshape(-1, 3)
        taken = [(s, row) for s, row in zip(self.setting.main_steps, table, strict=True) if row[0] > 0.5]
        return Variant(
            {s: pathway.step(s).start + int(row[1]) for s, row in taken},
            {s: float(row[2]) for s, row in taken},
            float(x[-2]),
            bool(x[-1] > 0.5),
        )

    def evaluate(self, x: Vector) -> tuple[Float[np.ndarray, " objective"], Float[np.ndarray, " constraint"]]:
        """Objectives: median change against baseline in the worst lens. Constraints: share of futures that
        break a floor, less what the pathway allows.
        """
        variant = self.meaning(x)
        plan, program = self.plan(variant), self.program(variant)
        setting = replace(self.setting, built=replace(self.setting.built, program=program))
        run = setting.run(plan)
        return self._objectives(run, variant), self._constraints(run)

    def plan(self, variant: Variant) -> TriggerPlan:
        """The pathway's plan with these years, levels and compensation."""
        built, first = self.setting.built, self.setting.pathway.horizon.start
        called = {s.id for s in self.setting.pathway.steps if s.compensates} if variant.compensated else set()
        plan = built.only({*variant.steps, *called})
        start = np.array(
            [
                variant.steps[s] - first if s in variant.steps else plan.start[i]
                for i, s in enumerate(plan.steps)
            ]
        )
        level = plan.level.copy()
        for k, (_, action, trigger) in enumerate(built.rules):
            if action != "proceed" and trigger.change:
                level[k] = plan.level[k] * variant.caution
        return replace(plan, start=np.where(plan.start >= NEVER, NEVER, start), level=level)

    def program(self, variant: Variant) -> Program:
        """The pathway's program with these strengths; costs go with them."""
        program, owner = self.setting.built.program, self.setting.built.measures
        factor = np.ones((len(program.start), 1))
        factor[: len(owner), 0] = [variant.strength.get(s, 1.0) for s in owner]

        def rows(r: Rows) -> Rows:
            return replace(r, strength=r.strength * factor[r.measure])

        return replace(
            program,
            money=program.money * factor,
            political=program.political * factor,
            actor_rows=rows(program.actor_rows),
            theatre_rows=rows(program.theatre_rows),
            global_rows=rows(program.global_rows),
        )

    def _objectives(self, run: AdaptiveRun, variant: Variant) -> Float[np.ndarray, " objective"]:
        world, lens = self.setting.world, self.setting.assumptions.lens
        ok = run.trajectories.ok & self.baseline.trajectories.ok
        now, then = (outcome_values(world, r.trajectories) for r in (run, self.baseline))
        found = []
        for name in ("reliance", "use_risk", "proliferation", "assurance"):
            change = now[name] / then[name] - 1
            change = -change if name == "assurance" else change
            found.append(_worst(change, lens, ok))
        spent = sum(run.trajectories[n].mean(axis=(0, 1)) for n in ("money_used", "political_used"))
        return np.array([*found, _worst(np.asarray(spent), lens, ok), self._irreversible(variant)])

    def _irreversible(self, variant: Variant) -> float:
        """Mean over all measures of the pathway of strength x irreversibility on record; 0 if not taken."""
        total, count = 0.0, 0
        for step in self.setting.pathway.steps:
            for measure in step.measures:
                record = self.setting.facts.get(Measure, measure.measure)
                count += 1
                if step.id in variant.steps:
                    weight = IRREVERSIBLE[record.reversibility]
                    total += variant.strength[step.id] * measure.share * weight
        return total / count

    def _constraints(self, run: AdaptiveRun) -> Float[np.ndarray, " constraint"]:
        setting, floors = self.setting, self.setting.pathway.floors
        breaks = broken(setting.floors_of(run), setting.floors_of(self.baseline), floors)
        ok = run.trajectories.ok & self.baseline.trajectories.ok
        shares = [np.mean(first_broken(breaks[i : i + 1])[0][ok] >= 0) for i in range(len(breaks))]
        return np.array(shares) - floors.most


def _worst(change: Float[np.ndarray, " future"], lens: np.ndarray, ok: np.ndarray) -> float:
    """The largest median over lenses."""
    return max(float(np.median(change[ok & (lens == i)])) for i in np.unique(lens[ok]))
