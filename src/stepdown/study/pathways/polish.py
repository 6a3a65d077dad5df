"""Slopes of a pathway's scores by the strengths of its steps, with the steps on schedule.

A hard trigger has no slope. So the stand-in runs the steps that a variant takes on their dates, without
triggers and compensation and along expected paths, where every outcome is smooth in the strengths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from stepdown.contracts.facts import Measure
from stepdown.contracts.program import Program
from stepdown.experiments.outcomes import outcome_values
from stepdown.experiments.slopes import Slopes, slopes
from stepdown.study.pathways.build import NEVER
from stepdown.study.pathways.search import IRREVERSIBLE, OBJECTIVES, PathwaySearch, Variant

FEW = 64
"""Futures behind a slope: enough for a direction, as the model with its triggers has the last word."""
ASKED = ("reliance", "use_risk", "proliferation", "assurance", "cost")

Vector = Float[np.ndarray, " variable"]
Scores = Float[np.ndarray, " objective"]


def strength_slopes(
    task: PathwaySearch, x: Vector, scores: Scores
) -> Float[np.ndarray, "objective variable"]:
    """Derivative of every objective by every variable; 0 but for strengths of steps that are taken."""
    variant = task.meaning(x)
    out = np.zeros((len(OBJECTIVES), len(x)))
    if variant.steps:
        out[:, 2 : 3 * len(task.setting.main_steps) : 3] = _by_objective(task, variant, scores)
    return out


def _by_objective(
    task: PathwaySearch, variant: Variant, scores: Scores
) -> Float[np.ndarray, "objective step"]:
    """Mean derivative over the futures of the lens that is worst for an objective.

    Steps that are not taken have a direction of their own, of length 0: one shape is one compilation.
    """
    setting = task.setting
    few = min(FEW, setting.assumptions.futures)
    owner, steps = np.array(setting.built.measures), setting.main_steps
    taken = np.array([s in variant.steps for s in steps], dtype=float)
    directions = np.array([(owner == s) / variant.strength.get(s, 1.0) for s in steps]) * taken[:, None]
    span = setting.pathway.horizon
    found = slopes(
        setting.world,
        setting.assumptions.first(few),
        _on_schedule(task, variant).first(few),
        directions,
        ASKED,
        span.start,
        span.end,
        threads=setting.threads,
    )
    then = outcome_values(setting.world, task.baseline.trajectories)
    lens = setting.assumptions.lens[:few]
    rows = {}
    for name in ("reliance", "use_risk", "proliferation", "assurance"):
        sign = -1.0 if name == "assurance" else 1.0
        before = then[name][:few]
        change = sign * (found.values[name] / before - 1)
        worst = max(np.unique(lens), key=lambda i, c=change: float(np.median(c[lens == i])))  # type: ignore[misc]
        rows[name] = sign * _mean((found.along[name] / before)[:, lens == worst])
    rows["cost"] = scores[OBJECTIVES.index("cost")] * _relative(found, "cost")
    rows["irreversibility"] = taken * [_irreversible(task, s) for s in steps]
    return np.array([rows[name] for name in OBJECTIVES])


def _mean(x: Float[np.ndarray, "step future"]) -> Float[np.ndarray, " step"]:
    """Mean over the futures that have a slope."""
    usable = np.isfinite(x)
    counted = np.maximum(usable.sum(axis=1), 1)
    return np.asarray(np.where(usable, x, 0.0).sum(axis=1) / counted)


def _relative(found: Slopes, name: str) -> Float[np.ndarray, " step"]:
    value = float(found.values[name].mean())
    return _mean(found.along[name]) / value if value else np.zeros(len(found.along[name]))


def _irreversible(task: PathwaySearch, step: str) -> float:
    facts, pathway = task.setting.facts, task.setting.pathway
    weights: Mapping[str, float] = IRREVERSIBLE
    inside = pathway.step(step).measures
    count = sum(len(s.measures) for s in pathway.steps)
    return sum(m.share * weights[facts.get(Measure, m.measure).reversibility] for m in inside) / count


def _on_schedule(task: PathwaySearch, variant: Variant) -> Program:
    """The variant's program with its years; what it does not take, and compensation, never starts."""
    pathway = task.setting.pathway
    program = task.program(variant)
    start = np.full((len(program.start), 1), NEVER)
    for i, step in enumerate(task.setting.built.measures):
        if step in variant.steps:
            start[i] = variant.steps[step] - pathway.horizon.start + pathway.step(step).lead
    return replace(program, start=np.broadcast_to(start, program.start.shape))
