"""`stepdown model calibrate` and `stepdown model backcast` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner, Result

from stepdown.assumptions.calibrated import read_ensemble, shipped_ensemble
from stepdown.cli import app
from stepdown.study import backcast, calibrate
from stepdown.vocabulary.errors import UnknownNameError


def model(*args: str) -> Result:
    """The command in this process, so that the kernel is compiled once."""
    return CliRunner().invoke(app, ["model", *args])


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_small_calibration_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    size = ("--futures", "100", "--seed", "11")
    plain = model("calibrate", *size, "--json")
    told = model("calibrate", *size, "--lang", "ja", "--out", "other")
    assert plain.exit_code == told.exit_code == 0, plain.stderr + told.stderr
    found = json.loads(plain.stdout)
    assert found["ensemble"]["size"] == 1000
    assert all(p["within"] for p in found["policies"])
    assert {p["id"] for p in found["policies"]} == {p["target"] for p in found["held_out"]}
    assert "数えた事象" in (tmp_path / "other" / "calibrated-1.ja.md").read_text(encoding="utf-8")
    assert "危機時の通信網" in told.stdout
    for name in ("calibrated-1.csv", "calibrated-1.json", "calibrated-1.en.md", "calibrated-1.ja.md"):
        first, second = (tmp_path / folder / name for folder in ("out/calibration", "other"))
        assert first.read_bytes() == second.read_bytes(), name


@pytest.mark.slow
def test_a_rebuild_gives_the_ensemble_that_ships(tmp_path: Path) -> None:
    """The same futures and constraints, and weights that differ by rounding at most."""
    done = model("calibrate", "--out", "again")
    assert done.exit_code == 0, done.stderr
    again, shipped = read_ensemble(tmp_path / "again" / "calibrated-1.csv"), shipped_ensemble()
    assert np.array_equal(again.future, shipped.future)
    assert again.constraints == shipped.constraints
    assert again.inputs == shipped.inputs
    np.testing.assert_allclose(again.weight, shipped.weight, rtol=0.02, atol=1e-6)


def test_counted_evidence_moves_rates_the_way_it_points() -> None:
    done = model("calibrate", "--futures", "100", "--half-life", "20", "--json")
    assert done.exit_code == 0, done.stderr
    rates = {r["id"]: r for r in json.loads(done.stdout)["rates"]}
    no_use = rates["count.no_use"]
    assert no_use["used"]["exposure"] == pytest.approx(27, abs=0.5)
    alike = next(o for o in no_use["others"] if o["name"] == "all_years_alike")
    assert alike["posterior"]["median"] < no_use["used"]["posterior"]["median"] < no_use["prior"]["median"]


def test_a_replay_counts_hits_misses_and_what_cannot_be_compared() -> None:
    args = ("backcast", "--period", "1985-1992", "--futures", "20")
    plain, shown = model(*args, "--json"), model(*args, "--lang", "ja")
    assert plain.exit_code == shown.exit_code == 0, plain.stderr + shown.stderr
    found = json.loads(plain.stdout)
    free, given, told = found["replays"]
    assert [r["mode"] for r in found["replays"]] == ["free", "tension_given", "measures_told"]
    for replay in found["replays"]:
        verdicts = [i["verdict"] for i in replay["indicators"]]
        assert replay["hits"] == verdicts.count("hit")
        assert replay["misses"] == verdicts.count("miss")
        assert verdicts.count("not_possible") == 1
        assert set(replay["benchmarks"]) == {"coin", "nothing_changes", "trend_continues"}
        counted = [i for i in replay["indicators"] if i["verdict"] in ("hit", "miss", "unclear")]
        apart = [i["verdict"] for i in counted if not i["told_directly"]]
        assert replay["not_told_directly"]["hits"] == apart.count("hit")
        assert replay["not_told_directly"]["misses"] == apart.count("miss")
    assert found["misses"] == sum(r["misses"] for r in found["replays"]) > 0
    assert not any(i.get("told_directly") for r in (free, given) for i in r["indicators"])
    direct = [(i["indicator"], i["subject"]) for i in told["indicators"] if i.get("told_directly")]
    assert ("prompt_launch", "RUS") in direct
    assert ("roles", "RUS") not in direct
    assert {s["precedent"] for s in told["told"]} >= {"X_inf", "X_pni", "X_start1"}
    assert {s["precedent"] for s in told["not_told"]} == {"X_opensk", "X_gulf91"}
    assert [i["verdict"] for i in given["indicators"] if i["indicator"] == "tension"] == ["given"]
    soviet = next(i for i in free["indicators"] if (i["indicator"], i["subject"]) == ("warheads", "RUS"))
    assert (soviet["observed"], soviet["before"], soviet["records"]) == ("down", "up", ["ser.RUS"])
    assert soviet["sources"] == ["src.owid26"]
    assert "まだ比較できない" in shown.stdout
    assert "何も変わらない" in shown.stdout
    assert "与えなかったもの" in shown.stdout


def test_an_unknown_period_is_named() -> None:
    done = model("backcast", "--period", "1962")
    assert isinstance(done.exception, UnknownNameError)
    assert "2014-2024" in str(done.exception)


@pytest.mark.parametrize("room", [calibrate, backcast])
def test_words_stand_in_both_languages_with_the_same_placeholders(room: object) -> None:
    path = Path(str(room.__file__)).parent / "words.yaml"  # type: ignore[attr-defined]
    words = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, entry in words.items():
        assert set(entry) == {"en", "ja"}, key
        marks = [sorted(part.split("}")[0] for part in entry[lang].split("{")[1:]) for lang in ("en", "ja")]
        assert marks[0] == marks[1], key
