"""One small run of a shipped pathway, shared by the tests that look at it."""

from __future__ import annotations

import jax
import pytest

from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import Pathway
from stepdown.contracts.world import World
from stepdown.study.pathways import PathwayRun, find_pathway, load_pathway, run_pathway, set_up


@pytest.fixture(scope="session", autouse=True)
def compile_cache(pytestconfig: pytest.Config) -> None:
    """Compiling costs far more than running here."""
    jax.config.update("jax_compilation_cache_dir", str(pytestconfig.cache.mkdir("jax")))


@pytest.fixture(scope="session")
def euro(facts: Facts, world: World) -> Pathway:
    return load_pathway(find_pathway("euro-atlantic-sole-purpose"), facts, world)


@pytest.fixture(scope="session")
def euro_run(euro: Pathway, facts: Facts) -> PathwayRun:
    return run_pathway(set_up(euro, facts, 60, 3))
