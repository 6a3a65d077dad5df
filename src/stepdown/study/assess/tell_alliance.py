"""Findings on alliances in words: sheets for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.alliance import Arm, Assured, Burden, LedgerEntry
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts import Programme
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.tell_parts import heads, of_kind, rests_on
from stepdown.study.assess.words import band, listed, percent, said, same, signed_band
from stepdown.study.words import id_label


def tell_alliance(
    facts: Facts, request: Request, findings: Sequence[Finding]
) -> tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]:
    """Sources of assurance, the ledger, burden sharing."""
    assured, entries = of_kind(findings, Assured), of_kind(findings, LedgerEntry)
    if not assured:
        return (), ()
    return tuple(_short(facts, entries)), (
        _assured(facts, assured),
        _ledger(facts, entries),
        _burden(facts, of_kind(findings, Burden)),
    )


def _short(facts: Facts, entries: Sequence[LedgerEntry]) -> list[Bilingual]:
    pooled = [e for e in entries if e.lens == ALL_LENSES]
    cut = [e for e in pooled if e.arm == "reduction"]
    worst = min(cut, key=lambda e: e.assurance.median)
    told = [
        said(
            "alliance.short_cost",
            ally=id_label(facts, worst.ally),
            change=signed_band(worst.assurance, relative=True),
            kept=percent(worst.kept),
        )
    ]
    single = [a for a in get_args(Arm) if a not in ("reduction", "all_five")]
    means = {a: _mean([e.assurance.median for e in pooled if e.arm == a]) for a in single}
    best = max(single, key=lambda a: means[a])
    every = [e for e in pooled if e.arm == "all_five"]
    told.append(
        said(
            "alliance.short_best",
            arm=said(f"arm.{best}"),
            kept=percent(_mean([e.kept for e in every])),
        )
    )
    return told


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _assured(facts: Facts, found: Sequence[Assured]) -> Sheet:
    rows = tuple(
        (
            id_label(facts, a.ally),
            a.promises,
            band(a.assurance),
            band(a.own),
            signed_band(a.helpers),
            signed_band(a.nuclear),
        )
        for a in found
    )
    return Sheet(
        "sources-of-assurance",
        said("alliance.assured"),
        heads("ally", "promises", "assurance", "own", "helpers", "nuclear_part_of"),
        rows,
        rests_on(found),
        text=(said("alliance.assured_text"),),
        numeric=frozenset({2, 3, 4, 5}),
    )


def _ledger(facts: Facts, entries: Sequence[LedgerEntry]) -> Sheet:
    pooled = [e for e in entries if e.lens == ALL_LENSES]
    rows = tuple(
        (
            said(f"arm.{e.arm}"),
            signed_band(e.assurance, relative=True),
            percent(e.kept),
            _by_lens(entries, e),
            signed_band(e.hedging, relative=True),
            percent(e.worse_hedging),
            signed_band(e.adequacy, relative=True),
        )
        for e in pooled
    )
    cells = {(e.ally, e.arm): e for e in pooled}
    allies = dict.fromkeys(e.ally for e in pooled)
    lower = sum(cells[ally, "reduction"].assurance.median < 0 for ally in allies)
    shown: tuple[Arm, ...] = ("reduction", "all_five")
    one = len(allies) == 1
    chart_rows = (
        tuple(
            BandRow(said(f"arm.{arm}"), (cells[ally, arm].assurance,))
            for ally in allies
            for arm in get_args(Arm)
        )
        if one
        else tuple(
            BandRow(id_label(facts, ally), tuple(cells[ally, arm].assurance for arm in shown))
            for ally in allies
        )
    )
    chart = BandChart(
        "ledger",
        said("alliance.ledger"),
        said("alliance.chart_ledger", lower=lower, total=len(allies)),
        "change",
        -0.4,
        0.4,
        (said("head.assurance"),) if one else tuple(said(f"arm.{arm}") for arm in shown),
        chart_rows,
        centre=0,
    )
    columns = ("arm", "assurance_change", "kept", "kept_by_lens", "hedging", "worse_hedging")
    return Sheet(
        "ledger",
        said("alliance.ledger"),
        heads(*columns, "adequacy_change"),
        rows,
        rests_on(entries),
        text=(said("alliance.ledger_text"),),
        numeric=frozenset(range(1, 7)),
        groups=tuple(id_label(facts, e.ally) for e in pooled),
        chart=chart,
    )


def _by_lens(entries: Sequence[LedgerEntry], pooled: LedgerEntry) -> Bilingual:
    single = [
        e.kept for e in entries if (e.ally, e.arm) == (pooled.ally, pooled.arm) and e.lens != ALL_LENSES
    ]
    if not single:
        return same("–")
    return said("substitution.span", low=percent(min(single)), high=percent(max(single)))


def _burden(facts: Facts, found: Sequence[Burden]) -> Sheet:
    rows = tuple(
        (
            id_label(facts, b.ally),
            listed([facts.get(Programme, p).label.bilingual for p in b.programmes])
            if b.programmes
            else same("–"),
            listed([id_label(facts, c) for c in b.capabilities]) if b.capabilities else same("–"),
            signed_band(b.pool),
            band(b.ally_money),
            band(b.guarantor_money),
        )
        for b in found
    )
    year = found[0].year if found else 0
    return Sheet(
        "burden",
        said("alliance.burden"),
        heads("ally", "programmes", "raised", "pool", "ally_money", "guarantor_money"),
        rows,
        rests_on(found),
        text=(said("alliance.burden_text", year=year),),
        numeric=frozenset({3, 4, 5}),
    )
