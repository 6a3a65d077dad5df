"""The audit: every symbol of the model has exactly one record behind it, and every record has a symbol.

Two symbols are read straight from other records: declared roles (`R0`) from the coded documents, warheads
from the arsenals; they become inputs here, with the record's own mapping as their distribution.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepdown.contracts.facts import Arsenal, CodeMapping, Doctrine, ModelInput
from stepdown.contracts.facts.amounts import Point
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.errors import Problem, StudyError, nearest
from stepdown.vocabulary.ids import ROLES, Unit

READ_FROM_RECORDS = ("R0", "warheads")
SOURCED = ("basis", "confidence", "pedigree", "verified", "review_by")


def input_records(facts: Facts, world: World) -> dict[str, ModelInput]:
    """Symbol -> input record, for every symbol; raises StudyError listing all gaps at once."""
    problems = list(audit(facts))
    if problems:
        raise StudyError(problems)
    by_symbol = {record.symbol: record for record in facts.all(ModelInput)}
    by_symbol["R0"] = declared_roles(facts, world, default_role_mapping(facts))
    by_symbol["warheads"] = stockpiles(facts, world)
    return {symbol: by_symbol[symbol] for symbol in PARAMETERS}


def audit(facts: Facts) -> Iterator[Problem]:
    """Symbols without a record, records without a symbol, and axes that disagree."""
    by_symbol = {record.symbol: record for record in facts.all(ModelInput)}
    for symbol, spec in PARAMETERS.items():
        record = by_symbol.get(symbol)
        if record is None:
            if symbol not in READ_FROM_RECORDS:
                yield Problem("inputs", 0, symbol, "the model needs this input, but no record gives it")
        elif record.axes != spec.axes:
            yield Problem(
                "inputs", 0, record.id, "axes differ from the model's", str(record.axes), str(spec.axes)
            )
    for symbol, record in by_symbol.items():
        if symbol not in PARAMETERS:
            hint = nearest(symbol, PARAMETERS) or ""
            yield Problem("inputs", 0, record.id, "the model has no such symbol", symbol, hint=hint)


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
        newest = max(
            (d for d in facts.all(Doctrine) if d.state == state),
            key=lambda d: earliest(d.valid_from),
            default=None,
        )
        for role in ROLES:
            codes[f"{state}|{role}"] = newest.roles[role].code if newest is not None else "U"
    label = {"en": "Declared role, from the coded documents", "ja": "宣言上の役割（文書の符号付けによる）"}
    behind = facts.get(CodeMapping, mapping)
    return _derived(behind, "R0", "index_0_1", label, codes=codes, mapping=mapping)


def stockpiles(facts: Facts, world: World) -> ModelInput:
    """Warheads as an input: each armed state's latest estimate on record."""
    latest = {
        a.holder: a
        for a in sorted(facts.all(Arsenal), key=lambda a: earliest(a.as_of))
        if a.military_stockpile is not None
    }
    cells = {s: Point(dist="point", value=float(latest[s].military_stockpile or 1)) for s in world.armed}
    label = {"en": "Military stockpile, latest estimate", "ja": "軍用備蓄（最新の推計）"}
    return _derived(latest[world.armed[0]], "warheads", "warhead", label, cells=cells)


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
