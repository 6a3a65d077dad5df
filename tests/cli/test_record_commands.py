"""`stepdown record` as a user types it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest


def stepdown(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stepdown", *args], capture_output=True, text=True, check=False
    )


def test_check_is_clean() -> None:
    done = stepdown("record", "check")
    assert done.returncode == 0, done.stderr
    assert "0 problems" in done.stdout


@pytest.mark.parametrize(("lang", "words"), [("en", "left open"), ("ja", "余地あり")])
def test_role_matrix_with_footnotes(lang: str, words: str) -> None:
    done = stepdown("record", "show", "roles", "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
    assert all(f"[{i}]" in done.stdout for i in range(1, 10))
    assert "src.ru24" in done.stdout


def test_json_carries_the_same_matrix() -> None:
    done = stepdown("record", "show", "roles", "--as-of", "2019", "--state", "USA", "--json")
    shown = json.loads(done.stdout)
    codes = {c["role"]: c["code"] for c in shown["matrix"]["cells"]}
    assert codes["nonnuclear_strategic_attack"] == "Y"
    assert shown["notes"][0]["document"]["en"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("record", "show", "program"), "Did you mean programmes?"),
        (("record", "show", "roles", "--state", "JAP"), "unknown actor 'JAP'"),
        (("record", "cite", "src.kyd_2005"), "Did you mean src.kydd_2005?"),
        (("record", "show", "roles", "--as-of", "2025-13"), "is not a date"),
        (("record", "show", "roles", "--lang", "fr"), "'fr' is not one of 'en', 'ja'"),
    ],
)
def test_bad_input_ends_with_code_2(args: tuple[str, ...], message: str) -> None:
    done = stepdown(*args)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def processor_seconds(command: list[str]) -> float:
    """Least of three runs, in processor time: a busy machine must not fail a test of our own work."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


HEAVY = {"jax", "numpy", "scipy", "pandas", "xarray", "sklearn", "fastapi", "distributed"}


def test_help_loads_nothing_heavy() -> None:
    """What `--help` costs is what it imports; unlike seconds, that is the same on a busy machine."""
    asked = "import sys; sys.argv = ['stepdown', '--help']; import runpy\n"
    asked += "try: runpy.run_module('stepdown', run_name='__main__')\n"
    asked += "except SystemExit: print('\\n' + ' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "typer" in loaded
    assert not loaded & HEAVY


@pytest.mark.slow
def test_help_is_quick() -> None:
    assert processor_seconds([sys.executable, "-m", "stepdown", "--help"]) < 0.5


@pytest.mark.slow
def test_record_is_checked_quickly() -> None:
    assert processor_seconds([sys.executable, "-m", "stepdown", "record", "check"]) < 2.0
