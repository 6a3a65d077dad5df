"""Another prior for the length of a session: what may be asked, whether it can be, and the record it gives.

An edit never touches the files: it gives a record in memory in which one input, or one number of it, has
another distribution. Everything else is drawn as before, future by future, because draws are keyed by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import Literal, get_args

from stepdown.contracts.facts import CodeMapping, ModelInput
from stepdown.contracts.facts.amounts import Dirichlet, Pert, Point, Quantiles, ScalarAmount, Uniform
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World

EditKind = Literal["quantiles", "pert", "uniform", "loguniform", "point"]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)
ALL_CELLS = "*"
_NEEDED: Mapping[EditKind, tuple[str, ...]] = {
    "quantiles": ("low", "middle", "high"),
    "pert": ("low", "middle", "high"),
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "point": ("middle",),
}


@dataclass(frozen=True)
class Edit:
    """Another distribution for one number of an input, or for all of them (`cell` = `*`).

    quantiles: 5 %, 50 %, 95 %; pert: least, most likely, most; uniform, loguniform: both ends; point: the one
    value, in `middle`.
    """

    symbol: str
    cell: str
    kind: EditKind
    low: float | None = None
    middle: float | None = None
    high: float | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """The numbers that its kind takes."""
        return _NEEDED[self.kind]


@dataclass(frozen=True)
class Fault:
    """What cannot be used: where it stands, a key for the words, and the values they need."""

    where: str
    key: Literal["missing", "outside", "order", "positive", "cell", "fixed", "many"]
    values: Mapping[str, str | float] = field(default_factory=dict)


def editable(facts: Facts, symbol: str) -> bool:
    """Whether an input can be edited here: not shares that sum to one, nor what is read from documents."""
    record = facts.by_type.get(ModelInput, {}).get(f"input.{symbol}")
    return isinstance(record, ModelInput) and not isinstance(record.amount, Dirichlet)


def cells_named(facts: Facts, world: World, symbol: str) -> tuple[str, ...]:
    """Keys of an input's numbers, joined by `|`; none for a single number."""
    axes = facts.get(ModelInput, f"input.{symbol}").axes
    return tuple("|".join(keys) for keys in product(*(world.axis(a) for a in axes))) if axes else ()


def faults(facts: Facts, world: World, edit: Edit) -> tuple[Fault, ...]:
    """Everything in an edit that cannot be used, with what is allowed; none when it can."""
    if not editable(facts, edit.symbol):
        return (Fault("symbol", "fixed"),)
    return tuple(_faults(facts.get(ModelInput, f"input.{edit.symbol}"), facts, world, edit))


def _faults(record: ModelInput, facts: Facts, world: World, edit: Edit) -> Iterator[Fault]:
    if edit.cell != ALL_CELLS and edit.cell not in cells_named(facts, world, edit.symbol):
        yield Fault("cell", "cell", {"found": edit.cell[:60]})
    low, high = record.limits
    given = {name: getattr(edit, name) for name in edit.needed}
    for name, value in given.items():
        if value is None:
            yield Fault(name, "missing")
        elif not low <= value <= high:
            yield Fault(name, "outside", {"low": low, "high": high})
    values = [value for value in given.values() if value is not None]
    if len(values) == len(given) > 1:
        strict = edit.kind == "quantiles"
        ordered = all(a < b if strict else a <= b for a, b in pairwise(values))
        if not ordered or values[0] >= values[-1]:
            yield Fault("high", "order")
    if edit.kind == "loguniform" and edit.low is not None and edit.low <= 0:
        yield Fault("low", "positive")


def with_edits(facts: Facts, edits: Iterable[Edit]) -> Facts:
    """The record with the edits in place; those of a whole input first. They must be free of faults."""
    inputs = dict(facts.by_type[ModelInput])
    for edit in sorted(edits, key=lambda e: e.cell != ALL_CELLS):
        name = f"input.{edit.symbol}"
        record = inputs[name]
        assert isinstance(record, ModelInput)
        inputs[name] = _edited(facts, record, edit)
    return replace(facts, by_type={**facts.by_type, ModelInput: inputs})


def _edited(facts: Facts, record: ModelInput, edit: Edit) -> ModelInput:
    amount = _amount(edit, record.limits)
    plain: dict[str, object] = {"amount": None, "cells": None, "codes": None, "mapping": None}
    if edit.cell == ALL_CELLS:
        return record.model_copy(update=plain | {"amount": amount})
    cells: dict[str, ScalarAmount] = {}
    if record.codes is not None and record.mapping is not None:
        values = facts.get(CodeMapping, record.mapping).values
        cells = {key: values[code] for key, code in record.codes.items()}
    elif record.cells is not None:
        cells = dict(record.cells)
    elif record.amount is not None:
        assert not isinstance(record.amount, Dirichlet)
        cells = {ALL_CELLS: record.amount}  # type: ignore[dict-item]
    return record.model_copy(update=plain | {"cells": cells | {edit.cell: amount}})


def _amount(edit: Edit, limits: tuple[float, float]) -> ScalarAmount:
    low, middle, high = edit.low, edit.middle, edit.high
    if edit.kind == "point":
        assert middle is not None
        return Point(dist="point", value=middle)
    assert low is not None
    assert high is not None
    if edit.kind in ("uniform", "loguniform"):
        return Uniform(dist=edit.kind, low=low, high=high)
    assert middle is not None
    if edit.kind == "pert":
        return Pert(dist="pert", low=low, mode=middle, high=high)
    # Beyond the outer quantiles as steep as inside: 5 % lie there, 45 % between the outer and the median.
    ends = (max(limits[0], low - (middle - low) / 9), min(limits[1], high + (high - middle) / 9))
    return Quantiles(dist="quantiles", q={0.05: low, 0.5: middle, 0.95: high}, support=ends)
