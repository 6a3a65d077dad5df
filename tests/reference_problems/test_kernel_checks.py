"""Public checks of the kernel: every row of the list is solved by `stepdown model check`."""

from __future__ import annotations

import json
from importlib import import_module

import numpy as np
import pytest
from typer.testing import CliRunner

from stepdown.cli import app
from stepdown.contracts.facts import Source
from stepdown.contracts.facts.facts import Facts
from stepdown.games import problems
from stepdown.games.check import Answer, agrees
from stepdown.study.known.kernel import SOLVERS, kernel_answers, kernel_problems

# Rows of the list of public checks; 27 shares a row with 26, and 38 compiles for a minute and runs in
# tests/simulation/test_gradients.py and tests/experiments/test_gradients.py.
ROWS = {
    1,
    2,
    3,
    6,
    8,
    9,
    11,
    12,
    13,
    16,
    17,
    19,
    21,
    22,
    24,
    26,
    27,
    29,
    31,
    33,
    34,
    35,
    36,
    39,
    40,
    43,
    46,
    53,
}
kernel = import_module("stepdown.study.known.kernel")


@pytest.fixture(scope="module")
def answers() -> tuple[Answer, ...]:
    return kernel_answers()


def test_every_row_of_the_list_is_solved() -> None:
    assert {p.check for p in (*problems(), *kernel_problems())} - {None} == ROWS
    assert {p.question for p in kernel_problems()} == SOLVERS.keys()
    assert len({p.id for p in (*problems(), *kernel_problems())}) == len(problems()) + len(kernel_problems())


def test_every_answer_is_the_expected_one(answers: tuple[Answer, ...], facts: Facts) -> None:
    sources = {source.id for source in facts.all(Source)}
    for a in answers:
        assert a.passed, (a.problem.id, a.found, a.problem.expected)
        assert a.problem.source in sources


def test_a_wrong_answer_would_be_missed(answers: tuple[Answer, ...]) -> None:
    for a in answers:
        for key, value in a.found.items():
            changed = not value if isinstance(value, bool) else float(value) + 2 * a.problem.tolerance + 1e-9
            found = {**a.found, key: changed}
            assert not agrees(found, a.problem.expected, a.problem.tolerance), (a.problem.id, key)


def test_a_broken_kernel_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tension that drifts by itself, and a guarantor whose cut assures, must not pass."""
    run = kernel.run_in_numpy

    def drifting(*args: object, **options: object) -> dict[str, np.ndarray]:
        found = dict(run(*args, **options))
        return {n: x + 1e-6 * np.arange(len(x)).reshape(-1, *[1] * (x.ndim - 1)) for n, x in found.items()}

    monkeypatch.setattr(kernel, "run_in_numpy", drifting)
    still = next(p for p in kernel_problems() if p.question == "still")
    assert not agrees(SOLVERS["still"](), still.expected, still.tolerance)


def test_the_command_shows_closed_forms_and_kernel(
    answers: tuple[Answer, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = import_module("stepdown.study.known")
    monkeypatch.setattr(known, "kernel_answers", lambda: answers)
    done = CliRunner().invoke(app, ["model", "check", "--json"])
    assert done.exit_code == 0, done.output
    shown = json.loads(done.stdout)
    assert shown["passed"] == shown["of"] == len(problems()) + len(answers)
    assert {p["check"] for p in shown["problems"]} - {None} == ROWS
    assert [n["check"] for n in shown["not_run"]] == [38]
    for entry in shown["problems"]:
        assert {"expected", "found", "tolerance", "pass", "source"} <= entry.keys()
    told = CliRunner().invoke(app, ["model", "check", "--only", "kernel", "--lang", "ja"])
    assert told.exit_code == 0, told.output
    assert "検査38" in told.output
    wrong = answers[0].problem.model_copy(update={"id": "wrong"})
    monkeypatch.setattr(known, "kernel_answers", lambda: (Answer(wrong, answers[0].found, False),))
    assert CliRunner().invoke(app, ["model", "check", "--only", "kernel"]).exit_code == 1
