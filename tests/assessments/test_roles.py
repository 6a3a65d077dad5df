"""Roles from the record alone: index, weights, thresholds, change, posture."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.assessments.conftest import TODAY, ask

from stepdown.assessments import roles as measure
from stepdown.assumptions import build_world
from stepdown.contracts.assessments.roles import (
    NotOnRecord,
    PostureCheck,
    RoleStanding,
    Salience,
    ThresholdView,
)
from stepdown.contracts.facts import Doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.roles import assess_roles, delegation_codes
from stepdown.vocabulary.ids import LENSES, ROLES

CODES = dict.fromkeys(ROLES, "N")


def test_nothing_is_simulated_for_the_record_alone(facts: Facts) -> None:
    drawn = Drawn(facts, 10, 7, LENSES)
    found = assess_roles(Request("roles", ("USA",), on=TODAY, record_only=True), drawn)
    assert found
    assert not drawn.simulated
    assert drawn.runs == 0


def test_index_is_a_weighted_mean() -> None:
    roles = np.array([[0.0], [1.0], [0.5]])
    weights = np.array([[1.0], [3.0], [4.0]])
    assert measure.weighted(roles, weights, [0, 1, 2]) == pytest.approx(5 / 8)
    assert measure.as_read(np.array([[0.4]]), np.array([0.5])) == pytest.approx(0.7)


def test_every_other_reading_of_posture() -> None:
    assert measure.narrow(CODES)
    assert not measure.narrow({**CODES, "respond_cbw": "Y", "deter_conventional_self": "I"})
    assert measure.alert_fit(True, "high") == "contradicts"
    assert measure.alert_fit(False, "recessed") == "open"
    assert measure.theatre_fit(True, 0.3) == "contradicts"
    assert measure.growth_fit(True, 0.5) == "contradicts"
    assert measure.growth_fit(False, -0.1) == "open"


def test_a_wider_text_has_a_higher_index_and_the_change_is_told(facts: Facts) -> None:
    found = ask(facts, "roles", states=("RUS",), since=date(2010, 12, 31), record_only=True)
    (salience,) = (f for f in found if isinstance(f, Salience))
    assert salience.since_document == "doc.RUS.2010-02-05"
    assert salience.change is not None
    assert salience.change.median > 0.05
    earlier = {f.role: f.earlier_code for f in found if isinstance(f, RoleStanding)}
    assert earlier["nonnuclear_strategic_attack"] == "N"
    assert salience.codes_low <= salience.index.median <= salience.codes_high


def test_perceived_thresholds_lie_at_or_below_declared_ones(facts: Facts) -> None:
    views = [f for f in ask(facts, "roles", record_only=True) if isinstance(f, ThresholdView)]
    assert {v.state for v in views} >= {"USA", "RUS", "CHN", "PAK"}
    assert all(v.perceived.median <= v.declared.median and v.gap.p05 >= 0 for v in views)
    at_war = next(v for v in views if (v.state, v.observer) == ("RUS", "UKR"))
    rival = next(v for v in views if (v.state, v.observer) == ("RUS", "USA"))
    assert at_war.gap.median > rival.gap.median


def test_chinese_growth_contradicts_narrow_words(facts: Facts) -> None:
    checks = [
        f for f in ask(facts, "roles", states=("CHN",), record_only=True) if isinstance(f, PostureCheck)
    ]
    verdicts = {c.item: c.verdict for c in checks}
    assert verdicts["growth"] == "contradicts"
    assert verdicts["delegation"] == "fits"


def test_delegation_is_coded_for_every_state_and_judged_beside_its_words(facts: Facts) -> None:
    codes = delegation_codes()
    states = {d.state for d in facts.all(Doctrine)} - {"NATO"}
    assert states <= set(codes)
    assert {c for c in codes if c.startswith("doc.")} <= {d.id for d in facts.all(Doctrine)}
    assert set(codes.values()) == {"central", "after_loss", "automatic", "unknown"}
    assert measure.delegation_fit(True, "automatic") == "contradicts"
    assert measure.delegation_fit(False, "automatic") == "fits"
    assert measure.delegation_fit(True, "after_loss") == "fits"
    assert measure.delegation_fit(False, "central") == "open"
    assert measure.delegation_fit(True, "unknown") == "open"


def test_todays_alert_is_not_held_against_an_earlier_document(facts: Facts) -> None:
    request = Request("roles", ("RUS",), on=date(2012, 1, 1), record_only=True)
    found = [f for f in assess_roles(request, Drawn(facts, 10, 7, LENSES)) if isinstance(f, PostureCheck)]
    then = {c.item: c.verdict for c in found}
    assert (then["alert"], then["theatre_forces"]) == ("open", "open")
    assert "input.L0" not in {i for c in found for i in c.origin}


def test_linked_rivalries_lead_through_those_between(facts: Facts) -> None:
    world = build_world(facts)
    assert measure.chain(world, "USA", "CHN") == ()
    assert measure.chain(world, "USA", "IND") == ("CHN",)
    assert measure.chain(world, "USA", "PAK") == ("CHN", "IND")
    assert measure.chain(world, "PAK", "USA") == ("IND", "CHN")


def test_every_cell_leads_to_its_passage(facts: Facts) -> None:
    cells = [f for f in ask(facts, "roles", states=("GBR",), record_only=True) if isinstance(f, RoleStanding)]
    assert [c.origin[0] for c in cells] == [f"doc.GBR.2025-07-10#{role}" for role in ROLES]
    assert sum(c.weight for c in cells) == pytest.approx(1, abs=0.02)


def test_before_the_record_the_first_document_is_named(facts: Facts) -> None:
    request = Request("roles", ("FRA",), on=date(1990, 1, 1), record_only=True)
    (found,) = assess_roles(request, Drawn(facts, 10, 7, LENSES))
    assert isinstance(found, NotOnRecord)
    assert "2008-06-17" in found.known.en
    assert "2008-06-17" in found.known.ja
