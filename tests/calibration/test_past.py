"""The record as it stood: nothing from later is left, everything a run needs is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from stepdown.assumptions import build_world, sample_futures
from stepdown.contracts.calibrated import ChosenFutures
from stepdown.contracts.facts import (
    Arsenal,
    Doctrine,
    Guarantee,
    Measure,
    ModelInput,
    PastWorld,
    Precedent,
)
from stepdown.contracts.facts.amounts import Quantiles
from stepdown.contracts.facts.as_of import newest_doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.study.backcast.observed import observations, role_change
from stepdown.study.backcast.past import past_facts
from stepdown.study.backcast.told import acts_directly, past_steps, told_steps, with_tension
from stepdown.vocabulary.dates import earliest, latest
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


def test_given_tension_reaches_what_was_seen(then: Facts) -> None:
    """Without other mechanisms tension ends where it was seen, unless the admissible drift is used up."""
    world = build_world(then)
    drawn = sample_futures(then, world, 40, 1, LENSES)
    levels = {"euro_atlantic": (0.35, 0.45), "korea": (0.5, 0.5), "west_pacific": (0.5, 0.4)}
    told = with_tension(drawn, world, levels, 11).symbols
    for theatre, (start, end) in levels.items():
        i = world.theatres.index(theatre)
        reached = _relaxed(told, i, 11)
        odds = end / (1 - end) / (start / (1 - start)) * told["tau0"][i] / (1 - told["tau0"][i])
        free = np.abs(told["tau_trend"][i]) < 0.299
        assert reached[free] == pytest.approx((odds / (1 + odds))[free], abs=2e-3)
        assert free.mean() > 0.5
    assert np.all(told["tau_trend"][world.theatres.index("korea")] == 0)


def _relaxed(symbols: Mapping[str, np.ndarray], i: int, years: int) -> np.ndarray:
    """Euler's method with tiny steps, as an independent check."""
    tau, dt = symbols["tau0"][i].copy(), 0.01
    for t in np.arange(0, years, dt):
        shift = symbols["tau_trend"][i] * symbols["T_trend"] * (1 - np.exp(-t / symbols["T_trend"]))
        odds = symbols["tau0"][i] / (1 - symbols["tau0"][i]) * np.exp(shift)
        tau += dt * (odds / (1 + odds) - tau) / symbols["T_tau"]
    return tau


@pytest.mark.parametrize("period", ["1985-1992", "2014-2024"])
def test_every_act_of_a_period_is_told_or_says_why_not(facts: Facts, period: str) -> None:
    """The list is complete by rule: each precedent within the period with a party in the replayed world."""
    past = facts.get(PastWorld, f"past.{period}")
    then = past_facts(facts, past)
    world = build_world(then)
    inside = {"multilateral", "NATO", "P5", "G20", "essi", "SUN", *world.actors}
    due = {
        p.id
        for p in facts.all(Precedent)
        if past.start <= p.date and latest(p.date) <= latest(past.end) and inside & set(p.parties)
    }
    records = past_steps(facts, past)
    assert {s.precedent for s in records} == due
    assert len(records) == len(due)
    for record in records:
        named = {m.id for m in facts.all(Measure) if record.precedent in m.precedents}
        assert {p.measure for p in record.parts} <= named, record.id


def test_told_measures_are_in_force_and_leave_tension_alone(facts: Facts) -> None:
    past = facts.get(PastWorld, "past.1985-1992")
    then = past_facts(facts, past)
    world = build_world(then)
    steps, records = told_steps(then, world, past, ChosenFutures(20, 1))
    assert len(steps) == len(records) >= 10
    assert {s.gate for s in steps} == {"none"}
    assert "detente" not in {e.lever for s in steps for e in s.effects}
    assert all(s.participants for s in steps)
    channels = next(s for s in steps if s.measure == "M49")
    assert float(np.max(channels.start)) == pytest.approx(2.70, abs=0.01)
    apart = next(s for s in steps if s.measure == "M54")
    assert {e.lever for e in apart.effects} == {"crisis_communication"}
    assert acts_directly(steps, "prompt_launch", "RUS")
    assert not acts_directly(steps, "prompt_launch", "FRA")
    assert not acts_directly(steps, "roles", "RUS")
