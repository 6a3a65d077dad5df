"""From input records to cells: which distribution stands behind every number of every symbol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from stepdown.contracts.facts import CodeMapping, ModelInput
from stepdown.contracts.facts.amounts import Categorical, Dirichlet, ScalarAmount
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.vocabulary.errors import Problem, StudyError


@dataclass(frozen=True)
class Cell:
    """One number of a symbol: its keys along the symbol's axes, and its distribution.

    Cells with the same `draw` share one coordinate, so that they move together.
    """

    symbol: str
    input_id: str
    keys: tuple[str, ...]
    amount: ScalarAmount
    draw: str


def cells_of(facts: Facts, record: ModelInput, axes: Sequence[str], world: World) -> Iterator[Cell]:
    """Every cell of an input along the axes of its symbol; Dirichlet inputs are handled by `shares_of`.

    Raises StudyError when a cell has no distribution.
    """
    table = _table(facts, record)
    for keys in product(*(world.axis(axis) for axis in axes)):
        amount = _find(table, keys)
        name = "|".join((record.symbol, *keys))
        if amount is None:
            problem = Problem(
                record.id, 0, name, "no distribution for this cell", allowed="a cell, or * for all"
            )
            raise StudyError([problem])
        yield Cell(record.symbol, record.id, keys, amount, record.symbol if record.shared else name)


def shares_of(record: ModelInput) -> Mapping[str, float] | None:
    """The Dirichlet weights of an input that is a set of shares, else None."""
    return record.amount.alpha if isinstance(record.amount, Dirichlet) else None


def _table(facts: Facts, record: ModelInput) -> Mapping[str, ScalarAmount]:
    if record.cells is not None:
        return record.cells
    if record.codes is not None and record.mapping is not None:
        values = facts.get(CodeMapping, record.mapping).values
        return {key: values[code] for key, code in record.codes.items()}
    amount = record.amount
    if amount is None or isinstance(amount, Dirichlet | Categorical):
        raise StudyError([Problem(record.id, 0, "amount", "shares and categories are no cells")])
    return {"*": amount}


def _find(table: Mapping[str, ScalarAmount], keys: tuple[str, ...]) -> ScalarAmount | None:
    """The most specific entry: exact keys first, then `*` in the last place, then the first, then all."""
    patterns = product(*((key, "*") for key in keys)) if keys else iter(((),))
    for pattern in sorted(patterns, key=lambda p: (p.count("*"), p)):
        found = table.get("|".join(pattern))
        if found is not None:
            return found
    return table.get("*")
