"""The shipped record, loaded once; compiled kernels shared between test files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stepdown.assumptions import build_world
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.record import load_record

# Before jax is imported: test files that run the kernel in one shape compile it once.
os.environ.setdefault(
    "JAX_COMPILATION_CACHE_DIR", str(Path(__file__).parents[1] / ".pytest_cache" / "compiled")
)
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0.5")


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_record()


@pytest.fixture(scope="session")
def world(facts: Facts) -> World:
    return build_world(facts)
