"""Findings on reduction in words: sheets for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence

from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.assessments.reduction import Frontier, StepFinding
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts import Lens
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.tell_parts import heads, of_kind, rests_on
from stepdown.study.assess.words import band, index, percent, said, same, signed_band
from stepdown.study.words import id_label


def tell_reduction(
    facts: Facts, request: Request, findings: Sequence[Finding]
) -> tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]:
    """Largest steps, frontier with what binds first, the frontier by lens."""
    frontiers, steps = of_kind(findings, Frontier), of_kind(findings, StepFinding)
    if not frontiers:
        return (), ()
    return tuple(_short(facts, frontiers, steps, request)), (
        _steps(facts, steps, request),
        _frontier(facts, frontiers),
        _lenses(facts, frontiers),
    )


def role_name(facts: Facts, role: str) -> Bilingual:
    """A role, or all secondary roles together."""
    return said("reduction.all_secondary") if role == "all_secondary" else id_label(facts, role)


def _short(
    facts: Facts, frontiers: Sequence[Frontier], steps: Sequence[StepFinding], request: Request
) -> list[Bilingual]:
    told = []
    pooled = [f for f in frontiers if f.lens == ALL_LENSES]
    whole = [f for f in pooled if f.role == "all_secondary"]
    for f in whole if len({f.state for f in whole}) == 1 else ():
        told.append(
            said(
                "reduction.short",
                state=id_label(facts, f.state),
                package=said(f"package.{f.package}"),
                free=percent(f.free),
                first=said(f"binding.{f.first or 'none'}"),
                cut=band(f.cut),
            )
        )
    chosen = [s for s in steps if s.chosen]
    told.append(
        said("reduction.short_steps", count=len(chosen), limit=percent(request.limit))
        if chosen
        else said("reduction.short_no_step", limit=percent(request.limit))
    )
    for package in ("with_substitutes", "four_tracks"):
        before = [f.before for f in whole if f.package == package]
        told.append(
            said(
                "reduction.short_before",
                package=said(f"package.{package}"),
                share=percent(before[0])
                if len(before) == 1
                else said("substitution.span", low=percent(min(before)), high=percent(max(before))),
            )
        )
    most = _most(pooled)
    told.append(
        said(
            "reduction.short_binds",
            binding=said(f"binding.{most}"),
            count=sum(f.first == most for f in pooled),
            total=len(pooled),
        )
    )
    return told


def _most(pooled: Sequence[Frontier]) -> str:
    """What binds first most often."""
    binding = [f.first or "none" for f in pooled]
    return max(dict.fromkeys(binding), key=binding.count)


def _steps(facts: Facts, steps: Sequence[StepFinding], request: Request) -> Sheet:
    rows = []
    for state, package in dict.fromkeys((s.state, s.package) for s in steps):
        mine = [s for s in steps if (s.state, s.package) == (state, package)]
        best = next((s for s in mine if s.chosen), None)
        least = min(mine, key=lambda s: s.backfires)
        shown = best or least
        rows.append(
            (
                id_label(facts, state),
                said(f"package.{package}"),
                role_name(facts, best.role) if best else said("reduction.none_rare"),
                percent(shown.level) if best else same("–"),
                percent(shown.backfires),
                percent(shown.stuck) if best else same("–"),
                signed_band(shown.reliance, relative=True) if best else same("–"),
            )
        )
    return Sheet(
        "steps",
        said("reduction.steps"),
        heads("state", "package", "largest_step", "depth", "backfires", "stuck", "reliance_change"),
        tuple(rows),
        rests_on(steps),
        text=(said("reduction.steps_text", limit=percent(request.limit)),),
        numeric=frozenset({3, 4, 5, 6}),
        notes=(said("reduction.steps_note"),),
    )


def _frontier(facts: Facts, frontiers: Sequence[Frontier]) -> Sheet:
    pooled = [f for f in frontiers if f.lens == ALL_LENSES]
    rows = tuple(
        (
            role_name(facts, f.role),
            said(f"package.{f.package}"),
            band(f.role_now),
            band(f.lowest),
            percent(f.before),
            percent(f.free),
            percent(f.stuck),
            *(percent(getattr(f, b)) for b in ("capability", "ally", "rival", "home")),
            said(f"binding.{f.first or 'none'}"),
        )
        for f in pooled
    )
    columns = ("role", "package", "role_now", "lowest", "before", "free", "stuck", "b_capability", "b_ally")
    packages = tuple(dict.fromkeys(f.package for f in pooled))
    places = dict.fromkeys((f.state, f.role) for f in pooled)
    cells = {(f.state, f.role, f.package): f for f in pooled}
    many = len({f.state for f in pooled}) > 1
    chart = BandChart(
        "frontier",
        said("reduction.frontier"),
        said("reduction.chart_frontier", first=said(f"binding.{_most(pooled)}")),
        "share",
        0,
        1,
        tuple(said(f"package.{p}") for p in packages),
        tuple(
            BandRow(
                id_label(facts, state) if many else role_name(facts, role),
                tuple(cells[state, role, p].cut for p in packages),
            )
            for state, role in places
            if not many or role == "all_secondary"
        ),
    )
    return Sheet(
        "frontier",
        said("reduction.frontier"),
        heads(*columns, "b_rival", "b_home", "first"),
        rows,
        rests_on(pooled),
        text=(said("reduction.frontier_text"),),
        numeric=frozenset(range(2, 11)),
        groups=tuple(id_label(facts, f.state) for f in pooled),
        chart=chart,
    )


def _lenses(facts: Facts, frontiers: Sequence[Frontier]) -> Sheet:
    """How low a role goes before anything breaks, and where nothing does, lens by lens."""
    lenses = [x for x in dict.fromkeys(f.lens for f in frontiers) if x != ALL_LENSES]
    cells = {(f.state, f.role, f.package, f.lens): f for f in frontiers}
    pooled = [f for f in frontiers if f.lens == ALL_LENSES]

    def cell(f: Frontier | None) -> Bilingual:
        if f is None:
            return same("–")
        return said("substitution.lens_cell", median=index(f.lowest.median), passes=percent(f.free))

    rows = tuple(
        (
            role_name(facts, f.role),
            said(f"package.{f.package}"),
            *(cell(cells.get((f.state, f.role, f.package, x))) for x in lenses),
        )
        for f in pooled
    )
    return Sheet(
        "lenses",
        said("reduction.lenses"),
        (*heads("role", "package"), *(facts.get(Lens, x).label.bilingual for x in lenses)),
        rows,
        rests_on(frontiers),
        text=(said("reduction.lenses_text"),),
        numeric=frozenset(range(2, 2 + len(lenses))),
        groups=tuple(id_label(facts, f.state) for f in pooled),
    )
