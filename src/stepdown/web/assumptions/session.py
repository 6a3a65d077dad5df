"""Priors that a reader has changed: kept in the session, checked before they are kept."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypeAlias

from stepdown.study.assumptions import EDIT_KINDS, Edit, EditKind, Fault

MOST = 20
"""Changes that one session keeps."""
Place: TypeAlias = tuple[str, str]


@dataclass
class Priors:
    """Changes by symbol and cell, in the order they were made."""

    edits: dict[Place, Edit] = field(default_factory=dict)

    def put(self, edit: Edit) -> None:
        """Keep an edit; one of a whole input replaces those of its single numbers."""
        if edit.cell == "*":
            self.edits = {p: e for p, e in self.edits.items() if p[0] != edit.symbol}
        self.edits.pop((edit.symbol, edit.cell), None)
        self.edits[edit.symbol, edit.cell] = edit

    def last(self, symbol: str) -> Edit | None:
        """The newest change of an input."""
        return next((e for e in reversed(self.edits.values()) if e.symbol == symbol), None)

    def drop(self, symbol: str, cell: str) -> None:
        """Forget one change; without a symbol, all of them."""
        if symbol:
            self.edits.pop((symbol, cell), None)
        else:
            self.edits.clear()


@dataclass(frozen=True)
class Typed:
    """A form as it was filled in, so that it can be shown again."""

    cell: str
    kind: str
    low: str
    middle: str
    high: str

    @classmethod
    def of(cls, edit: Edit) -> Typed:
        """The form that gives this edit."""
        low, middle, high = ("" if v is None else f"{v:.6g}" for v in (edit.low, edit.middle, edit.high))
        return cls(edit.cell, edit.kind, low, middle, high)

    def edit(self, symbol: str) -> tuple[Edit | None, tuple[Fault, ...]]:
        """The edit that was typed, or what in it is no number and no kind of distribution."""
        found: list[Fault] = []
        if self.kind not in EDIT_KINDS:
            return None, (Fault("kind", "missing"),)
        kind: EditKind = self.kind
        values: dict[str, float | None] = {}
        for name in ("low", "middle", "high"):
            text = getattr(self, name).strip().replace("−", "-")
            try:
                value = float(text) if text else None
            except ValueError:
                value = math.nan
            if value is not None and not math.isfinite(value):
                found.append(Fault(name, "missing"))
                value = None
            values[name] = value
        plain = Edit(symbol, self.cell or "*", kind)
        needed = {name: value for name, value in values.items() if name in plain.needed}
        found = [f for f in found if f.where in plain.needed]
        return (None, tuple(found)) if found else (Edit(symbol, plain.cell, kind, **needed), ())
