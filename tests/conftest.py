"""The shipped record, loaded once."""

from __future__ import annotations

import pytest

from stepdown.assumptions import build_world
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.record import load_record


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_record()


@pytest.fixture(scope="session")
def world(facts: Facts) -> World:
    return build_world(facts)
