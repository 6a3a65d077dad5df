"""From a computed study to findings: what a brief, a terminal or a page may say, with words and sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
from jaxtyping import Bool

from stepdown.assumptions.audit import role_mappings
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import ALL_LENSES, Bilingual, DecidingInput, FanSeries, Named, PairedEffect
from stepdown.contracts.ensemble import BASELINE, OutcomeKey
from stepdown.contracts.facts import Actor, CodeMapping, Lens, ModelInput, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import (
    AbsoluteLevel,
    ActorView,
    Findings,
    MappingReport,
    OrderComparison,
    PriorProvenance,
    RunCard,
    Timing,
)
from stepdown.discovery import Screen, changes, fan_series, paired_effects, toward
from stepdown.discovery.deciding import Deciding
from stepdown.record import role_matrix
from stepdown.record.evidence import cited_sources, evidence_level
from stepdown.study.describe import describe_package
from stepdown.study.notes import Notes
from stepdown.study.run import StudyRun
from stepdown.study.words import (
    coordinate_label,
    outcome_label,
    record_behind,
    words,
)

BACKFIRE_WORTH_EXPLAINING = 0.05


def tell(run: StudyRun, facts: Facts, version: str, revision: str, on: date) -> Findings:
    """Findings of a study run. Deterministic but for the timings on the run card."""
    plan, lenses = run.plan, run.assumptions.lenses
    packages = [p.id for p in plan.packages]
    effects = tuple(paired_effects(run.ensemble, run.keys, lenses, run.assumptions.lens, packages))
    matrix = role_matrix(facts, on)
    notes = Notes(facts, matrix, on)
    deciding = tuple(_deciding(run, facts, effects, notes))
    prior = _prior(run, facts, notes)
    return Findings(
        title=plan.label.bilingual,
        why=plan.why.bilingual,
        question=plan.question.bilingual,
        start_year=plan.horizon.start,
        end_year=plan.horizon.end,
        actors=tuple(Named(a, facts.get(Actor, a).label.bilingual) for a in run.world.actors),
        lenses=tuple(Named(x, facts.get(Lens, x).label.bilingual) for x in lenses),
        outcomes=tuple(outcome_label(facts, key) for key in run.keys),
        packages=tuple(describe_package(run, facts, i) for i in range(len(plan.packages))),
        effects=effects,
        fans=tuple(_fans(run)),
        deciding=deciding,
        views=_views(run),
        roles=matrix,
        sources=notes.all,
        prior=prior,
        run=_card(run, facts, version, revision, on),
        order=tuple(_orders(run)),
        mappings=_mappings(run, facts),
        scope=tuple(s.bilingual for s in (*plan.evidence_only, *plan.scope)),
    )


def _fans(run: StudyRun) -> Iterator[FanSeries]:
    """Fans of the outcomes the plan names; hazards against their own start or end, never bare."""
    base_years = {"use_risk": run.plan.horizon.start, "proliferation": run.plan.horizon.end}
    for outcome in run.plan.fans:
        year = base_years.get(outcome)
        kind = "index" if year is None else "hazard" if outcome == "use_risk" else "relative"
        note = words("fan_note", kind, year=year or 0)
        for package in run.plan.packages:
            yield fan_series(run.ensemble, outcome, package.id, note, year)


def _deciding(
    run: StudyRun, facts: Facts, effects: tuple[PairedEffect, ...], notes: Notes
) -> Iterator[DecidingInput]:
    """For every headline effect that backfires often enough: the two inputs that decide most."""
    keys = {key.id: key for key in run.keys if key.headline}
    screens = {p.id: Screen(_bearing_on(run, p.id), run.ensemble.ok) for p in run.plan.packages}
    for effect in effects:
        if (
            effect.lens == ALL_LENSES
            and effect.outcome in keys
            and effect.backfires >= BACKFIRE_WORTH_EXPLAINING
        ):
            wrong = _backfires(run, keys[effect.outcome], effect.package)
            for found in screens[effect.package].deciding(wrong):
                yield _input(run, facts, effect, found, notes)


def _bearing_on(run: StudyRun, package: str) -> tuple[Coordinate, ...]:
    """Inputs that can bear on a package: all but the effects of measures it does not hold."""
    held = {f"eff.{use.measure}" for use in run.plan.measures(package)}
    return tuple(c for c in run.coordinates if not c.input_id.startswith("eff.") or c.input_id in held)


def _backfires(run: StudyRun, key: OutcomeKey, package: str) -> Bool[np.ndarray, " future"]:
    values = run.ensemble.outcomes
    change = changes(key, values[package][key.id], values[BASELINE][key.id])
    return np.asarray(toward(key, change) < -key.little_change)


def _input(run: StudyRun, facts: Facts, effect: PairedEffect, found: Deciding, notes: Notes) -> DecidingInput:
    label = coordinate_label(facts, found.coordinate)
    record = record_behind(facts, found.coordinate)
    sources = tuple(cited_sources(record)) if record is not None else ()
    for source in sources:
        notes.cite(source)
    return DecidingInput(
        effect.package,
        effect.outcome,
        found.coordinate.input_id,
        label,
        found.importance,
        _condition(facts, found, label),
        found.low,
        found.high,
        evidence_level(record) if record is not None else 0,
        sources,
    )


def _condition(facts: Facts, found: Deciding, label: Bilingual) -> Bilingual:
    if found.option is not None:
        option = facts.get(Switch, found.coordinate.input_id).options[found.option]
        return words("condition", "option", option=option.label.bilingual)
    rises = (found.high or 0.0) > (found.low or 0.0)
    return words("condition", "high" if rises else "low", label=label)


def _views(run: StudyRun) -> tuple[ActorView, ...]:
    """What an ally and a rival would ask about: their own outcomes that exist in this world."""
    known = {key.id for key in run.keys}
    ally, rival = run.plan.views.ally, run.plan.views.rival
    allied = ("assurance", "proliferation", "adequacy")
    rivals = ("disarming_fear", "prompt_launch", "reliance", "theatre_forces")
    rival_outcomes = tuple(o for n in rivals if (o := f"{n}.{rival}") in known)
    ally_outcomes = tuple(
        o for n in allied for o in ((f"{n}.{ally}",) if f"{n}.{ally}" in known else (n,)) if o in known
    )
    return (ActorView(ally, "ally", ally_outcomes), ActorView(rival, "rival", rival_outcomes))


def _orders(run: StudyRun) -> Iterator[OrderComparison]:
    """Each permuted order against the order of its package, on the headline outcomes."""
    headline = [k for k in run.keys if k.headline]
    for order in run.plan.orders:
        drawn = run.assumptions
        effects = paired_effects(
            run.ensemble, headline, drawn.lenses, drawn.lens, [order.id], against=order.of
        )
        shown = tuple(replace(e, package=order.of) for e in effects if e.lens == ALL_LENSES)
        yield OrderComparison(order.of, order.label.bilingual, shown)


def _mappings(run: StudyRun, facts: Facts) -> tuple[MappingReport, ...]:
    checked = sum(key.headline for key in run.keys)
    packages = {p.id for p in run.plan.packages}
    return tuple(
        MappingReport(
            mapping,
            facts.get(CodeMapping, mapping).label.bilingual,
            checked,
            tuple(f for f in run.flips[mapping] if {f.overtaken, f.now_before} <= packages),
        )
        for mapping in role_mappings(facts)[1:]
    )


def _prior(run: StudyRun, facts: Facts, notes: Notes) -> PriorProvenance:
    """The prior of the total hazard, with every source that anchors it."""
    record = next(r for r in facts.all(ModelInput) if r.symbol == "H0")
    for source in cited_sources(record):
        notes.cite(source)
    percent = 100 * run.assumptions.symbols["H0"]
    low, middle, high = (float(np.quantile(percent, q)) for q in (0.05, 0.5, 0.95))
    level = AbsoluteLevel(words("prior", "level"), words("prior", "unit"), middle, low, high)
    return PriorProvenance(words("prior", "text"), (level,), tuple(cited_sources(record)))


def _card(run: StudyRun, facts: Facts, version: str, revision: str, on: date) -> RunCard:
    return RunCard(
        version=version,
        revision=revision,
        date=on.isoformat(),
        seed=run.seed,
        futures=run.assumptions.futures,
        failed=int(np.sum(~run.ensemble.ok)),
        record_hash=facts.digest,
        inputs=len(run.coordinates),
        lenses=run.assumptions.lenses,
        mode=run.mode,
        ensemble=run.source,
        stale=run.stale,
        timings=tuple(Timing(name, seconds) for name, seconds in run.seconds.items()),
    )
