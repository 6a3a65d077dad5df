"""`stepdown assess` as a user types it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stepdown.cli import main


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def typed(*args: str) -> Done:
        monkeypatch.setattr("sys.argv", ["stepdown", "assess", *args])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return typed


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("roles", "--state", "USB"), "Did you mean"),
        (("roles", "--as-of", "soon"), "soon"),
        (("roles", "--since", "2030", "--as-of", "2020", "--record-only"), "must lie before"),
        (("substitution", "--state", "USA", "--lens", "spirals"), "Did you mean spiral_model?"),
        (("reduction", "--state", "USA", "--futures", "12"), "30 or more"),
        (("risk-reduction", "--theatre", "corea"), "Did you mean korea?"),
        (("utility", "--out", "taken"), "holds something else than an assessment"),
    ],
)
def test_nonsense_ends_with_code_2_and_says_what_is_allowed(
    args: tuple[str, ...], message: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = run(*args)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize(
    ("args", "en", "ja"),
    [
        (("roles", "--state", "JPN", "--record-only"), "holds no nuclear weapons", "核兵器を保有せず"),
        (("roles", "--state", "USA", "--as-of", "1940", "--record-only"), "2010-04-06", "2010-04-06"),
        (("substitution", "--state", "JPN"), "--state USA --ally JPN", "--state USA --ally JPN"),
        (("alliance", "--ally", "IRN"), "no guarantee to it is on record", "保証は記録にない"),
        (("risk-reduction", "--state", "BRA"), "no party to a rivalry", "競合の当事国でなく"),
        (("alliance", "--ally", "TWN"), "without a nuclear guarantee", "核の保証なし"),
    ],
)
def test_a_meaningful_question_without_an_answer_says_what_is_known(
    args: tuple[str, ...], en: str, ja: str, run: Run
) -> None:
    for lang, words in (("en", en), ("ja", ja)):
        done = run(*args, "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert words in done.stdout


def test_an_ally_alone_is_asked_of_its_guarantors(run: Run) -> None:
    done = run("substitution", "--ally", "TWN")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Taiwan holds no nuclear weapons") == 1
    assert "has no nuclear guarantee to" not in done.stdout


def test_files_of_an_assessment(run: Run, tmp_path: Path) -> None:
    done = run("utility", "--out", "out", "--json")
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    assert content == json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))
    with (tmp_path / "out" / "utility.tally.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = pq.read_table(tmp_path / "out" / "utility.tally.parquet").to_pylist()
    assert len(rows) == len(table) == len(content["findings"]["tally"])
    assert float(rows[0]["share"]) == table[0]["share"]
    assert rows[0]["origin"].split()[0].startswith("out.")
    again = run("utility", "--out", "out")
    assert again.returncode == 0, again.stderr
    assert "brief.ja.html" in again.stdout


def test_utility_before_the_record_says_from_when_it_runs(run: Run) -> None:
    done = run("utility", "--as-of", "1940")
    assert done.returncode == 0, done.stderr
    assert "from 1950 to 2025" in done.stdout


def test_groups_stand_over_their_rows_and_no_state_is_repeated(run: Run) -> None:
    done = run("roles", "--state", "USA", "--state", "CHN", "--record-only")
    assert done.returncode == 0, done.stderr
    _, _, coded = done.stdout.partition("Roles as coded")
    table = coded.partition("[")[0]
    assert table.count("United States") == table.count("China") == 1
    assert "earlier" not in table
    since = run("roles", "--state", "USA", "--record-only", "--since", "2012-01-01")
    assert "earlier" in since.stdout


def test_what_the_record_answers_needs_no_compiler() -> None:
    """A process that asks the record alone does not import JAX, which takes longer than the answer."""
    asked = "import sys; sys.argv = ['stepdown', 'assess', 'utility', '--state', 'PAK']\n"
    asked += "from stepdown.cli import main\n"
    asked += "try: main()\nexcept SystemExit: print('jax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("False"), done.stderr
