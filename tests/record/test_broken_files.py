"""Each broken file names its defect, its line and what is allowed; the record as a whole is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from stepdown.record import check_record, data_folder, load_record
from stepdown.vocabulary.errors import RecordError

HERE = Path(__file__).parent
TODAY = date(2026, 1, 1)
BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def record_with(broken: Path | None, folder: Path) -> Path:
    """The small valid record of `mini/`, and one broken file beside it."""
    shutil.copytree(HERE / "mini", folder)
    if broken is not None:
        shutil.copy(broken, folder / "zz_broken.yaml")
    return folder


def expectations(path: Path) -> tuple[int, list[str]]:
    """`# line:` and `# expect:` comments at the head of a broken file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = [line.split(":", 1)[1].strip() for line in lines if line.startswith("# expect:")]
    return int(lines[0].removeprefix("# line:")), wanted


def test_the_small_record_is_valid(tmp_path: Path) -> None:
    problems, facts = check_record(record_with(None, tmp_path / "data"), TODAY)
    assert problems == []
    assert len(facts) == 8


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.stem)
def test_broken_file_is_explained(path: Path, tmp_path: Path) -> None:
    line, wanted = expectations(path)
    problems, _ = check_record(record_with(path, tmp_path / "data"), TODAY)
    ours = [p for p in problems if p.file == "zz_broken.yaml"]
    assert ours == problems, "a broken file must not make others look broken"
    matching = [p for p in ours if p.line == line and all(w in str(p) for w in wanted)]
    assert matching, "\n".join(map(str, ours))
    assert len(ours) <= 2


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    folder = record_with(None, tmp_path / "data")
    for name in ("wrong_unit", "unknown_id", "duplicate_key"):
        text = (HERE / "broken" / f"{name}.yaml").read_text(encoding="utf-8")
        (folder / f"zz_{name}.yaml").write_text(text.replace("obs.one", f"obs.{name}"), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_record(folder, TODAY)
    assert {p.file for p in caught.value.problems} == {
        "zz_wrong_unit.yaml",
        "zz_unknown_id.yaml",
        "zz_duplicate_key.yaml",
    }


def test_command_ends_with_code_2_and_says_why(tmp_path: Path) -> None:
    folder = record_with(HERE / "broken" / "wrong_unit.yaml", tmp_path / "data")
    command = [sys.executable, "-m", "stepdown", "record"]
    for verb in (["check"], ["show", "roles"]):
        done = subprocess.run(
            [*command, *verb, "--data", str(folder)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert "zz_broken.yaml:" in done.stderr
        assert "did you mean warhead?" in done.stderr


def test_an_empty_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no data files"):
        load_record(tmp_path, TODAY)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("inputs/hazards.yaml", "the model needs this input, but no record gives it"),
        ("lenses/lenses.yaml", "no record gives this lens"),
        ("arsenals/PRK.yaml", "has no stockpile on record"),
    ],
)
def test_a_record_the_model_cannot_run_on_is_refused(file: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    (folder / file).unlink()
    problems, _ = check_record(folder)
    assert message in "\n".join(map(str, problems))
