"""What replaces a role: findings that hold, and that other admissible assumptions turn round."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from tests.assessments.conftest import ask

from stepdown.assessments.cases import half_there
from stepdown.assessments.gap import Target, _amount, gap_years, gaps, mean_over, reach_of, saturation
from stepdown.assessments.spread import share
from stepdown.assessments.substitution import Ends, ask_ends, at_end, substitution
from stepdown.contracts.answers import Answers
from stepdown.contracts.assessments.substitution import CaseFinding, Gap, SideEffect, Substitution
from stepdown.contracts.facts import Claim
from stepdown.contracts.facts.facts import Facts
from stepdown.experiments.answers import StartingPoint
from stepdown.study.assess.case_records import case_records
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.substitution import worked_cases
from stepdown.vocabulary.ids import ATTACK_TYPES, ENABLERS

JPN = Target("USA", "JPN", ("JPN",))


@pytest.fixture(scope="module")
def usa(facts: Facts) -> tuple[object, ...]:
    return ask(facts, "substitution", states=("USA",))


def pooled(findings: tuple[object, ...], attack: str, target: str = "USA") -> Substitution:
    found = [f for f in findings if isinstance(f, Substitution)]
    return next(f for f in found if (f.attack, f.target, f.lens) == (attack, target, "all"))


def test_a_limited_chemical_attack_is_answered_more_credibly_without_nuclear_weapons(
    usa: tuple[object, ...], start: StartingPoint
) -> None:
    found = pooled(usa, "chemical_limited")
    assert found.nonnuclear_ahead > 0.8
    assert found.ahead_at_least < 0.5 <= found.ahead_at_most
    # Turned round by draws that are admissible: a weak will, and nuclear answers that would surely come.
    ends = at_end(start, ("q", "high"), ("omega", "low"))
    (other,) = (
        f
        for f in substitution(start, _changed(start, ends), "USA")
        if (f.attack, f.target, f.lens) == ("chemical_limited", "USA", "all")
    )
    assert other.nonnuclear_ahead < 0.5


def _changed(start: StartingPoint, symbols: dict[str, np.ndarray]) -> Ends:
    """Ends as if these symbols had been drawn."""
    ends = ask_ends(start)
    answers = start.answers(changed=symbols)
    return replace(ends, **{f.name: answers for f in fields(ends)})


def test_the_core_role_is_unsubstituted_by_its_prior_and_labelled_so(usa: tuple[object, ...]) -> None:
    found = pooled(usa, "nuclear_large")
    assert found.passes_with == 1
    assert found.passes_without > found.passes_nonnuclear
    assert found.nonnuclear_at_least < 0.5 < found.nonnuclear_at_most
    assert found.nonnuclear_label in ("assumed", "mixed")


def test_nuclear_use_on_allies_is_answered_less_credibly_than_on_oneself(usa: tuple[object, ...]) -> None:
    own, allied = pooled(usa, "nuclear_large"), pooled(usa, "nuclear_large", "allies")
    assert allied.nuclear.median < own.nuclear.median
    assert allied.role == "deter_nuclear_allies"


def test_every_lens_has_its_row(usa: tuple[object, ...]) -> None:
    lenses = {f.lens for f in usa if isinstance(f, Substitution)}
    assert len(lenses) == 6


@pytest.mark.parametrize("case", [r["id"] for r in case_records()])
def test_every_worked_case_can_be_made_to_fail(case: str, usa: tuple[object, ...], facts: Facts) -> None:
    found = next(f for f in usa if isinstance(f, CaseFinding) and f.case == case and f.lens == "all")
    facts.get(Claim, found.claim)
    assert min(found.at_least, found.at_most) < 0.5
    assert found.at_least != found.at_most
    assert found.tried


def test_cases_hold_where_the_paper_is_firm(usa: tuple[object, ...]) -> None:
    held = {f.case: f.holds for f in usa if isinstance(f, CaseFinding) and f.lens == "all"}
    assert held["single_chemical_attack"] > 0.8
    assert held["core_role"] > 0.5


def test_warning_does_nothing_without_the_will_to_answer(start: StartingPoint, drawn: Drawn) -> None:
    cases = {c.case: c for c in worked_cases(start, drawn) if c.lens == "all"}
    assert cases["warning_of_2022"].at_least == 0


def test_half_of_what_programmes_add_is_there_from_a_year_on() -> None:
    years = (2026, 2027, 2028)
    quick, slow, none = [0.0, 0.6, 1.0], [0.0, 0.4, 1.0], [0.5, 0.5, 0.5]
    capability = np.array([quick, slow, none]).T[:, None, None, :]
    np.testing.assert_equal(half_there(capability, years), [2027, 2028, np.nan])


def test_the_case_of_programmes_says_when(usa: tuple[object, ...]) -> None:
    whens = {f.case: f.when for f in usa if isinstance(f, CaseFinding) and f.lens == "all"}
    programmes = whens.pop("allied_programmes_early_2030s")
    assert programmes is not None
    assert 2027 <= programmes.p05 <= programmes.p95 <= 2046
    assert set(whens.values()) == {None}


def test_amounts_are_interpolated_between_levels() -> None:
    floor = np.full(4, 0.5)
    now = np.array([0.6, 0.0, 0.4, 0.0])
    levels = [np.array([0.7, 0.0, 0.6, 0.0]), *(np.array([0.9, 1.0, 0.9, 0.1]) for _ in range(3))]
    amount, closed = _amount(now, levels, floor)
    np.testing.assert_allclose(amount[closed], [0.0, 0.375, 0.125])
    assert closed.tolist() == [True, True, True, False]


def test_the_year_is_the_one_after_the_last_short_year(start: StartingPoint) -> None:
    n = len(start.assumptions.lens)
    floor = start.assumptions.symbols["a_star"]
    years = range(2026, 2037)
    series = np.zeros((len(years), len(start.world.actors), 6, n))
    series[3:] = 1.0
    series[:, :, :, 0] = 1.0
    series[-1, :, :, 1] = floor[1] - 0.01
    series[:, :, :, 2] = np.nan
    found = next(iter(gap_years(start, JPN, series, list(years))))
    assert found.already == pytest.approx(1 / n)
    assert found.never == pytest.approx(2 / n)
    assert found.by_2030 == pytest.approx(1 - 2 / n)
    assert found.year is not None
    assert (found.year.p05, found.year.p95) == (2029, 2029)


def test_gaps_close_more_often_with_enablers(usa: tuple[object, ...]) -> None:
    gaps = [f for f in usa if isinstance(f, Gap) and f.asset in ("long_range_strike", "resilience")]
    assert gaps
    assert all(g.closes_enabled >= g.closes for g in gaps)
    assert all(0 <= g.short <= 1 for g in gaps)


def test_saturation_lies_below_the_full_capability(start: StartingPoint, now: Answers) -> None:
    reach = reach_of(start, JPN, now)
    for found in saturation(start, JPN, reach):
        assert 0 < found.point.median <= 1
        assert found.reachable.median >= share(np.zeros(1, dtype=bool))
    assert not (reach.all[1.0] < reach.now - 1e-5).any()
    for gap in gaps(start, JPN, reach):
        if gap.complement:
            beside = {e: reach.beside[gap.asset, e] for e in ENABLERS}
            floor, k = start.assumptions.symbols["a_star"], ATTACK_TYPES.index(gap.attack)
            short = reach.now[k] < floor
            closes = {e: share((x[k] >= floor)[short]) for e, x in beside.items()}
            assert gap.complement_closes == max(closes.values()) == closes[gap.complement]
            # Adding enablers never opens a gap, and an amount is told where the asset itself is needed.
            assert gap.closes - 0.02 <= gap.complement_closes <= gap.closes_enabled + 0.02
            assert (gap.amount is None) == (gap.closes_enabled <= gap.enablers_close)


def test_the_gap_of_allies_is_that_of_their_mean(start: StartingPoint, now: Answers) -> None:
    places = ("JPN", "KOR")
    both = mean_over(start, Target("USA", "allies", places), now.adequacy_without)
    k = ATTACK_TYPES.index("nuclear_large")
    rows = [start.world.actors.index(p) for p in places]
    np.testing.assert_allclose(both[k], now.adequacy_without[rows, k].mean(axis=0))


def test_gaps_are_told_for_the_state_and_for_its_allies(usa: tuple[object, ...]) -> None:
    assert {(g.state, g.target) for g in usa if isinstance(g, Gap)} == {("USA", "USA"), ("USA", "allies")}


def test_restraint_buys_fear_back(usa: tuple[object, ...]) -> None:
    effects = {f.rival: f for f in usa if isinstance(f, SideEffect)}
    assert set(effects) == {"RUS", "CHN", "PRK"}
    assert all(f.bought.median >= 0 and f.rise.median >= 0 for f in effects.values())
