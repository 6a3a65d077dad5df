"""`stepdown record` as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from time import perf_counter

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


def test_help_is_quick() -> None:
    """Under half a second on an idle machine; the best of five tells the work from the noise."""
    times = []
    for _ in range(5):
        start = perf_counter()
        assert stepdown("--help").returncode == 0
        times.append(perf_counter() - start)
    assert min(times) < 0.5


def test_record_loads_quickly() -> None:
    script = (
        "from time import process_time as t; a = t(); from stepdown.record import load_record; "
        "load_record(); print(t() - a)"
    )
    times = [
        float(
            subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        )
        for _ in range(3)
    ]
    assert min(times) < 2.0
