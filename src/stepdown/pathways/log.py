"""The step log: who stood where, in which future, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from jaxtyping import Int

from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.pathway_findings import Reason, StepChange, StepShare, StepTiming
from stepdown.contracts.triggers import ACTIONS, Action, StepState

_ACTION: dict[StepState, Action] = {
    StepState.COMPENSATED: "compensate",
    StepState.HOLDING: "hold",
    StepState.REVERTED: "revert",
}


def reason_of(run: AdaptiveRun, year: int, step: int, future: int) -> Reason:
    """Why a step stands where it stands: the first cause in the order of the pathway file."""
    state = StepState(int(run.state[year, step, future]))
    if state is StepState.PROCEEDING:
        return Reason("none")
    if state in _ACTION:
        return Reason("signpost", _first_on(run, _ACTION[state], year, step, future))
    return _waiting(run, year, step, future)


def _first_on(run: AdaptiveRun, action: Action, year: int, step: int, future: int) -> int:
    mine = np.flatnonzero(run.plan.rules[ACTIONS.index(action), step])
    on = [r for r in mine if run.rule[year, r, future] > 0.5]
    return int(on[0])


def _waiting(run: AdaptiveRun, year: int, step: int, future: int) -> Reason:
    plan = run.plan
    if run.trajectories.years[year] < plan.start[step] - 1e-6:
        return Reason("start")
    if plan.called[step]:
        return Reason("call")
    for other in np.flatnonzero(plan.after[step]):
        unproven = run.clock[year, other, future] < plan.after_years[step, other] - 1e-6
        if unproven or run.opened[year, other, future] < 0.5 or run.reverted[year, other, future] > 0.5:
            return Reason("step", int(other))
    mine = np.flatnonzero(plan.rules[ACTIONS.index("proceed"), step])
    off = [r for r in mine if run.rule[year, r, future] < 0.5]
    # Everything holds but came true after the decision of this year.
    return Reason("signpost", int(off[0])) if off else Reason("start")


def changes_of(run: AdaptiveRun, future: int, first_year: int) -> tuple[StepChange, ...]:
    """Every change of state in one future, in order of time; where all steps stand first is not a change."""
    state = run.state[..., future]
    found = []
    for year in range(len(state)):
        for s, step in enumerate(run.plan.steps):
            before = StepState.WAITING if year == 0 else state[year - 1, s]
            if state[year, s] != before:
                reason = reason_of(run, year, s, future)
                seen = _observed(run, reason, year, future)
                found.append(StepChange(first_year + year, step, int(state[year, s]), reason, seen))
    return tuple(found)


def _observed(run: AdaptiveRun, reason: Reason, year: int, future: int) -> float | None:
    if reason.kind != "signpost":
        return None
    watched = int(np.argmax(run.plan.watches[reason.rule]))
    return float(run.observed[year, watched, future])


def shares_of(run: AdaptiveRun, first_year: int) -> Iterator[StepShare]:
    """Per year and step, every state that some usable future is in, with its commonest reason."""
    usable = np.flatnonzero(run.trajectories.ok)
    state = run.state[..., usable]
    for year in range(len(state)):
        for s, step in enumerate(run.plan.steps):
            for value in np.unique(state[year, s]):
                inside = usable[state[year, s] == value]
                reason, count = _commonest(run, year, s, inside)
                share = len(inside) / len(usable)
                yield StepShare(first_year + year, step, int(value), share, reason, count / len(inside))


def _commonest(run: AdaptiveRun, year: int, step: int, futures: Int[np.ndarray, " n"]) -> tuple[Reason, int]:
    """The commonest reason and its count; of futures alike in all that a reason looks at, one is asked."""
    proven = run.clock[year][:, futures] >= run.plan.after_years[step][:, None] - 1e-6
    flags = (run.rule[year][:, futures], run.opened[year][:, futures], run.reverted[year][:, futures])
    seen = np.vstack([proven, *(f > 0.5 for f in flags)])
    # One row of bytes per future: far quicker to sort than columns of flags.
    packed = np.ascontiguousarray(np.packbits(seen, axis=0).T)
    _, first, times = np.unique(packed, axis=0, return_index=True, return_counts=True)
    reasons: Counter[Reason] = Counter()
    for one, count in zip(first, times, strict=True):
        reasons[reason_of(run, year, step, int(futures[one]))] += int(count)
    return reasons.most_common(1)[0]


def timings(run: AdaptiveRun, first_year: int) -> tuple[StepTiming, ...]:
    """When each step was decided, how often it held, and how often it ends reverted."""
    ok = run.trajectories.ok
    state, opened = run.state[..., ok], run.opened[..., ok] > 0.5
    found = []
    for s, step in enumerate(run.plan.steps):
        reached = opened[-1, s]
        years = first_year + opened[:, s].argmax(axis=0)[reached]
        p10, median, p90 = years_at(years)
        held = np.mean((state[:, s] == StepState.HOLDING).any(axis=0))
        ended = np.mean(state[-1, s] == StepState.REVERTED)
        found.append(StepTiming(step, float(reached.mean()), p10, median, p90, float(held), float(ended)))
    return tuple(found)


def years_at(years: np.ndarray) -> tuple[int | None, int | None, int | None]:
    """10 %, 50 % and 90 % quantiles as whole years; None for no year at all."""
    if not len(years):
        return None, None, None
    p10, median, p90 = (int(y) for y in np.quantile(years, (0.1, 0.5, 0.9), method="inverted_cdf"))
    return p10, median, p90
