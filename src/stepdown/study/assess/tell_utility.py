"""Findings on utility in words: sheets for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from stepdown.assessments.utility import attempts as attempts_on_record
from stepdown.charts.numbers import count, decimal, signed
from stepdown.contracts.assessments import Finding, Spread
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.assessments.utility import Attempt, Mishap, SchoolReading, Tally
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.tell_parts import heads, of_kind, rests_on
from stepdown.study.assess.words import both, percent, said, same
from stepdown.study.words import id_label


def tell_utility(
    facts: Facts, request: Request, findings: Sequence[Finding]
) -> tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]:
    """Tallies with intervals, both schools, attempts one by one, mishaps."""
    attempts = of_kind(findings, Attempt)
    known = of_kind(findings, Mishap)
    slips = (_mishaps(known),) if known else ()
    if not attempts:
        years = [a.year for a in attempts_on_record(facts)]
        return (said("utility.short_none", first=min(years), last=max(years)),), slips
    tallies = of_kind(findings, Tally)
    schools = of_kind(findings, SchoolReading)
    whole = tallies[0]
    short = [
        said(
            "utility.short_all",
            achieved=whole.achieved,
            clear=whole.n - whole.unclear,
            low=percent(whole.jeffreys_low),
            high=percent(whole.jeffreys_high),
        ),
        *(
            said(f"utility.short_{s.school}", leaning=said(f"leaning.{s.leaning}"), span=_difference(s))
            for s in schools
        ),
        said("utility.short_small"),
    ]
    return tuple(short), (_tallies(facts, tallies), _schools(schools), _attempts(facts, attempts), *slips)


def _group(facts: Facts, t: Tally) -> Bilingual:
    if t.by == "by":
        return id_label(facts, t.group)
    return said(f"utility_group.{t.group}")


def _tallies(facts: Facts, tallies: Sequence[Tally]) -> Sheet:
    rows = tuple(
        (
            _group(facts, t),
            *(same(str(x)) for x in (t.n, t.crises, t.achieved, t.partly, t.not_achieved, t.unclear)),
            percent(t.share),
            _span(t.jeffreys_low, t.jeffreys_high),
            _span(t.wilson_low, t.wilson_high),
            percent(t.share_partly),
            said("utility.small") if t.small else same("–"),
        )
        for t in tallies
    )
    chart = BandChart(
        "tallies",
        said("utility.tallies"),
        said("utility.chart_tallies", count=len(tallies)),
        "share",
        0,
        1,
        (said("head.achieved_share"),),
        tuple(BandRow(_group(facts, t), (_interval(t),), said(f"utility_by.{t.by}")) for t in tallies),
    )
    columns = ("group", "n", "crises", "achieved", "partly", "not_achieved", "unclear", "achieved_share")
    return Sheet(
        "tallies",
        said("utility.tallies"),
        heads(*columns, "jeffreys", "wilson", "with_partly", "mark"),
        rows,
        rests_on(tallies),
        text=(said("utility.tallies_text"),),
        numeric=frozenset(range(1, 11)),
        groups=tuple(said(f"utility_by.{t.by}") for t in tallies),
        chart=chart,
    )


def _interval(t: Tally) -> Spread:
    """The Jeffreys interval drawn as a band: its ends, and no inner half."""
    middle = min(max(t.share, t.jeffreys_low), t.jeffreys_high)
    return Spread(middle, t.jeffreys_low, t.jeffreys_low, t.jeffreys_high, t.jeffreys_high)


def _span(low: float, high: float) -> Bilingual:
    return said("substitution.span", low=percent(low), high=percent(high))


def _difference(s: SchoolReading) -> Bilingual:
    low, high = (signed(100 * x, 0) for x in (s.low, s.high))
    return said("substitution.span", low=low, high=high)


def _schools(schools: Sequence[SchoolReading]) -> Sheet:
    rows = tuple(
        (
            said(f"school.{s.school}"),
            s.compares,
            said("utility.of", share=percent(s.first_share), n=s.first_n),
            said("utility.of", share=percent(s.second_share), n=s.second_n),
            same(signed(100 * s.difference, 0)),
            _difference(s),
            said(f"leaning.{s.leaning}"),
            _about(s.needed) if s.needed else same("–"),
        )
        for s in schools
    )
    return Sheet(
        "schools",
        said("utility.schools"),
        heads("school", "compares", "former", "second", "difference", "interval", "leaning", "needed"),
        rows,
        rests_on(schools),
        text=(said("utility.schools_text"),),
        numeric=frozenset({2, 3, 4, 5, 7}),
    )


def _about(cases: int) -> Bilingual:
    """Two digits are more than such a number holds."""
    scale = 10 ** max(len(str(cases)) - 2, 0)
    rounded = scale * ceil(cases / scale)
    return both(lambda lang: count(rounded, lang))


def _attempts(facts: Facts, attempts: Sequence[Attempt]) -> Sheet:
    rows = tuple(
        (
            said("utility.event", label=a.label, year=a.year),
            id_label(facts, f"{a.by}>{a.against}"),
            a.sought,
            said(f"utility_group.{a.attempt}"),
            said(f"utility_group.{a.nuclear}"),
            said(f"utility_group.{a.stake}"),
            said(f"utility_group.{a.pair}"),
            said(f"result.{a.result}"),
            id_label(facts, a.prevailed) if a.prevailed else same("–"),
            same(a.origin[0]),
        )
        for a in attempts
    )
    columns = ("event", "who_whom", "sought", "kind", "nuclear_part", "stake", "pair_kind", "result")
    return Sheet(
        "attempts",
        said("utility.attempts"),
        heads(*columns, "prevailed", "says_who"),
        rows,
        rests_on(attempts),
        text=(said("utility.attempts_text"),),
    )


def _mishaps(mishaps: Sequence[Mishap]) -> Sheet:
    rows = tuple(
        (
            said(f"mishap.{m.type}"),
            same(str(m.n)),
            same(f"{m.first_year}–{m.last_year}"),
            both(
                lambda lang, m=m: said(  # type: ignore[misc]
                    "substitution.span", low=decimal(10 * m.low, 1), high=decimal(10 * m.high, 1)
                ).text(lang)
            ),
            percent(m.posture_relevant),
        )
        for m in mishaps
    )
    return Sheet(
        "mishaps",
        said("utility.mishaps"),
        heads("type", "n", "years", "per_decade", "posture_relevant"),
        rows,
        rests_on(mishaps),
        text=(said("utility.mishaps_text"),),
        numeric=frozenset({1, 2, 3, 4}),
    )
