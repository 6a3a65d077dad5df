"""Every symbol of the model with the record behind it.

Two symbols are read straight from other records: declared roles (`R0`) from the coded documents, warheads
from the arsenals; they become inputs here, with the record's own mapping as their distribution.
"""

from __future__ import annotations

from stepdown.contracts.facts import Arsenal, CodeMapping, ModelInput
from stepdown.contracts.facts.amounts import Point
from stepdown.contracts.facts.as_of import newest_arsenal, newest_doctrine
from stepdown.contracts.facts.completeness import incomplete
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World
from stepdown.vocabulary.errors import StudyError
from stepdown.vocabulary.ids import ROLES, Unit

SOURCED = ("basis", "confidence", "pedigree", "verified", "review_by")


def input_records(facts: Facts, world: World) -> dict[str, ModelInput]:
    """Symbol -> input record, for every symbol; raises StudyError listing all gaps at once."""
    problems = list(incomplete(facts))
    if problems:
        raise StudyError(problems)
    by_symbol = {record.symbol: record for record in facts.all(ModelInput)}
    by_symbol["R0"] = declared_roles(facts, world, default_role_mapping(facts))
    by_symbol["warheads"] = stockpiles(facts, world)
    return {symbol: by_symbol[symbol] for symbol in PARAMETERS}


def default_role_mapping(facts: Facts) -> str:
    """Id of the mapping of role codes that is marked as default."""
    return next(m.id for m in facts.all(CodeMapping) if m.default and m.of == "role_code")


def role_mappings(facts: Facts) -> tuple[str, ...]:
    """Ids of all mappings of role codes, the default first."""
    found = [m for m in facts.all(CodeMapping) if m.of == "role_code"]
    return tuple(m.id for m in sorted(found, key=lambda m: not m.default))


def declared_roles(facts: Facts, world: World, mapping: str) -> ModelInput:
    """R0 as an input: the codes of each armed state's newest document, through a mapping of codes."""
    codes: dict[str, str] = {}
    for state in world.armed:
        newest = newest_doctrine(facts, state)
        for role in ROLES:
            codes[f"{state}|{role}"] = newest.roles[role].code if newest is not None else "U"
    label = {"en": "Declared role, from the coded documents", "ja": "宣言上の役割（文書の符号付けによる）"}
    behind = facts.get(CodeMapping, mapping)
    return _derived(behind, "R0", "index_0_1", label, codes=codes, mapping=mapping)


def stockpiles(facts: Facts, world: World) -> ModelInput:
    """Warheads as an input: each armed state's latest estimate on record, resting on all of them."""
    estimates = {s: newest_arsenal(facts, s) for s in world.armed}
    known = {s: a for s, a in estimates.items() if a is not None and a.military_stockpile}
    cells = {s: Point(dist="point", value=float(a.military_stockpile or 0)) for s, a in known.items()}
    label = {"en": "Military stockpile, latest estimate", "ja": "軍用備蓄（最新の推計）"}
    basis = tuple(dict.fromkeys(ground for a in known.values() for ground in a.basis))
    first = next(iter(known.values()))
    return _derived(first, "warheads", "warhead", label, basis=basis, cells=cells)


def _derived(
    behind: CodeMapping | Arsenal, symbol: str, unit: Unit, label: dict[str, str], **form: object
) -> ModelInput:
    """An input that only re-reads other records; basis and pedigree are those of the record behind it."""
    spec = PARAMETERS[symbol]
    return ModelInput.model_validate(
        {
            "id": f"input.{symbol}",
            "symbol": symbol,
            "label": label,
            "unit": unit,
            "axes": spec.axes,
            "limits": (spec.low, spec.high),
            "mechanism": spec.mechanism,
            "as_of": behind.verified.on,
            **{name: getattr(behind, name) for name in SOURCED},
            **form,
        }
    )
