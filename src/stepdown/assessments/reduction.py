"""From paired runs at a few depths of cut to frontiers: where the first floor breaks, future by future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import get_args

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assessments.spread import by_lens, share, spread
from stepdown.contracts.assessments.reduction import Binding, Frontier, Package, StepFinding
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assumptions import Assumptions

Values = Float[np.ndarray, " future"]
Mask = Bool[np.ndarray, " future"]
BINDINGS: tuple[Binding, ...] = get_args(Binding)
DEEPEST = 0.98
"""Deepest cut that is tried; depth 0 is the package without a cut of roles."""
STEPS = (0.25, 0.5, 0.75, 0.98)
STUCK = 0.25
"""A cut of which less than this share is carried through is stuck."""
WORSE = {"capability": 0.01, "ally": 0.05, "rival": 0.02, "home": 0.05}
"""Changes that count as breaking, beyond the floor itself: adequacy by .01, assurance by 5 %, use risk by
2 %, domestic support by 5 % (judgement)."""


@dataclass(frozen=True)
class Depth:
    """What one run says at its end, per future: declared role, reliance, adequacy of what the role answers,
    assurance of the least assured ally (1 without allies), use risk where the state is a party, support."""

    role: Values
    reliance: Values
    adequacy: Values
    assurance: Values
    use_risk: Values
    support: Values


def margins(deep: Depth, base: Depth, floor: Values, least_support: Values) -> Mapping[Binding, Values]:
    """How far each floor is from breaking, relative to the baseline; negative where it breaks.

    capability: adequacy at the floor that decision makers ask for, or, where the baseline is below it, not
    .01 lower; ally: assurance not 5 % lower; rival: use risk not 2 % higher; home: support at the least that
    a change of doctrine needs, or, where the baseline is below it, not 5 % lower.
    """
    return {
        "capability": deep.adequacy - np.minimum(base.adequacy - WORSE["capability"], floor),
        "ally": deep.assurance / base.assurance - (1 - WORSE["ally"]),
        "rival": (1 + WORSE["rival"]) - deep.use_risk / base.use_risk,
        "home": deep.support - np.minimum((1 - WORSE["home"]) * base.support, least_support),
    }


def breaking_points(
    depths: Sequence[float], runs: Sequence[Mapping[Binding, Values]]
) -> dict[Binding, Values]:
    """Depth at which each margin first turns negative, linear between the depths run; infinite where none is.

    `runs` follow `depths`, from 0 up. A margin that is negative before any cut breaks at depth 0: the package
    itself breaks it.
    """
    found: dict[Binding, Values] = {}
    for name in BINDINGS:
        at = np.where(runs[0][name] < 0, 0.0, np.inf)
        for (low, before), (high, after) in _pairs(depths, [run[name] for run in runs]):
            crosses = np.isinf(at) & (after < 0)
            span = np.where(crosses, before - after, 1.0)
            at = np.where(crosses, low + (high - low) * before / span, at)
        found[name] = at
    return found


def _pairs(
    depths: Sequence[float], values: Sequence[Values]
) -> Iterator[tuple[tuple[float, Values], tuple[float, Values]]]:
    placed = list(zip(depths, values, strict=True))
    return pairwise(placed)


def at_depth(wanted: Values, depths: Sequence[float], values: Sequence[Values]) -> Values:
    """Values at a depth per future, linear between the depths run."""
    found = values[0]
    for (low, before), (high, after) in _pairs(depths, values):
        inside = np.clip((wanted - low) / (high - low), 0, 1)
        found = found + (after - before) * inside
    return np.asarray(found)


@dataclass(frozen=True)
class Cut:
    """One role of one state under one package, over the futures in `moved`; `runs` follow `depths`."""

    state: str
    role: str
    package: Package
    moved: Mask
    depths: tuple[float, ...]
    runs: tuple[Depth, ...]
    base: Depth


def frontier(cut: Cut, drawn: Assumptions) -> Iterator[Frontier]:
    """The frontier, pooled and by lens."""
    floor, least = drawn.symbols["a_star"], drawn.symbols["P_min"]
    breaks = breaking_points(cut.depths, [margins(run, cut.base, floor, least) for run in cut.runs])
    first = np.min(np.array([breaks[b] for b in BINDINGS]), axis=0)
    which = np.argmin(np.array([breaks[b] for b in BINDINGS]), axis=0)
    reached = np.minimum(first, DEEPEST)
    roles = [run.role for run in cut.runs]
    lowest = at_depth(reached, cut.depths, roles)
    stuck = _stuck(roles[0], roles[-1], DEEPEST)
    for lens, of in by_lens(drawn.lenses, drawn.lens):
        inside = of & cut.moved
        if not np.any(inside):
            continue
        bound = {b: share((np.isfinite(first) & (which == i))[inside]) for i, b in enumerate(BINDINGS)}
        yield Frontier(
            origin=(RUN, "input.a_star", "input.P_min", "eff.M15"),
            state=cut.state,
            role=cut.role,
            package=cut.package,
            lens=lens,
            n=int(inside.sum()),
            role_now=spread(cut.base.role[inside]),
            lowest=spread(lowest[inside]),
            cut=spread((reached / DEEPEST)[inside]),
            before=share(first[inside] == 0),
            free=share(~np.isfinite(first[inside])),
            stuck=share(stuck[inside]),
            first=max(BINDINGS, key=lambda b: bound[b]) if any(bound.values()) else "",
            **bound,
        )


def _stuck(before: Values, after: Values, level: float) -> Mask:
    """Less than a quarter of a cut is carried through."""
    return np.asarray(1 - after / np.maximum(before, 1e-6) < STUCK * level)


def steps(cuts: Sequence[Cut], drawn: Assumptions, limit: float) -> Iterator[StepFinding]:
    """Every step of every role of one state and package; the largest that rarely backfires is chosen."""
    found: list[StepFinding] = []
    floor, least = drawn.symbols["a_star"], drawn.symbols["P_min"]
    for cut in cuts:
        breaks = breaking_points(cut.depths, [margins(run, cut.base, floor, least) for run in cut.runs])
        first = np.min(np.array([breaks[b] for b in BINDINGS]), axis=0)
        for level in STEPS:
            reliance = at_depth(np.full_like(first, level), cut.depths, [run.reliance for run in cut.runs])
            change = reliance / cut.base.reliance - 1
            role = at_depth(np.full_like(first, level), cut.depths, [run.role for run in cut.runs])
            stuck = _stuck(cut.runs[0].role, role, level)
            found.append(
                StepFinding(
                    origin=(RUN, "input.a_star", "input.P_min", "eff.M15"),
                    state=cut.state,
                    role=cut.role,
                    package=cut.package,
                    level=level,
                    n=int(cut.moved.sum()),
                    backfires=share((first <= level)[cut.moved]),
                    stuck=share(stuck[cut.moved]),
                    reliance=spread(change[cut.moved]),
                    limit=limit,
                    chosen=False,
                )
            )
    rare = [s for s in found if s.backfires < limit and s.reliance.median < 0]
    best = min(rare, key=lambda s: s.reliance.median, default=None)
    for step in found:
        yield replace(step, chosen=True) if step is best else step
