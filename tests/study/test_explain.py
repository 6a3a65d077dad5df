"""Why, on a small study: parts add up to the effect that the run itself reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from stepdown.contracts.explanation import MECHANISMS
from stepdown.contracts.facts.facts import Facts
from stepdown.study.explain import explain_package, explain_run
from stepdown.study.run import StudyRun
from stepdown.vocabulary.errors import StudyError

SMALL = str(Path(__file__).parent / "small.yaml")
FEW = 24


def test_parts_add_up_to_the_effect_of_the_run(small_run: StudyRun, facts: Facts) -> None:
    found = explain_run(small_run, facts, "both", "use_risk", FEW)
    values = small_run.ensemble.outcomes
    change = values["both"]["use_risk"][:FEW] / values["baseline"]["use_risk"][:FEW] - 1
    assert found.total.mean == pytest.approx(change.mean(), rel=1e-3)
    assert found.total.median == pytest.approx(np.median(change), rel=1e-3)
    assert sum(s.mean for s in found.shares) == pytest.approx(found.total.mean, abs=1e-9)
    assert {s.mechanism for s in found.shares} == {*MECHANISMS, "direct", "remainder"}
    assert (found.n, found.failed) == (FEW, 0)
    assert abs(found.shares[0].mean) > 0.2 * abs(found.total.mean)


def test_unknown_names_are_refused_with_the_nearest(small_run: StudyRun, facts: Facts) -> None:
    with pytest.raises(StudyError, match=r"unknown package.*tallks(.|\n)*unknown outcome.*use_riks"):
        explain_run(small_run, facts, "tallks", "use_riks", FEW)
    with pytest.raises(StudyError, match="unknown lens"):
        explain_package(SMALL, "talks", futures=2, lens="no_such_lens")


@pytest.mark.slow
def test_the_command_prints_parts_that_add_up_and_draws_them(tmp_path: Path) -> None:
    args = ["why", SMALL, "--package", "both", "--futures", str(FEW), "--json", "--svg", "why.svg"]
    done = subprocess.run(
        [sys.executable, "-m", "stepdown", *args], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert sum(s["mean"] for s in told["shares"]) == pytest.approx(told["total"]["mean"], abs=1e-9)
    assert set(told["labels"]["mechanisms"]) == {s["mechanism"] for s in told["shares"]}
    assert (tmp_path / "why.svg").read_text(encoding="utf-8").startswith("<svg")
