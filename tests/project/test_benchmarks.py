"""`make bench` runs every benchmark as a module: each can be imported and has something to run."""

from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("[!_]*.py")))
def test_benchmark_can_be_run(name: str) -> None:
    assert callable(import_module(f"benchmarks.{name}").main)
