"""The reference problems hold, are sourced, and would be missed if an answer were wrong."""

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

import stepdown.games
from stepdown.cli import app
from stepdown.contracts.facts import Source
from stepdown.games import Problem, check, problems
from stepdown.games.check import agrees, answer
from stepdown.games.solve import SOLVERS
from stepdown.record import load_record

ROOT = Path(__file__).parents[2]
PUBLIC_CHECKS = {1, 2, 3, 6, 8, 9, 11, 12, 13, 16, 17, 19, 21, 22, 24, 26, 27, 29, 31, 33, 34}


@pytest.mark.parametrize("problem", problems(), ids=lambda p: p.id)
def test_the_answer_is_the_expected_one(problem: Problem) -> None:
    found = answer(problem)
    assert found.passed, f"found {dict(found.found)}, expected {problem.expected}"


@pytest.mark.parametrize("problem", problems(), ids=lambda p: p.id)
def test_a_wrong_answer_would_be_missed(problem: Problem) -> None:
    found = dict(answer(problem).found)
    for key, value in found.items():
        changed = not value if isinstance(value, bool) else value + ("?" if isinstance(value, str) else 2e-9)
        assert not agrees({**found, key: changed}, problem.expected, problem.tolerance), key
        assert not agrees({k: v for k, v in found.items() if k != key}, problem.expected, problem.tolerance)


def test_every_public_check_is_a_problem_and_every_question_is_asked() -> None:
    assert {p.check for p in problems()} - {None} == PUBLIC_CHECKS
    assert {p.question for p in problems()} == SOLVERS.keys()
    assert max(p.tolerance for p in problems()) <= 1e-9


def test_every_source_is_in_the_record() -> None:
    sources = {source.id for source in load_record().all(Source)}
    assert {p.source for p in problems()} <= sources


def test_every_game_has_its_derivation_and_names_a_reference() -> None:
    written = (ROOT / "docs" / "derivations" / "games.md").read_text(encoding="utf-8")
    folder = Path(stepdown.games.__file__).parent
    games = sorted({p.stem for p in folder.glob("*.py")} - {"__init__", "check", "solve"})
    assert len(games) >= 13
    for game in games:
        assert f"`{game}`" in written, game
        tree = ast.parse((folder / f"{game}.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), game


def test_problems_refuse_what_they_do_not_know() -> None:
    entry = problems()[0].model_dump()
    with pytest.raises(ValidationError, match="published"):
        Problem.model_validate({**entry, "origin": "heard"})
    with pytest.raises(ValidationError, match="pages"):
        Problem.model_validate({**entry, "pages": "1-2"})
    with pytest.raises(KeyError, match="unheard"):
        answer(problems()[0].model_copy(update={"question": "unheard"}))


def stepdown_model_check(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stepdown", "model", "check", *options],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_lists_each_problem_as_json() -> None:
    done = stepdown_model_check("--json", "--only", "games")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert (shown["passed"], shown["of"]) == (len(problems()), len(problems()))
    for entry, found in zip(shown["problems"], check(), strict=True):
        assert entry["id"] == found.problem.id
        assert entry["expected"] == found.problem.expected
        assert entry["found"] == dict(found.found)
        assert entry["tolerance"] == found.problem.tolerance
        assert entry["pass"] is True
        assert entry["source"] == found.problem.source


@pytest.mark.parametrize(("lang", "words"), [("en", "pass"), ("ja", "合格")])
def test_the_command_prints_a_table(lang: str, words: str) -> None:
    done = stepdown_model_check("--lang", lang, "--only", "games")
    assert done.returncode == 0, done.stderr
    assert words in done.stdout.splitlines()[-1]


def test_the_command_fails_when_an_answer_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = problems()[0].model_copy(update={"expected": {"value": "1/2"}})
    monkeypatch.setattr(import_module("stepdown.games.check"), "problems", lambda: (wrong,))
    done = CliRunner().invoke(app, ["model", "check", "--only", "games"])
    assert done.exit_code == 1
    assert "NO" in done.output
    assert "0 of 1" in done.output
