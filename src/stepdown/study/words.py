"""Names of outcomes, inputs and steps in both languages, from `words.yaml` and the record's own labels."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.facts import (
    Actor,
    Effect,
    Measure,
    ModelInput,
    Programme,
    Sourced,
    Switch,
    Term,
)
from stepdown.contracts.facts.as_of import newest_doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.wording import filled, words_of
from stepdown.vocabulary.ids import CAUSES, LEVER_SCOPES, THEATRES


def words(group: str, key: str, **values: Bilingual | str | int) -> Bilingual:
    """Both languages of an entry, placeholders filled with the matching language."""
    entries: Mapping[str, Mapping[str, Mapping[str, str]]] = words_of("stepdown.study")
    return filled(entries[group][key], **values)


def id_label(facts: Facts, name: str) -> Bilingual:
    """The label of an actor, theatre, cause, role, attack type, capability or relation `A>B`; else the id."""
    if ">" in name:
        a, b = (id_label(facts, part) for part in name.split(">"))
        return Bilingual(f"{a.en} → {b.en}", f"{a.ja}→{b.ja}")
    if name in THEATRES:
        return facts.get(Term, f"theatre.{name}").label.bilingual
    if name in CAUSES:
        return facts.get(Term, f"cause.{name}").label.bilingual
    if name in facts.by_type.get(Actor, {}):
        return facts.get(Actor, name).label.bilingual
    for term in facts.all(Term):
        if name in (term.id.partition(".")[2], term.model_id):
            return term.label.bilingual
    return Bilingual(name, name)


def outcome_label(facts: Facts, key: OutcomeKey) -> OutcomeLabel:
    """Words of an outcome; those about one subject name it."""
    if key.subject is None:
        label = words("outcome", key.id)
    else:
        base = key.id.partition(".")[0]
        label = words("outcome", f"{base}.part", subject=id_label(facts, key.subject))
    return OutcomeLabel(
        key.id,
        label,
        words("unit", key.kind),
        key.intended,
        key.kind,
        key.group,
        key.little_change,
        key.subject,
        key.headline,
    )


def coordinate_label(facts: Facts, coordinate: Coordinate) -> Bilingual:
    """Words for an uncertain input: a switch, a cell of an input, a measure's effect, a programme's year."""
    record = facts.find(coordinate.input_id) if not coordinate.input_id.startswith("input.") else None
    _, _, rest = coordinate.name.partition("|")
    if isinstance(record, Switch):
        return record.label.bilingual
    if isinstance(record, Effect):
        return _effect_label(facts, record, rest)
    if isinstance(record, Programme):
        return words("input", "programme", programme=record.label.bilingual, what=words("what", rest))
    label = _input_label(facts, coordinate)
    if not rest:
        return label
    keys = [id_label(facts, key) for key in rest.split("|")]
    joined = Bilingual(", ".join(k.en for k in keys), "、".join(k.ja for k in keys))
    return words("input", "cell", label=label, keys=joined)


def _input_label(facts: Facts, coordinate: Coordinate) -> Bilingual:
    record = facts.by_type.get(ModelInput, {}).get(coordinate.input_id)
    if isinstance(record, ModelInput):
        return record.label.bilingual
    symbol = coordinate.input_id.removeprefix("input.")
    return Bilingual("declared role", "宣言上の役割") if symbol == "R0" else Bilingual(symbol, symbol)


def _effect_label(facts: Facts, record: Effect, rest: str) -> Bilingual:
    measure = facts.get(Measure, record.measure).label.bilingual
    lever, _, what = rest.rpartition(".")
    label = words("what", what)
    name = lever.partition(".")[0]
    if name in LEVER_SCOPES:
        term = facts.get(Term, f"lever.{name}").label.bilingual
        label = Bilingual(f"{label.en} ({term.en})", f"{label.ja}（{term.ja}）")
    return words("input", "effect", measure=measure, what=label)


def record_behind(facts: Facts, coordinate: Coordinate) -> Sourced | None:
    """The record that gives a coordinate its basis; for a declared role the state's newest document."""
    symbol, _, keys = coordinate.name.partition("|")
    if symbol == "R0":
        return newest_doctrine(facts, keys.partition("|")[0])
    found = facts.find(coordinate.input_id)
    return found if isinstance(found, Sourced) else None
