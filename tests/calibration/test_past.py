"""The record as it stood: nothing from later is left, everything a run needs is there."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from stepdown.assumptions import build_world, sample_futures
from stepdown.contracts.facts import Arsenal, Doctrine, Guarantee, ModelInput, PastWorld
from stepdown.contracts.facts.amounts import Quantiles
from stepdown.contracts.facts.as_of import newest_doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.study.backcast.observed import observations, role_change
from stepdown.study.backcast.past import past_facts
from stepdown.study.backcast.replay import with_tension
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import LENSES


@pytest.fixture(scope="module")
def then(facts: Facts) -> Facts:
    return past_facts(facts, facts.get(PastWorld, "past.2014-2024"))


def test_nothing_later_than_the_start_is_left(then: Facts) -> None:
    start = date(2014, 1, 1)
    assert all(earliest(d.valid_from) <= start for d in then.all(Doctrine))
    assert all(g.valid_from is None or earliest(g.valid_from) <= start for g in then.all(Guarantee))
    assert {a.as_of for a in then.all(Arsenal)} == {"2014"}
    russian = newest_doctrine(then, "RUS")
    assert russian is not None
    assert russian.id == "doc.RUS.2010-02-05"


def test_growth_is_what_was_known_then(facts: Facts, then: Facts) -> None:
    cells = then.get(ModelInput, "input.trend_S").cells
    assert cells is not None
    china = cells["CHN"]
    assert isinstance(china, Quantiles)
    today = facts.get(ModelInput, "input.trend_S").cells
    assert today is not None
    # China's growth took off after 2014: hindsight would more than double this.
    assert 0 < china.q[0.5] < 0.02 < today["CHN"].q[0.5]  # type: ignore[union-attr]


def test_the_past_can_be_drawn_and_differs_only_where_it_should(facts: Facts, then: Facts) -> None:
    world = build_world(then)
    drawn = sample_futures(then, world, 10, 1, LENSES)
    now = sample_futures(facts, build_world(facts), 10, 1, LENSES)
    theatre = world.theatres.index("euro_atlantic")
    assert np.all(drawn.symbols["tau0"][theatre] < now.symbols["tau0"][theatre])
    assert np.array_equal(drawn.symbols["lam"], now.symbols["lam"])
    assert drawn.symbols["warheads"][world.armed.index("USA")][0] == 4717


def test_the_world_of_1985_holds_its_own(facts: Facts) -> None:
    past = facts.get(PastWorld, "past.1985-1992")
    then = past_facts(facts, past)
    world = build_world(then)
    assert world.armed == ("USA", "RUS", "GBR", "FRA")
    assert world.theatres == ("euro_atlantic",)
    soviet = newest_doctrine(then, "RUS")
    assert soviet is not None
    assert soviet.roles["deter_conventional_self"].code == "N"
    drawn = sample_futures(then, world, 10, 1, LENSES)
    assert drawn.symbols["warheads"][1][0] == 38582


def test_observed_directions_follow_from_the_record(facts: Facts) -> None:
    past = facts.get(PastWorld, "past.2014-2024")
    seen = {(o.indicator, o.subject): o for o in observations(facts, past, build_world(facts))}
    assert seen["tension", "euro_atlantic"].observed == "up"
    assert seen["warheads", "USA"].observed == "down"
    assert seen["warheads", "CHN"].observed == "up"
    assert seen["roles", "RUS"].observed == "up"
    assert seen["roles", "CHN"].observed == "flat"
    assert seen["warheads", "PRK"].why_not is not None
    assert seen["perception_gap", "all"].why_not is not None


def test_what_others_say_of_a_state_is_no_change_of_its_words(facts: Facts) -> None:
    old, new = (facts.get(Doctrine, f"doc.CHN.{day}") for day in ("2006-12-29", "2024-07-23"))
    assert role_change(old, new) == 0
    old, new = (facts.get(Doctrine, f"doc.USA.{day}") for day in ("2013-06-19", "2022-10-27"))
    assert role_change(old, new) == pytest.approx(0.2)


def test_given_tension_heads_where_it_was_seen(then: Facts) -> None:
    world = build_world(then)
    drawn = sample_futures(then, world, 10, 1, LENSES)
    levels = {"euro_atlantic": (0.35, 0.55), "korea": (0.5, 0.5)}
    trend = with_tension(drawn, world, levels, 10).symbols["tau_trend"]
    years = drawn.symbols["T_trend"]
    reached = trend[0] * years * (1 - np.exp(-10 / years))
    wanted = np.log(0.55 / 0.45) - np.log(0.35 / 0.65)
    assert reached == pytest.approx(np.full(10, wanted), rel=1e-9)
    assert np.all(trend[world.theatres.index("korea")] == 0)
