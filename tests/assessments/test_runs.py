"""Questions that need runs: influence, reduction, alliance, risk reduction; one small draw for all."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from tests.assessments.conftest import FUTURES, Told

from stepdown.assessments.reduction import (
    Cut,
    Depth,
    at_depth,
    breaking_points,
    frontier,
    margins,
    steps,
)
from stepdown.assessments.risk_reduction import Arms, measure_values, portfolios
from stepdown.assumptions import Planned
from stepdown.contracts.assessments.alliance import Assured, Burden, LedgerEntry
from stepdown.contracts.assessments.reduction import Frontier, StepFinding
from stepdown.contracts.assessments.risk_reduction import Agreement, MeasureValue, Portfolio
from stepdown.contracts.assessments.roles import Influence
from stepdown.contracts.facts import Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import Program
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.reduction import ROLE_SETS, deal
from stepdown.study.assess.risk_reduction import portfolio
from stepdown.vocabulary.ids import LENSES


def test_a_build_up_frightens_the_rival_and_nobody_reacts_to_nothing(told: Told) -> None:
    influences = [f for f in told["roles"][1] if isinstance(f, Influence)]
    fear = {(i.act, i.reactor): i for i in influences if i.channel == "disarming_fear"}
    assert fear["build_up", "IND"].change.median > 0
    assert fear["build_up", "FRA"].reacts < fear["build_up", "IND"].reacts
    assert all(i.reactor != i.source for i in influences)
    direct = {i.reactor for i in influences if not i.linked}
    assert direct == {"IND"}
    assert {i.through for i in influences if i.reactor == "CHN"} == {("IND",)}


def test_all_packages_of_a_question_have_one_shape(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """One shape is one compilation; every further one costs seconds."""
    small = Drawn(facts, 5, 1, LENSES)
    shapes: list[object] = []

    def ran(world: object, over: object, program: Program, *_: object) -> SimpleNamespace:
        shapes.append((program.counts, program.crowding))
        return SimpleNamespace(ok=np.ones(5, dtype=bool))

    monkeypatch.setattr("stepdown.experiments.run_trajectories", ran)
    everybody = small.world.actors
    many = [Planned(m, everybody, small.first_year, 0.5, "reciprocal") for m in portfolio(small)]
    cut = Planned("M15", ("USA",), small.first_year, 0.5, "unilateral")
    small.each({"cut": small.steps([cut]), "none": (), "many": small.steps(many)}, lambda run: None)
    assert small.baseline.ok.all()
    assert len(shapes) == 4
    assert len(set(shapes)) == 1


def test_roles_are_dealt_out_evenly_within_every_lens(drawn: Drawn) -> None:
    dealt = deal(drawn)
    assert np.sum(list(dealt.values()), axis=0).tolist() == [1] * FUTURES
    for moved in dealt.values():
        assert np.bincount(drawn.assumptions.lens[moved], minlength=5).tolist() == [2] * 5


def test_reduction_of_one_state(told: Told) -> None:
    found = told["reduction"][1]
    frontiers = [f for f in found if isinstance(f, Frontier)]
    assert {f.role for f in frontiers} == set(ROLE_SETS)
    for f in frontiers:
        assert f.free + f.capability + f.ally + f.rival + f.home == pytest.approx(1)
        assert f.lowest.median <= f.role_now.median + 1e-6
        assert f.before <= 1 - f.free + 1e-9
        assert (f.first == "") == (f.free == 1)
    steps_found = [f for f in found if isinstance(f, StepFinding)]
    for package in {s.package for s in steps_found}:
        chosen = [s for s in steps_found if s.package == package and s.chosen]
        rare = [s for s in steps_found if s.package == package and s.backfires < 0.3]
        assert len(chosen) <= 1
        if chosen:
            assert chosen[0].reliance.median == min(s.reliance.median for s in rare)


def test_deeper_steps_never_backfire_less(told: Told) -> None:
    found = told["reduction"][1]
    by_role: dict[tuple[str, str], list[float]] = {}
    for f in found:
        if isinstance(f, StepFinding):
            by_role.setdefault((f.package, f.role), []).append(f.backfires)
    assert all(shares == sorted(shares) for shares in by_role.values())


DEPTHS = (0.0, 0.5, 0.98)


def depth(**values: float) -> Depth:
    level = dict.fromkeys(("role", "reliance", "adequacy", "assurance", "use_risk", "support"), 0.8)
    return Depth(**{name: np.array([x]) for name, x in {**level, **values}.items()})


def test_the_first_floor_to_break_binds() -> None:
    floor, least = np.array([0.6]), np.array([0.3])
    base = depth()
    falls = [depth(), depth(assurance=0.78), depth(assurance=0.60, use_risk=0.9)]
    points = breaking_points(DEPTHS, [margins(d, base, floor, least) for d in falls])
    assert DEPTHS[1] < points["ally"][0] < DEPTHS[2]
    assert points["ally"][0] == pytest.approx(0.5 + 0.48 * (0.78 - 0.76) / 0.18, abs=1e-6)
    assert np.isfinite(points["rival"][0])
    assert points["rival"][0] > points["ally"][0]
    assert np.isinf(points["capability"][0])
    assert at_depth(np.array([0.25]), DEPTHS, [np.array([1.0]), np.array([0.5]), np.array([0.0])])[0] == 0.75


def test_a_baseline_below_its_floor_breaks_only_when_it_falls_further() -> None:
    floor, least = np.array([0.9]), np.array([0.95])
    same, worse = depth(), depth(adequacy=0.75, support=0.7)
    assert all(m[0] >= 0 for m in margins(same, same, floor, least).values())
    broken = margins(worse, same, floor, least)
    assert broken["capability"][0] < 0
    assert broken["home"][0] < 0


def test_a_frontier_names_what_binds(drawn: Drawn) -> None:
    few = drawn.assumptions.first(1)
    base = depth(role=0.8)
    runs = (depth(role=0.8), depth(role=0.4, assurance=0.6), depth(role=0.0, assurance=0.5))
    cut = Cut("USA", "respond_cbw", "doctrine_only", np.array([True]), DEPTHS, runs, base)
    found = next(iter(frontier(cut, few)))
    assert found.first == "ally"
    assert 0.4 < found.lowest.median < 0.8
    assert [s.backfires for s in steps([cut], few, 0.5)] == [1.0] * 4
    unbound = replace(cut, runs=(base, depth(role=0.4, reliance=0.7), depth(role=0.0, reliance=0.5)))
    chosen = [s for s in steps([unbound], few, 0.5) if s.chosen]
    assert [s.level for s in chosen] == [0.98]


def test_alliance_ledger(told: Told) -> None:
    found = told["alliance"][1]
    assured = {f.ally: f for f in found if isinstance(f, Assured)}
    assert {"JPN", "KOR", "DEU", "POL"} <= set(assured)
    assert "TWN" not in assured
    assert assured["JPN"].guarantors == ("USA",)
    entries = {(f.ally, f.arm): f for f in found if isinstance(f, LedgerEntry) and f.lens == "all"}
    for ally in assured:
        cut, every = entries[ally, "reduction"], entries[ally, "all_five"]
        assert cut.assurance.median <= 1e-6
        assert every.assurance.median > cut.assurance.median
        assert every.kept >= cut.kept
    burdens = {f.ally: f for f in found if isinstance(f, Burden)}
    assert burdens["JPN"].pool is not None
    assert burdens["JPN"].pool.median > 0
    assert "long_range_strike" in burdens["JPN"].capabilities
    assert burdens["BLR"].pool is None
    assert "prog.jp_tomahawk" in burdens["JPN"].programmes


def test_risk_reduction_portfolio(told: Told) -> None:
    here = [f for f in told["risk_reduction"][1] if getattr(f, "theatre", "south_asia") == "south_asia"]
    found = [f for f in told["risk_reduction"][1] if isinstance(f, Agreement)] + here
    (joint,) = (f for f in found if isinstance(f, Portfolio) and f.lens == "all")
    values = [f for f in found if isinstance(f, MeasureValue) and f.lens == "all"]
    assert joint.joint.median < 0
    assert joint.measures == 16
    assert [frozenset(r.split(">")) for r in joint.rivalries] == [frozenset(("IND", "PAK"))]
    assert [v.rank for v in values] == list(range(1, len(values) + 1))
    assert [v.alone.median for v in values] == sorted(v.alone.median for v in values)
    assert "M45" not in {v.measure for v in values if abs(v.alone.median) > 0.005}
    agreements = {f.agreement: f for f in found if isinstance(f, Agreement)}
    assert agreements["X_inpk88"].theatre == "south_asia"
    asked = {"south_asia", "korea", ""}
    assert {a.theatre for a in agreements.values()} <= asked, "agreements of other theatres stay out"


def test_the_portfolio_is_the_papers_sixteen(drawn: Drawn) -> None:
    assert portfolio(drawn) == tuple(f"M{i}" for i in range(45, 61))
    assert all(drawn.facts.get(Measure, m).in_paper != "complement" for m in portfolio(drawn))


def test_interaction_is_what_the_others_take_away(drawn: Drawn) -> None:
    few = drawn.assumptions.first(2)
    two = np.array([1.0, 1.0])
    arms = Arms(
        base=two,
        alone={"M49": 0.8 * two, "M54": 0.7 * two, "M57": two},
        every=0.7 * two,
        without={"M49": 0.7 * two, "M54": 0.8 * two, "M57": 0.7 * two},
        adequacy_base=two,
        adequacy_alone={"M49": two, "M54": 0.9 * two, "M57": two},
    )
    values = {v.measure: v for v in measure_values("korea", arms, few) if v.lens == "all"}
    assert set(values) == {"M49", "M54"}
    assert values["M54"].rank == 1
    assert values["M49"].interaction.median == pytest.approx(0.2)
    assert values["M54"].transparency_cost.median == pytest.approx(-0.1)
    joint = next(iter(portfolios("korea", (), arms, few)))
    assert joint.overlap.median == pytest.approx(0.7 - 0.56)
