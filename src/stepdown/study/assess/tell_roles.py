"""Findings on roles in words: sheets for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.assessments.roles import REACTS
from stepdown.charts.numbers import between, decimal
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.assessments.roles import (
    Influence,
    PostureCheck,
    RoleStanding,
    Salience,
    ThresholdView,
)
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.tell_parts import heads, of_kind, rests_on
from stepdown.study.assess.words import band, both, listed, percent, said, same, signed_band
from stepdown.study.words import id_label

LEAST_REACTION = 0.2
"""Reactions shown on paper: at least this share of futures moves; the dataset holds all."""


def tell_roles(
    facts: Facts, request: Request, findings: Sequence[Finding]
) -> tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]:
    """Salience, roles as coded, thresholds, posture, influence."""
    salience = of_kind(findings, Salience)
    if not salience:
        return (), ()
    made = [
        _salience(facts, salience, since=request.since is not None),
        _standing(facts, of_kind(findings, RoleStanding), since=request.since is not None),
        _thresholds(facts, of_kind(findings, ThresholdView)),
        _posture(facts, of_kind(findings, PostureCheck)),
    ]
    influences = of_kind(findings, Influence)
    if influences:
        made += [_influence(facts, influences), _network(facts, influences)]
    return tuple(_short(facts, findings)), tuple(made)


def _short(facts: Facts, findings: Sequence[Finding]) -> list[Bilingual]:
    salience = of_kind(findings, Salience)
    top = max(salience, key=lambda s: s.index.median)
    said_so = [
        said("roles.short_index", state=id_label(facts, top.state), index=band(top.index))
        if len(salience) > 1
        else said("roles.short_one", state=id_label(facts, top.state), index=band(top.index))
    ]
    views = of_kind(findings, ThresholdView)
    if views:
        widest = max(views, key=lambda v: v.gap.median)
        said_so.append(
            said(
                "roles.short_gap",
                state=id_label(facts, widest.state),
                observer=id_label(facts, widest.observer),
                gap=band(widest.gap),
            )
        )
    checks = of_kind(findings, PostureCheck)
    against = [c for c in checks if c.verdict == "contradicts"]
    posture = said("roles.short_posture", count=len(against), total=len(checks))
    if against:
        where = listed([_where(facts, state, against) for state in dict.fromkeys(c.state for c in against)])
        posture = said("roles.posture_where", posture=posture, where=where)
    said_so.append(posture)
    moved = [i for i in of_kind(findings, Influence) if i.channel == "disarming_fear"]
    if moved:
        most = max(moved, key=lambda i: abs(i.change.median))
        said_so.append(
            said(
                "roles.short_influence",
                source=id_label(facts, most.source),
                act=said(f"act.{most.act}"),
                reactor=id_label(facts, most.reactor),
                change=signed_band(most.change, relative=True),
            )
        )
    linked = [i for i in of_kind(findings, Influence) if i.linked and i.reacts > 0]
    if linked:
        farthest = max(linked, key=lambda i: i.reacts)
        said_so.append(
            said(
                "roles.short_linked",
                source=id_label(facts, farthest.source),
                reactor=id_label(facts, farthest.reactor),
                through=listed([id_label(facts, a) for a in farthest.through]),
                channel=said(f"channel.{farthest.channel}"),
                reacts=percent(farthest.reacts),
            )
        )
    return said_so


def _where(facts: Facts, state: str, against: Sequence[PostureCheck]) -> Bilingual:
    items = listed([said(f"item.{c.item}") for c in against if c.state == state])
    return said("roles.of_state", state=id_label(facts, state), items=items)


def _salience(facts: Facts, found: Sequence[Salience], *, since: bool) -> Sheet:
    rows = tuple(
        (
            id_label(facts, s.state),
            band(s.index),
            band(s.core),
            band(s.secondary),
            band(s.political),
            _range(s.codes_low, s.codes_high),
            _range(s.weights_low, s.weights_high),
            *((signed_band(s.change) if s.change else said("roles.no_change"),) if since else ()),
            same(s.document),
        )
        for s in found
    )
    columns = ("state", "salience", "core", "secondary", "political", "other_codes", "other_weights")
    change = ("change",) if since else ()
    chart = BandChart(
        "salience",
        said("roles.salience"),
        said("roles.chart_salience", count=len(found)),
        "index",
        0,
        1,
        (said("head.salience"), said("head.secondary")),
        tuple(BandRow(id_label(facts, s.state), (s.index, s.secondary)) for s in found),
    )
    return Sheet(
        "salience",
        said("roles.salience"),
        heads(*columns, *change, "document"),
        rows,
        rests_on(found),
        text=(said("roles.salience_text"),),
        numeric=frozenset(range(1, 7 + since)),
        whole=frozenset({7 + since}),
        chart=chart,
    )


def _standing(facts: Facts, found: Sequence[RoleStanding], *, since: bool) -> Sheet:
    def code(code: str, disputed: bool = False) -> Bilingual:
        return said("code.disputed", code=said(f"code.{code}")) if disputed else said(f"code.{code}")

    rows = tuple(
        (
            id_label(facts, r.role),
            said(f"group.{r.group}"),
            code(r.code, r.disputed),
            *((code(r.earlier_code) if r.earlier_code else same("–"),) if since else ()),
            percent(r.weight),
            same(r.origin[0]),
        )
        for r in found
    )
    earlier = ("earlier",) if since else ()
    return Sheet(
        "roles-coded",
        said("roles.standing"),
        heads("role", "group", "code", *earlier, "weight", "says_who"),
        rows,
        rests_on(found),
        numeric=frozenset({3 + since}),
        groups=tuple(id_label(facts, r.state) for r in found),
    )


def _thresholds(facts: Facts, found: Sequence[ThresholdView]) -> Sheet:
    rows = tuple(
        (
            id_label(facts, v.observer),
            said(f"attitude.{v.attitude}"),
            band(v.declared),
            band(v.perceived),
            band(v.gap),
        )
        for v in found
    )
    by_state = {v.state: v for v in sorted(found, key=lambda v: v.gap.median)}
    chart = BandChart(
        "thresholds",
        said("roles.thresholds"),
        said(
            "roles.chart_thresholds",
            lower=sum(v.perceived.median < v.declared.median for v in by_state.values()),
            total=len(by_state),
        ),
        "index",
        0,
        1,
        (said("head.declared"), said("head.perceived_worst")),
        tuple(
            BandRow(
                said("roles.as_seen", state=id_label(facts, v.state), observer=id_label(facts, v.observer)),
                (v.declared, v.perceived),
            )
            for v in by_state.values()
        ),
    )
    return Sheet(
        "thresholds",
        said("roles.thresholds"),
        heads("observer", "attitude", "declared", "perceived", "gap"),
        rows,
        rests_on(found),
        text=(said("roles.thresholds_text"),),
        numeric=frozenset({2, 3, 4}),
        groups=tuple(id_label(facts, v.state) for v in found),
        chart=chart,
    )


def _posture(facts: Facts, found: Sequence[PostureCheck]) -> Sheet:
    rows = tuple((said(f"item.{p.item}"), p.words, p.shows, said(f"fit.{p.verdict}")) for p in found)
    return Sheet(
        "posture",
        said("roles.posture"),
        heads("item", "words", "shows", "verdict"),
        rows,
        rests_on(found),
        text=(said("roles.posture_text"),),
        groups=tuple(id_label(facts, p.state) for p in found),
    )


def _influence(facts: Facts, found: Sequence[Influence]) -> Sheet:
    shown = sorted((i for i in found if i.reacts >= LEAST_REACTION), key=lambda i: -abs(i.change.median))
    rows = tuple(
        (
            id_label(facts, f"{i.source}>{i.reactor}"),
            said(f"act.{i.act}"),
            said(f"channel.{i.channel}"),
            signed_band(i.change, relative=True),
            percent(i.reacts),
        )
        for i in shown
    )
    fear = [i for i in shown if i.channel == "disarming_fear"][:12]
    chart = BandChart(
        "influence",
        said("roles.influence"),
        said("roles.chart_influence", count=len(fear)),
        "change",
        -0.4,
        0.4,
        (said("channel.disarming_fear"),),
        tuple(
            BandRow(
                said(
                    "roles.pair_act",
                    pair=id_label(facts, f"{i.source}>{i.reactor}"),
                    act=said(f"act.{i.act}"),
                ),
                (i.change,),
            )
            for i in fear
        ),
        centre=0,
    )
    return Sheet(
        "influence",
        said("roles.influence"),
        heads("pair", "act", "channel", "change", "reacts"),
        rows,
        rests_on(found),
        text=(said("roles.influence_text"),),
        numeric=frozenset({3, 4}),
        notes=(said("roles.influence_note", least=round(100 * LEAST_REACTION), reacts=round(100 * REACTS)),),
        chart=chart if fear else None,
    )


def _network(facts: Facts, found: Sequence[Influence]) -> Sheet:
    """Who moves whom: the largest share over acts and channels, in brackets where others link the two."""
    sources = tuple(dict.fromkeys(i.source for i in found))
    moved = dict.fromkeys(i.reactor for i in found)
    reactors = (*(s for s in sources if s in moved), *(r for r in moved if r not in sources))

    def cell(source: str, reactor: str) -> Bilingual:
        mine = [i for i in found if (i.source, i.reactor) == (source, reactor)]
        if not mine:
            return same("–")
        most = percent(max(i.reacts for i in mine))
        return said("roles.linked_cell", share=most) if mine[0].linked else most

    rows = tuple((id_label(facts, s), *(cell(s, r) for r in reactors)) for s in sources)
    return Sheet(
        "network",
        said("roles.network"),
        (said("head.source"), *(id_label(facts, r) for r in reactors)),
        rows,
        rests_on(found),
        text=(said("roles.network_text", reacts=round(100 * REACTS)),),
        numeric=frozenset(range(1, 1 + len(reactors))),
    )


def _range(low: float, high: float) -> Bilingual:
    return both(lambda lang: between(decimal(low, 2), decimal(high, 2), lang))
