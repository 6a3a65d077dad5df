"""Few failed futures are told and kept; more than one in a hundred stop the run and leave their inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from stepdown.cli import main
from stepdown.contracts.assumptions import Assumptions
from stepdown.study import run as study_run
from stepdown.study.failed import FailedFuturesError, refuse_failed, too_many
from stepdown.study.run import StudyRun

SMALL = str(Path(__file__).parent / "small.yaml")


def _with_failures(run: StudyRun, failed: dict[int, int]) -> StudyRun:
    codes = {p: code.copy() for p, code in run.ensemble.codes.items()}
    for future, code in failed.items():
        codes["both"][future] = code
    return replace(run, ensemble=replace(run.ensemble, codes=codes))


def test_one_in_a_hundred_is_the_limit() -> None:
    assert not too_many(10, 1000)
    assert too_many(11, 1000)
    assert not too_many(0, 5)
    assert too_many(1, 64)


def test_a_healthy_run_passes_and_leaves_nothing(small_run: StudyRun, tmp_path: Path) -> None:
    refuse_failed(small_run, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_too_many_failures_name_count_codes_and_a_file_with_inputs(
    small_run: StudyRun, tmp_path: Path
) -> None:
    broken = _with_failures(small_run, {3: 1, 9: 5, 11: 5})
    with pytest.raises(FailedFuturesError) as caught:
        refuse_failed(broken, tmp_path / "deep" / "out")
    told = str(caught.value)
    assert "3 of 64 futures failed (4.7 %)" in told
    assert "EXPLOSIVE 2, NON_FINITE 1" in told
    assert "First futures: 3, 9, 11" in told
    path = tmp_path / "deep" / "out.failed-futures.json"
    assert str(path) in told
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert [f["future"] for f in kept["first"]] == [3, 9, 11]
    inputs = kept["first"][1]["inputs"]
    name, value = next(iter(inputs.items()))
    coordinate = next(c for c in small_run.coordinates if c.name == name)
    assert value == pytest.approx(coordinate.values[9])


def test_the_command_ends_with_exit_code_two_and_the_ensemble_had_gone_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A prior of one input that gives no number in two futures of sixty-four."""
    sample = study_run.sample_futures

    def broken(*args: object, **options: object) -> Assumptions:
        drawn = sample(*args, **options)  # type: ignore[arg-type]
        values = drawn.symbols["T_tau"].copy()
        values[[5, 40]] = np.nan
        return replace(drawn, symbols={**drawn.symbols, "T_tau": values})

    monkeypatch.setattr(study_run, "sample_futures", broken)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["stepdown", "run", SMALL, "--futures", "64", "--out", "runs/bad"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "2 of 64 futures failed" in told
    assert "BAD_INPUT 2" in told
    assert not (tmp_path / "runs" / "bad").exists()
    kept = json.loads((tmp_path / "runs" / "bad.failed-futures.json").read_text(encoding="utf-8"))
    assert [f["future"] for f in kept["first"]] == [5, 40]
    assert set(kept["first"][0]["codes"].values()) == {"BAD_INPUT"}
