"""How sure is this: order of steps, lenses, other readings of the role codes, the scale of use risk."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.sections.short import leading_outcomes
from stepdown.brief.voice import Voice, headline, letter_class
from stepdown.charts.numbers import between, changes, level, share
from stepdown.contracts.findings import MappingReport, OrderComparison


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One outcome of a permuted order."""

    outcome: str
    change: str
    worse: str


@dataclass(frozen=True, slots=True)
class OrderGroup:
    """One permuted order of one package."""

    letter: str
    letter_class: str
    moved: str
    rows: tuple[OrderRow, ...]


@dataclass(frozen=True, slots=True)
class LensRow:
    """One package on one outcome, a cell (median, backfire share) per lens."""

    letter: str
    letter_class: str
    package: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Certainty:
    """The section on certainty."""

    lenses: tuple[str, ...]
    lens_tables: tuple[tuple[str, tuple[LensRow, ...]], ...]
    mappings: tuple[str, ...]
    prior: str
    levels: tuple[str, ...]
    prior_notes: tuple[int, ...]


def orders(voice: Voice) -> tuple[OrderGroup, ...]:
    """Change from the package's order to another order, where only one track's steps moved."""
    return tuple(_order(voice, comparison) for comparison in voice.findings.order)


def _order(voice: Voice, comparison: OrderComparison) -> OrderGroup:
    package = voice.findings.package(comparison.package)
    rows = []
    for effect in comparison.effects:
        outcome = voice.findings.outcome(effect.outcome)
        median, low, high = changes(outcome.kind, effect.median, effect.p05, effect.p95)
        change = f"{median} ({between(low, high, voice.language)})"
        rows.append(OrderRow(outcome.label.heading(voice.language), change, share(effect.backfires)))
    moved = comparison.label.heading(voice.language)
    return OrderGroup(package.letter, letter_class(package), moved, tuple(rows))


def certainty(voice: Voice) -> Certainty:
    """Lens tables for the leading outcomes and assurance, mapping reports, provenance of the prior."""
    findings = voice.findings
    prior = findings.prior
    return Certainty(
        lenses=tuple(voice.text(lens.label) for lens in findings.lenses),
        lens_tables=tuple(
            (findings.outcome(o).label.heading(voice.language), _lens_rows(voice, o))
            for o in _lens_outcomes(voice)
        ),
        mappings=tuple(line for report in findings.mappings for line in _mapping(voice, report)),
        prior=voice.text(prior.text),
        levels=tuple(
            voice.say(
                "certainty.level",
                label=item.label.heading(voice.language),
                median=level(item.median),
                unit=voice.text(item.unit),
                range=between(level(item.p05), level(item.p95), voice.language),
            )
            for item in prior.levels
        ),
        prior_notes=voice.note_numbers(prior.sources),
    )


def _lens_outcomes(voice: Voice) -> tuple[str, ...]:
    leading = [o.id for o in leading_outcomes(voice.findings)]
    assurance = [o.id for o in headline(voice.findings) if o.group == "assurance"][:1]
    return tuple(dict.fromkeys([*leading, *assurance]))


def _lens_rows(voice: Voice, outcome_id: str) -> tuple[LensRow, ...]:
    """One row per package; all medians of an outcome have the same decimals."""
    findings = voice.findings
    kind = findings.outcome(outcome_id).kind
    largest = max((abs(e.median) for e in findings.effects if e.outcome == outcome_id), default=0.0)
    rows = []
    for package in findings.packages:
        cells = []
        for lens in findings.lenses:
            effect = findings.effect(package.id, outcome_id, lens.id)
            if effect is None:
                cells.append((voice.say("effects.missing"), ""))
                continue
            median = changes(kind, effect.median, largest)[0]
            cells.append((median, voice.say("certainty.lens_cell", share=share(effect.backfires))))
        rows.append(LensRow(package.letter, letter_class(package), voice.text(package.label), tuple(cells)))
    return tuple(rows)


def _mapping(voice: Voice, report: MappingReport) -> tuple[str, ...]:
    label = voice.text(report.label)
    if not report.flips:
        return (voice.say("certainty.mapping_same", label=label, count=report.outcomes_checked),)
    return tuple(
        voice.say(
            "certainty.mapping_flip",
            label=label,
            outcome=voice.outcome(flip.outcome),
            before=voice.package(flip.now_before),
            after=voice.package(flip.overtaken),
        )
        for flip in report.flips
    )
