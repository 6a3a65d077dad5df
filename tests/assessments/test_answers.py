"""The start as asked is the start of the kernel's own run; more of a capability never answers less."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.contracts.answers import Answers
from stepdown.contracts.world import ASSETS
from stepdown.experiments.answers import StartingPoint
from stepdown.study.assess.draw import Drawn


def test_adequacy_is_that_of_the_run_in_its_first_year(drawn: Drawn, now: Answers) -> None:
    run = drawn.baseline
    assert run.ok.all()
    np.testing.assert_allclose(now.adequacy, run["adequacy"][0], atol=2e-5)
    np.testing.assert_allclose(now.adequacy_without, run["adequacy_without"][0], atol=2e-5)
    np.testing.assert_allclose(now.fear, run["vulnerability"][0], atol=2e-5)


def test_filling_an_asset_raises_punishment_and_fear(start: StartingPoint, now: Answers) -> None:
    world = start.world
    raised = np.zeros((len(world.actors), len(ASSETS)))
    raised[world.actors.index("PAK"), ASSETS.index("long_range_strike")] = 0.8
    more = start.answers(raised=raised)
    assert (more.punishment >= now.punishment - 1e-6).all()
    relation = [r.id for r in world.relations].index("PAK>IND")
    assert (more.fear[relation] >= now.fear[relation] - 1e-6).all()
    assert (more.fear[relation] > now.fear[relation] + 1e-4).any()


def test_a_pledge_buys_back_fear_as_far_as_it_is_trusted(start: StartingPoint, now: Answers) -> None:
    pledge = np.zeros(len(start.world.actors))
    pledge[start.world.actors.index("USA")] = 0.9
    relation = [r.id for r in start.world.relations].index("USA>RUS")
    assert (start.answers(pledge=pledge).fear[relation] <= now.fear[relation] + 1e-6).all()


def test_inadmissible_inputs_are_refused(start: StartingPoint) -> None:
    with pytest.raises(ValueError, match="omega outside its admissible range"):
        start.answers(changed={"omega": np.full_like(start.assumptions.symbols["omega"], 1.5)})
