"""Stress tests: the same futures with a shock, and what the steps do that they did not do without it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.shocks import Shock
from stepdown.contracts.triggers import StepState
from stepdown.pathways import shares_of
from stepdown.study.pathways.run import WITH, PathwayRun
from stepdown.study.pathways.tell import shock_line
from stepdown.study.pathways.words import percent, reason_words, say

WORTH_TELLING = 0.05


def stress_shares(run: PathwayRun, shock: Shock) -> Iterator[Bilingual]:
    """The shock, then per step the year in which most more futures hold, go back or are compensated.

    A reaction counts from a rise of `WORTH_TELLING` of the futures against the same futures without it.
    """
    setting = run.setting
    pathway, first = setting.pathway, setting.pathway.horizon.start
    calm, struck = run.runs[WITH], setting.run(setting.built.plan, [shock])
    yield shock_line(run, shock)
    ok = calm.trajectories.ok & struck.trajectories.ok
    reasons = {(s.year, s.step, s.state): s for s in shares_of(struck, first)}
    reacted = False
    for s, name in enumerate(calm.plan.steps):
        for state in (StepState.HOLDING, StepState.REVERTED, StepState.COMPENSATED):
            more = np.mean((struck.state == state)[:, s, ok], axis=1) - np.mean(
                (calm.state == state)[:, s, ok], axis=1
            )
            year = int(more.argmax())
            if more[year] < WORTH_TELLING:
                continue
            reacted = True
            share = reasons[first + year, name, state.value]
            yield say(
                "log",
                "stress",
                year=str(first + year),
                step=pathway.step(name).short.bilingual,
                state=say("state", str(state.value)),
                share=percent(share.share),
                more=f"{100 * more[year]:.0f}",
                reason=reason_words(pathway, setting.built, share.reason),
            )
    if not reacted:
        yield say("log", "unmoved")
