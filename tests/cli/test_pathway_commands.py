"""`stepdown pathway` from the outside: what it prints, in which language, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stepdown.cli import app, main
from stepdown.study.pathways import shipped_pathways

RUNNER = CliRunner()


@pytest.mark.parametrize(("lang", "words"), [("en", "The pathway is sound"), ("ja", "道筋に不備はない")])
def test_check_prints_steps_in_both_languages(lang: str, words: str) -> None:
    done = RUNNER.invoke(app, ["pathway", "check", "korea-assurance-crisis-communication", "--lang", lang])
    assert done.exit_code == 0, done.output
    assert words in done.output
    assert "2033" in done.output


def test_check_as_json_is_the_file() -> None:
    done = RUNNER.invoke(app, ["pathway", "check", "south-asia-risk-reduction", "--json"])
    told = json.loads(done.stdout)
    assert told["schema"] == "stepdown/pathway-1"
    assert len(told["steps"]) == 8


def test_every_verb_stands_in_the_help() -> None:
    done = RUNNER.invoke(app, ["pathway", "--help"])
    assert all(verb in done.output for verb in ("check", "run", "map", "explain", "search"))


def test_a_broken_pathway_ends_with_code_2_and_every_defect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shipped_pathways()["south-asia-risk-reduction"].read_text(encoding="utf-8")
    text = text.replace("indicator: tension", "indicator: mood").replace("{measure: M49,", "{measure: M490,")
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["stepdown", "pathway", "check", str(file)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "unknown indicator; found mood" in told
    assert "unknown measure; found M490" in told
