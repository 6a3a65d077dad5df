"""Steps of the model from effect records: groupings expanded, draws shared between packages."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.assumptions import Planned, documented_programmes, steps_of
from stepdown.assumptions.steps import expand
from stepdown.contracts.facts import Effect, Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import Program
from stepdown.contracts.world import World


def test_groupings_become_actors_of_the_model(facts: Facts, world: World) -> None:
    assert expand(facts, world, ["nuclear_armed"]) == world.armed
    assert expand(facts, world, ["P5"]) == ("USA", "RUS", "GBR", "FRA", "CHN")
    assert expand(facts, world, ["NATO_other"]) == ("NATO_other",)
    assert expand(facts, world, ["EST", "DEU"]) == ("DEU", "NATO_other")
    assert expand(facts, world, ["all_states"]) == world.actors
    assert expand(facts, world, ["non_nuclear"]) == tuple(a for a in world.actors if a not in world.armed)


def test_some_actor_of_the_model_stands_behind_every_measure(facts: Facts, world: World) -> None:
    assert [m.id for m in facts.all(Measure) if not expand(facts, world, m.actors)] == []


def test_same_measure_same_draw_in_every_package(facts: Facts, world: World) -> None:
    alone = [Planned("M49", ("USA", "RUS"), 2028, 1.0, "reciprocal")]
    beside = [Planned("M15", ("USA",), 2030, 0.5, "unilateral"), *alone]
    (first,), _ = steps_of(facts, world, alone, 2026, 50, 9)
    (_, second), coordinates = steps_of(facts, world, beside, 2026, 50, 9)
    assert first.start == second.start == 2
    for a, b in zip(first.effects, second.effects, strict=True):
        assert np.array_equal(a.strength, b.strength)
    assert len({c.name for c in coordinates}) == len(coordinates)


@pytest.mark.parametrize("share", [0.25, 1.0])
def test_strength_scales_with_the_slider(facts: Facts, world: World, share: float) -> None:
    (full,), _ = steps_of(facts, world, [Planned("M49", ("USA",), 2028, 1.0, "unilateral")], 2026, 20, 1)
    (part,), _ = steps_of(facts, world, [Planned("M49", ("USA",), 2028, share, "unilateral")], 2026, 20, 1)
    assert np.allclose(part.effects[0].strength, share * np.asarray(full.effects[0].strength))
    assert np.allclose(part.political_cost, share * np.asarray(full.political_cost))


def test_every_measure_builds(facts: Facts, world: World) -> None:
    plan = [Planned(e.measure, ("USA", "RUS", "JPN"), 2030, 1.0, "unilateral") for e in facts.all(Effect)]
    steps, _ = steps_of(facts, world, plan, 2026, 4, 1)
    program = Program.build(world, steps)
    assert len(program.measures) == 66


def test_programmes_are_fielded_in_the_model(facts: Facts, world: World) -> None:
    drivers, coordinates = documented_programmes(facts, world, 2026, 30, 1)
    assert {"JPN", "AUS", "KOR", "POL"} <= {d.actor for d in drivers}
    assert all(np.min(d.fielded) >= 0 and np.max(d.strength) <= 0.98 for d in drivers)
    assert all(np.ptp(c.values) > 0 for c in coordinates)
