"""`stepdown run` as a user types it: same numbers whatever the threads, nothing lost, nothing half-done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = str(Path(__file__).parents[1] / "study" / "small.yaml")


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stepdown", "run", *args], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_same_numbers_twice_and_on_one_or_two_threads(tmp_path: Path) -> None:
    outputs = []
    for threads in ("1", "2"):
        done = run(SMALL, "--futures", "200", "--threads", threads, "--json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    summary = json.loads(outputs[0])
    assert summary["packages"] == ["talks", "both"]
    assert sorted(p.name for p in (tmp_path / "out" / "small").iterdir()) == [
        *("brief.en.html", "brief.ja.html", "effects.csv", "run-card.json", "summary.json")
    ]


def test_table_names_files_and_scope(tmp_path: Path) -> None:
    done = run(SMALL, "--futures", "16", "--lens", "spiral_model", "--lang", "ja", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "逆効果" in done.stdout
    assert "前提を探るものであり、予測ではない" in done.stdout
    assert "brief.ja.html" in done.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((SMALL, "--futures", "0"), "should be greater than or equal to 1"),
        ((SMALL, "--futures", "1"), "2 lenses need at least as many futures"),
        ((SMALL, "--lens", "spirals"), "Did you mean spiral_model?"),
        (("right-sizng",), "did you mean right-sizing?"),
        ((SMALL, "--out", "taken"), "holds something else than a run"),
        ((SMALL, "--out", "file.txt"), "this is no folder"),
        ((SMALL, "--out", "file.txt/below"), "no folder can be made here"),
    ],
)
def test_bad_input_leaves_everything_as_it_was(args: tuple[str, ...], message: str, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / "file.txt").write_text("more of it", encoding="utf-8")
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == [
        *("file.txt", "taken", "taken/thesis.txt")
    ]
