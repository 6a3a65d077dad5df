"""A study in the stochastic mode: same futures, sampled events, said on the run card."""

from __future__ import annotations

from datetime import date

import numpy as np

from stepdown.contracts.facts.facts import Facts
from stepdown.study.plan import StudyPlan
from stepdown.study.run import StudyRun, run_study
from stepdown.study.tell import tell


def test_a_study_runs_sampled(small_plan: StudyPlan, small_run: StudyRun, facts: Facts) -> None:
    sampled = run_study(small_plan, facts, 64, 7, mode="sampled")
    assert sampled.ensemble.ok.all()
    assert tell(sampled, facts, "v", "r", date(2026, 11, 23)).run.mode == "sampled"
    assert tell(small_run, facts, "v", "r", date(2026, 11, 23)).run.mode == "mean-field"
    risk, expected = (r.ensemble.outcomes["talks"]["use_risk"] for r in (sampled, small_run))
    assert not np.array_equal(risk, expected)
    # Six years of events scatter a future's risk; they do not move it by orders of magnitude.
    assert 0.8 < float(np.median(risk / expected)) < 1.25
    # Two compiled programs, equal to rounding in single precision.
    start = (r.ensemble.series["talks"]["use_risk"][0] for r in (sampled, small_run))
    np.testing.assert_allclose(*start, rtol=1e-5)
