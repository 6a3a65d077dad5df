"""Findings on risk reduction in words: sheets for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.assessments.risk_reduction import Agreement, MeasureValue, Portfolio
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts import Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.tell_parts import heads, of_kind, rests_on
from stepdown.study.assess.words import listed, percent, said, same, signed_band
from stepdown.study.words import id_label

LEADING = 4
"""Measures drawn per theatre: those that buy most alone."""


def tell_risk_reduction(
    facts: Facts, request: Request, findings: Sequence[Finding]
) -> tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]:
    """The portfolio per theatre, measures ranked, agreements with their status."""
    values, joint = of_kind(findings, MeasureValue), of_kind(findings, Portfolio)
    if not joint:
        return (), ()
    return tuple(_short(facts, values, joint)), (
        _portfolio(facts, joint),
        _measures(facts, values),
        _agreements(facts, of_kind(findings, Agreement)),
    )


def _pair(facts: Facts, relation: str) -> Bilingual:
    """Both sides of a relation; neither comes first in a rivalry."""
    one, other = (id_label(facts, actor) for actor in relation.split(">"))
    return said("risk.pair", one=one, other=other)


def _name(facts: Facts, measure: str) -> Bilingual:
    return said("risk.measure", id=measure, label=facts.get(Measure, measure).label.bilingual)


def _short(facts: Facts, values: Sequence[MeasureValue], joint: Sequence[Portfolio]) -> list[Bilingual]:
    told = []
    for p in (p for p in joint if p.lens == ALL_LENSES):
        ranked = {v.rank: v for v in values if v.theatre == p.theatre and v.lens == ALL_LENSES}
        first, second = ranked.get(1), ranked.get(2)
        if first is not None and second is not None:
            told.append(
                said(
                    "risk.short",
                    theatre=id_label(facts, p.theatre),
                    measure=_name(facts, first.measure),
                    alone=signed_band(first.alone, relative=True),
                    second=_name(facts, second.measure),
                    then=signed_band(second.alone, relative=True),
                    joint=signed_band(p.joint, relative=True),
                )
            )
    return told


def _portfolio(facts: Facts, joint: Sequence[Portfolio]) -> Sheet:
    pooled = [p for p in joint if p.lens == ALL_LENSES]
    rows = tuple(
        (
            id_label(facts, p.theatre),
            listed([_pair(facts, r) for r in p.rivalries]),
            signed_band(p.joint, relative=True),
            _lens_range(joint, p.theatre),
            signed_band(p.sum_of_alone, relative=True),
            signed_band(p.overlap, relative=True),
            percent(p.rises),
        )
        for p in pooled
    )
    chart = BandChart(
        "portfolio",
        said("risk.portfolio"),
        said("risk.chart_portfolio"),
        "change",
        -1,
        0.4,
        (said("head.joint"), said("head.sum_of_alone")),
        tuple(BandRow(id_label(facts, p.theatre), (p.joint, p.sum_of_alone)) for p in pooled),
        centre=0,
    )
    return Sheet(
        "portfolio",
        said("risk.portfolio"),
        heads("theatre", "rivalries", "joint", "by_lens", "sum_of_alone", "overlap", "rises"),
        rows,
        rests_on(pooled),
        text=(said("risk.portfolio_text"),),
        numeric=frozenset(range(2, 7)),
        chart=chart,
    )


def _lens_range(joint: Sequence[Portfolio], theatre: str) -> Bilingual:
    single = [p.joint.median for p in joint if p.theatre == theatre and p.lens != ALL_LENSES]
    if not single:
        return same("–")
    low, high = (same(f"{100 * x:+.0f} %".replace("-", "−")) for x in (min(single), max(single)))
    return said("substitution.span", low=low, high=high)


def _measures(facts: Facts, values: Sequence[MeasureValue]) -> Sheet:
    pooled = sorted(
        (v for v in values if v.lens == ALL_LENSES), key=lambda v: (_order(values, v.theatre), v.rank)
    )
    rows = tuple(
        (
            _name(facts, v.measure),
            signed_band(v.alone, relative=True),
            signed_band(v.last, relative=True),
            signed_band(v.interaction, relative=True),
            percent(v.rises),
            signed_band(v.transparency_cost),
        )
        for v in pooled
    )
    columns = ("alone_effect", "last", "interaction", "rises", "transparency")
    leading = [v for v in pooled if v.rank <= LEADING]
    chart = BandChart(
        "measures",
        said("risk.measures"),
        said("risk.chart_measures", count=LEADING),
        "change",
        -0.4,
        0.4,
        (said("head.alone_effect"), said("head.last")),
        tuple(
            BandRow(_name(facts, v.measure), (v.alone, v.last), id_label(facts, v.theatre)) for v in leading
        ),
        centre=0,
    )
    return Sheet(
        "measures",
        said("risk.measures"),
        heads("measure", *columns),
        rows,
        rests_on(pooled),
        text=(said("risk.measures_text"),),
        numeric=frozenset(range(1, 1 + len(columns))),
        groups=tuple(id_label(facts, v.theatre) for v in pooled),
        chart=chart if leading else None,
    )


def _order(values: Sequence[MeasureValue], theatre: str) -> int:
    return list(dict.fromkeys(v.theatre for v in values)).index(theatre)


def _agreements(facts: Facts, found: Sequence[Agreement]) -> Sheet:
    seen: dict[str, list[Agreement]] = {}
    for a in found:
        seen.setdefault(a.agreement, []).append(a)
    rows = tuple(
        (
            group[0].label,
            same(group[0].dated),
            id_label(facts, group[0].theatre) if group[0].theatre else same("–"),
            same(" ".join(a.measure for a in group)),
            group[0].status,
            same(group[0].agreement),
        )
        for group in seen.values()
    )
    return Sheet(
        "agreements",
        said("risk.agreements"),
        heads("agreement", "dated", "theatre", "measures", "status", "says_who"),
        rows,
        rests_on(found),
        whole=frozenset((1, 2, 5)),
    )
