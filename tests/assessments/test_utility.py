"""The record of crises: every coding leads to its event, counts add up, small numbers are marked."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from stepdown.assessments.utility import attempts, mishaps, tallies
from stepdown.contracts.assessments.utility import Attempt, Mishap, SchoolReading, Tally
from stepdown.contracts.facts import Event, Outcome
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.utility import assess_utility
from stepdown.vocabulary.ids import LENSES


@pytest.fixture(scope="module")
def found(facts: Facts) -> tuple[Attempt, ...]:
    return tuple(attempts(facts))


def test_parties_of_an_attempt_are_parties_of_its_event(facts: Facts) -> None:
    for record in facts.all(Outcome):
        event = facts.get(Event, record.event)
        assert event.type not in ("false_alarm", "accident_or_procedural"), record.id
        known = {*event.parties, "USA", "GBR", "IND"}
        assert record.by in known, record.id


def test_groups_of_a_grouping_add_up(found: tuple[Attempt, ...]) -> None:
    made = list(tallies(found))
    for by in {t.by for t in made}:
        assert sum(t.n for t in made if t.by == by) == len(found), by
    for t in made:
        assert t.achieved + t.partly + t.not_achieved + t.unclear == t.n
        assert t.jeffreys_low <= t.share <= t.jeffreys_high
        assert t.small == (t.n - t.unclear < 10)
        assert len(t.origin) == t.n


def test_who_prevailed_follows_the_result(found: tuple[Attempt, ...]) -> None:
    by_result = {"achieved": lambda a: a.by, "not_achieved": lambda a: a.against}
    for a in found:
        assert a.prevailed == by_result.get(a.result, lambda a: "")(a)
        assert a.reading == "judgement"


def test_balance_of_warheads_is_that_of_the_year(found: tuple[Attempt, ...]) -> None:
    cuba = next(a for a in found if a.event == "evt.cuba62")
    assert cuba.pair == "both_nuclear"
    assert cuba.ratio is not None
    assert cuba.ratio > 5
    assert next(a for a in found if a.event == "evt.irisr24").pair == "by_nuclear"


def test_both_schools_stay_undecided_on_few_cases(facts: Facts) -> None:
    drawn = Drawn(facts, 10, 7, LENSES)
    made = assess_utility(Request("utility", on=date(2026, 11, 23)), drawn)
    readings = {f.school: f for f in made if isinstance(f, SchoolReading)}
    assert set(readings) == {"kroenig", "sechser_fuhrmann"}
    for r in readings.values():
        assert r.low <= r.difference <= r.high
        assert "computed" in r.origin
    assert not drawn.simulated


def test_a_date_and_a_state_narrow_the_record(facts: Facts) -> None:
    made = assess_utility(Request("utility", ("RUS",), on=date(1991, 12, 31)), Drawn(facts, 10, 7, LENSES))
    kept = [f for f in made if isinstance(f, Attempt)]
    assert kept
    assert all("SUN" in (a.by, a.against) and a.year <= 1991 for a in kept)


def test_mishaps_are_counted_with_an_interval(facts: Facts) -> None:
    made = {m.type: m for m in mishaps(facts, 2026)}
    assert isinstance(made["false_alarm"], Mishap)
    assert all(m.low < m.per_year < m.high for m in made.values())
    assert made["exercise_misread"].n == 1


def test_an_attempt_against_oneself_is_refused(facts: Facts) -> None:
    record = facts.all(Outcome)[0].model_dump(exclude_none=True)
    with pytest.raises(ValidationError, match="must differ"):
        Outcome.model_validate({**record, "against": record["by"]})


def test_tally_counts_only_clear_results(found: tuple[Attempt, ...]) -> None:
    whole = next(iter(tallies(found)))
    assert isinstance(whole, Tally)
    assert whole.share == pytest.approx(whole.achieved / (whole.n - whole.unclear))
