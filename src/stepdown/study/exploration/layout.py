"""Names, units and words of everything a study's run keeps, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.design import Design
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts import Lens, ModelInput, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.experiments import FAN_OUTCOMES, outcome_keys
from stepdown.experiments.flags import flags, result_codes
from stepdown.experiments.store import Layout, Variable
from stepdown.study.plan import StudyPlan
from stepdown.study.words import coordinate_label, outcome_label, words
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import Unit

if TYPE_CHECKING:
    from stepdown.study.exploration.experiment import Keep

CF_UNITS: Mapping[Unit, str] = {
    "per_year": "year-1",
    "year": "year",
    "calendar_year": "year",
    "minute": "minute",
    "km": "km",
    "USD": "USD",
    "AUD": "AUD",
    "EUR": "EUR",
}
"""Units of the record as CF writes them; shares, indices, odds and counts are pure numbers, "1"."""
_YEARS = frozenset(("delay", "ramp", "fielding"))
"""Last words of the coordinates of effects and programmes that are years; the others are shares."""


def study_layout(
    plan: StudyPlan,
    facts: Facts,
    world: World,
    design: Design,
    packages: tuple[str, ...],
    coordinates: Sequence[Coordinate],
    keep: Keep,
) -> Layout:
    """Raises UnknownNameError for an outcome or series to keep that does not exist."""
    outcomes = {key.id: outcome_label(facts, key) for key in outcome_keys(world)}
    for name in keep.outcomes or ():
        if name not in outcomes:
            raise UnknownNameError("outcome", name, outcomes)
    for name in keep.series:
        if name not in FAN_OUTCOMES:
            raise UnknownNameError("outcome over time", name, FAN_OUTCOMES)
    headline = {name for name, x in outcomes.items() if x.headline} | set(plan.headline)
    kept = [
        Variable(n, _outcome(x, n in headline))
        for n, x in outcomes.items()
        if n in (keep.outcomes or outcomes)
    ]
    inputs = [c for c in coordinates if not c.options]
    switches = [c for c in coordinates if c.options]
    return Layout(
        packages=packages,
        outcomes=tuple(kept),
        inputs=tuple(Variable(c.name, _input(facts, c)) for c in inputs) if keep.inputs else (),
        switches=tuple(Variable(c.name, _switch(facts, c)) for c in switches),
        series=tuple(Variable(n, _outcome(outcomes[n], n in headline)) for n in keep.series),
        years=tuple(range(plan.horizon.start, plan.horizon.end + 1)) if keep.series else (),
        lens=_lens(facts, design),
        code=result_codes(),
        attrs=_about(plan, facts, design),
    )


def _outcome(label: OutcomeLabel, headline: bool) -> dict[str, Any]:
    subject = {"subject": label.subject} if label.subject else {}
    return {
        **_names(label.label),
        "units": "1",
        "kind": label.kind,
        "intended": label.intended,
        "little_change": label.little_change,
        "group": label.group,
        "headline": int(headline),
        **subject,
    }


def _input(facts: Facts, coordinate: Coordinate) -> dict[str, Any]:
    record = facts.by_type.get(ModelInput, {}).get(coordinate.input_id)
    if isinstance(record, ModelInput):
        units = CF_UNITS.get(record.unit, "1")
    else:
        units = "year" if coordinate.name.rpartition("|")[2].rpartition(".")[2] in _YEARS else "1"
    return {**_names(coordinate_label(facts, coordinate)), "units": units, "input_id": coordinate.input_id}


def _switch(facts: Facts, coordinate: Coordinate) -> dict[str, Any]:
    switch = facts.get(Switch, coordinate.input_id)
    labels = [switch.options[o].label for o in coordinate.options]
    named = flags(coordinate.options, [x.en for x in labels], [x.ja for x in labels])
    return {**_names(switch.label.bilingual), "input_id": switch.id, **named}


def _lens(facts: Facts, design: Design) -> dict[str, Any]:
    labels = [facts.get(Lens, x).label for x in design.lenses]
    return {
        **_names(words("exploration", "lens")),
        **flags(design.lenses, [x.en for x in labels], [x.ja for x in labels]),
    }


def _names(label: Bilingual) -> dict[str, Any]:
    return {"long_name": label.en, "long_name_ja": label.ja}


def _about(plan: StudyPlan, facts: Facts, design: Design) -> dict[str, Any]:
    from stepdown import __version__

    scope = words("table", "conditional")
    return {
        "Conventions": "CF-1.11",
        "title": plan.label.en,
        "title_ja": plan.label.ja,
        "question": plan.question.en,
        "question_ja": plan.question.ja,
        "study": plan.id,
        "design": design.kind,
        "seed": design.seed,
        "baseline": BASELINE,
        "record": facts.digest,
        "version": __version__,
        "scope": scope.en,
        "scope_ja": scope.ja,
    }
