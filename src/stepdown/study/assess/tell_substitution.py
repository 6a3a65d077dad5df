"""Findings on substitution in words: sheets for terminal and page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stepdown.assessments.substitution import ALLIES
from stepdown.contracts.assessments import Finding, Spread
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.assessments.substitution import (
    CaseFinding,
    Gap,
    GapYear,
    Saturation,
    SideEffect,
    Substitution,
)
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts import Lens
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.case_records import case_records
from stepdown.study.assess.tell_parts import heads, of_kind, rests_on
from stepdown.study.assess.words import band, index, percent, said, same, signed_band, year_band
from stepdown.study.words import id_label

BEST_ASSETS = 3
"""Assets shown per attack on paper, those that close most; the dataset holds all."""


def tell_substitution(
    facts: Facts, request: Request, findings: Sequence[Finding]
) -> tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]:
    """Answers, adequacy and floor by lens, the gap and its year, saturation, side effects, worked cases."""
    answers = of_kind(findings, Substitution)
    if not answers:
        return (), ()
    return tuple(_short(facts, answers, of_kind(findings, CaseFinding))), (
        _answers(facts, answers),
        _adequacy(facts, answers),
        _lenses(facts, answers),
        _gap(facts, of_kind(findings, Gap)),
        _years(facts, of_kind(findings, GapYear), of_kind(findings, Saturation)),
        _side_effects(facts, of_kind(findings, SideEffect)),
        _cases(facts, of_kind(findings, CaseFinding)),
    )


def where(facts: Facts, of: Substitution | Gap | GapYear) -> Bilingual:
    """`United States`, one ally, or `allies of United States (mean)`."""
    if of.target == ALLIES:
        return said("substitution.on_allies", state=id_label(facts, of.state))
    return id_label(facts, of.target)


def place(facts: Facts, of: Substitution) -> Bilingual:
    """`United States: limited chemical attack`, or the same on its allies."""
    return said("substitution.place", where=where(facts, of), attack=id_label(facts, of.attack))


def _short(facts: Facts, answers: Sequence[Substitution], cases: Sequence[CaseFinding]) -> list[Bilingual]:
    pooled = [a for a in answers if a.lens == ALL_LENSES]
    told = []
    for attack, key in (("chemical_limited", "short_ahead"), ("nuclear_large", "short_core")):
        found = next((a for a in pooled if a.attack == attack), None)
        if found is not None:
            ahead = attack == "chemical_limited"
            told.append(
                said(
                    f"substitution.{key}",
                    where=place(facts, found),
                    ahead=percent(found.nonnuclear_ahead),
                    passes=percent(found.passes_without),
                    alone=percent(found.passes_nonnuclear),
                    label=said(f"label.{found.ahead_label if ahead else found.nonnuclear_label}"),
                )
            )
    held = [c for c in cases if c.lens == ALL_LENSES]
    if held:
        most = sum(c.holds >= 0.5 for c in held)
        told.append(said("substitution.short_cases", most=most, total=len(held)))
    return told


def _answers(facts: Facts, answers: Sequence[Substitution]) -> Sheet:
    pooled = [a for a in answers if a.lens == ALL_LENSES]
    rows = tuple(
        (
            id_label(facts, a.attack),
            id_label(facts, a.role),
            band(a.nuclear),
            band(a.nuclear_cost),
            band(a.punishment),
            band(a.punishment_cost),
            band(a.denial),
            percent(a.nonnuclear_ahead),
            said(f"label.{a.ahead_label}"),
        )
        for a in pooled
    )
    columns = ("attack", "role", "nuclear", "nuclear_cost", "punishment", "punishment_cost", "denial")
    return Sheet(
        "answers",
        said("substitution.answers"),
        heads(*columns, "ahead", "label"),
        rows,
        rests_on(pooled),
        text=(said("substitution.answers_text"),),
        numeric=frozenset(range(2, 8)),
        groups=tuple(where(facts, a) for a in pooled),
        notes=(said("label.key"),),
        chart=BandChart(
            "answers",
            said("substitution.answers"),
            said(
                "substitution.chart_answers",
                ahead=sum(a.nonnuclear_ahead > 0.5 for a in pooled),
                total=len(pooled),
            ),
            "index",
            0,
            1,
            (said("head.nuclear"), said("head.punishment"), said("head.denial")),
            tuple(_row(facts, a, (a.nuclear, a.punishment, a.denial)) for a in pooled),
        ),
    )


def _row(facts: Facts, a: Substitution, bands: tuple[Spread, ...]) -> BandRow:
    return BandRow(id_label(facts, a.attack), bands, where(facts, a))


def _adequacy(facts: Facts, answers: Sequence[Substitution]) -> Sheet:
    pooled = [a for a in answers if a.lens == ALL_LENSES]
    rows = tuple(
        (
            id_label(facts, a.attack),
            band(a.adequacy_with),
            band(a.adequacy_without),
            percent(a.passes_with),
            percent(a.passes_without),
            _span(a.at_least, a.at_most),
            said(f"label.{a.label}"),
            percent(a.passes_nonnuclear),
            _span(a.nonnuclear_at_least, a.nonnuclear_at_most),
            said(f"label.{a.nonnuclear_label}"),
        )
        for a in pooled
    )
    columns = ("attack", "with_role", "without_role", "passes_with", "passes_without", "ends", "label")
    floor = pooled[0].floor.median
    return Sheet(
        "adequacy",
        said("substitution.adequacy"),
        heads(*columns, "alone", "ends", "label"),
        rows,
        rests_on(pooled),
        text=(said("substitution.adequacy_text", floor=band(pooled[0].floor)),),
        numeric=frozenset({1, 2, 3, 4, 5, 7, 8}),
        groups=tuple(where(facts, a) for a in pooled),
        notes=(said("label.key"),),
        chart=BandChart(
            "adequacy",
            said("substitution.adequacy"),
            said(
                "substitution.chart_adequacy",
                passes=sum(a.passes_without > 0.5 for a in pooled),
                total=len(pooled),
            ),
            "index",
            0,
            1,
            (said("head.with_role"), said("head.without_role")),
            tuple(_row(facts, a, (a.adequacy_with, a.adequacy_without)) for a in pooled),
            floor=(floor, said("substitution.floor")),
        ),
    )


def _span(a: float, b: float) -> Bilingual:
    low, high = percent(min(a, b)), percent(max(a, b))
    return said("substitution.span", low=low, high=high)


def _lenses(facts: Facts, answers: Sequence[Substitution]) -> Sheet:
    """Adequacy without the role, lens by lens, with the share of futures in which it passes."""
    lenses = [lens for lens in dict.fromkeys(a.lens for a in answers) if lens != ALL_LENSES]
    cells = {(a.state, a.target, a.attack, a.lens): a for a in answers}
    pooled = [a for a in answers if a.lens == ALL_LENSES]

    def cell(a: Substitution) -> Bilingual:
        passes = percent(a.passes_without)
        return said("substitution.lens_cell", median=index(a.adequacy_without.median), passes=passes)

    rows = tuple(
        (
            id_label(facts, a.attack),
            *(cell(cells[a.state, a.target, a.attack, lens]) for lens in lenses),
        )
        for a in pooled
    )
    return Sheet(
        "lenses",
        said("substitution.lenses"),
        (said("head.attack"), *(facts.get(Lens, lens).label.bilingual for lens in lenses)),
        rows,
        rests_on(answers),
        text=(said("substitution.lenses_text"),),
        numeric=frozenset(range(1, len(lenses) + 1)),
        groups=tuple(where(facts, a) for a in pooled),
    )


def _gap(facts: Facts, found: Sequence[Gap]) -> Sheet:
    shown: list[Gap] = []
    for key in dict.fromkeys((g.state, g.target, g.attack) for g in found):
        mine = [g for g in found if (g.state, g.target, g.attack) == key and g.short > 0]
        mine = [g for g in mine if g.complement]
        shown += sorted(mine, key=lambda g: (-g.closes_enabled, -g.closes))[:BEST_ASSETS]
    rows = tuple(
        (
            id_label(facts, g.attack),
            percent(g.short),
            band(g.size),
            percent(g.enablers_close),
            id_label(facts, g.asset),
            percent(g.closes),
            said("substitution.with", share=percent(g.complement_closes), what=id_label(facts, g.complement)),
            percent(g.closes_enabled),
            band(g.amount),
        )
        for g in shown
    )
    columns = ("attack", "short", "missing", "enablers_close", "asset", "closes", "closes_one")
    return Sheet(
        "gap",
        said("substitution.gap"),
        heads(*columns, "closes_enabled", "amount"),
        rows,
        rests_on(found),
        text=(said("substitution.gap_text"),),
        numeric=frozenset({1, 2, 3, 5, 7, 8}),
        groups=tuple(where(facts, g) for g in shown),
        notes=(said("substitution.gap_note", count=BEST_ASSETS),),
    )


def _years(facts: Facts, years: Sequence[GapYear], points: Sequence[Saturation]) -> Sheet:
    point = {(s.state, s.target, s.attack): s for s in points}
    rows = tuple(
        (
            id_label(facts, y.attack),
            percent(y.already),
            percent(y.by_2030),
            percent(y.by_2035),
            percent(y.never),
            year_band(y.year),
            band(point[y.state, y.target, y.attack].point),
            band(point[y.state, y.target, y.attack].reachable),
        )
        for y in years
    )
    last = years[0].last_year if years else 0
    return Sheet(
        "years",
        said("substitution.years"),
        heads("attack", "already", "by_2030", "by_2035", "never", "year", "saturation", "reachable"),
        rows,
        rests_on([*years, *points]),
        text=(said("substitution.years_text", last=last),),
        numeric=frozenset(range(1, 8)),
        groups=tuple(where(facts, y) for y in years),
    )


def _side_effects(facts: Facts, found: Sequence[SideEffect]) -> Sheet:
    rows = tuple(
        (
            said("substitution.fears", rival=id_label(facts, s.rival), state=id_label(facts, s.state)),
            band(s.fear),
            signed_band(s.rise),
            signed_band(s.rise_with_pledge),
            band(s.bought, places=3),
        )
        for s in found
    )
    strike, pledge = (f"{found[0].strike:.2f}", f"{found[0].pledge:.2f}") if found else ("–", "–")
    return Sheet(
        "side-effects",
        said("substitution.side_effects"),
        heads("rival", "fear_now", "rise", "rise_pledge", "bought"),
        rows,
        rests_on(found),
        text=(said("substitution.side_text", strike=strike, pledge=pledge),),
        numeric=frozenset(range(1, 5)),
    )


def _cases(facts: Facts, found: Sequence[CaseFinding]) -> Sheet:
    words = {r["id"]: r for r in case_records()}
    pooled = [c for c in found if c.lens == ALL_LENSES]
    rows = tuple(
        (
            Bilingual(**words[c.case]["label"]),
            _says(words[c.case], c),
            same(c.claim),
            percent(c.holds),
            _lens_range(found, c.case),
            _span(c.at_least, c.at_most),
            said(f"label.{c.label}"),
        )
        for c in pooled
    )
    return Sheet(
        "cases",
        said("substitution.cases"),
        heads("case", "says", "claim", "holds", "by_lens", "ends", "label"),
        rows,
        rests_on(pooled),
        text=(said("substitution.cases_text"),),
        numeric=frozenset({3, 4, 5}),
        notes=(said("label.key"),),
    )


def _says(words: Mapping[str, Any], found: CaseFinding) -> Bilingual:
    says = Bilingual(**words["says"])
    return said("substitution.says_when", says=says, when=year_band(found.when)) if found.when else says


def _lens_range(found: Sequence[CaseFinding], case: str) -> Bilingual:
    single = [c.holds for c in found if c.case == case and c.lens != ALL_LENSES]
    return _span(min(single), max(single)) if single else same("–")
