"""What is assumed: model inputs with distributions, code mappings, structural switches, lenses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.amounts import Amount, ScalarAmount
from stepdown.contracts.facts.base import (
    Basis,
    Closed,
    MappingId,
    NonEmpty,
    PartialDate,
    Sourced,
    SwitchId,
    Text,
)
from stepdown.vocabulary.ids import SWITCH_OPTIONS, Unit

Axis = Literal[
    "actor",
    "armed_actor",
    "relation",
    "relation_class",
    "theatre",
    "guarantee",
    "guarantee_kind",
    "attack",
    "capability",
    "enabler",
    "role",
    "cause",
    "attitude",
]


class CodeMapping(Sourced):
    """Codes to distributions, e.g. role codes Y/I/N/A/U to an index in [0, 1], or a 0-4 scale to levels."""

    label: Text
    of: NonEmpty
    unit: Unit
    default: bool = False
    values: Annotated[dict[str, ScalarAmount], Field(min_length=2)]


class ModelInput(Sourced):
    """One uncertain input of the model, by its symbol.

    Exactly one of: `amount` (a scalar, or the same distribution for every cell, drawn once per cell unless
    `shared`), `cells` (key -> distribution; keys of several axes joined by `|`; `*` for all others), or
    `codes` with `mapping` (key -> code).
    """

    symbol: NonEmpty
    label: Text
    unit: Unit
    axes: tuple[Axis, ...] = ()
    limits: tuple[float, float]
    shared: bool = False
    amount: Amount | None = None
    cells: dict[str, ScalarAmount] | None = None
    codes: dict[str, str] | None = None
    mapping: MappingId | None = None
    mechanism: NonEmpty
    as_of: PartialDate

    @model_validator(mode="after")
    def _one_form(self) -> ModelInput:
        forms = [name for name in ("amount", "cells", "codes") if getattr(self, name) is not None]
        if len(forms) != 1:
            raise ValueError(f"give exactly one of amount, cells, codes; found {forms or 'none'}")
        if (self.codes is None) != (self.mapping is None):
            raise ValueError("`codes` and `mapping` belong together")
        for key in self.cells or self.codes or {}:
            if key != "*" and len(key.split("|")) != len(self.axes):
                raise ValueError(f"cell {key!r} does not fit axes {list(self.axes)}; join keys by |")
        if self.limits[0] >= self.limits[1]:
            raise ValueError(f"limits {list(self.limits)} are empty; write [low, high] with low < high")
        return self


class SwitchOption(Closed):
    """One side of a structural disagreement: who holds it, which symbols it sets or scales."""

    label: Text
    holds: Text
    sets: dict[str, float] = Field(default_factory=dict)
    scales: dict[str, float] = Field(default_factory=dict)
    basis: Basis


class Switch(Sourced):
    """A structural disagreement of the literature. Terms it does not name stay bit-equal at t0."""

    label: Text
    question: Text
    options: dict[str, SwitchOption]
    changes_at_t0: tuple[NonEmpty, ...] = ()

    @model_validator(mode="after")
    def _known_options(self) -> Switch:
        wanted = SWITCH_OPTIONS.get(self.id)
        if wanted is None:
            raise ValueError(f"no switch {self.id!r}; allowed: {', '.join(SWITCH_OPTIONS)}")
        if set(self.options) != set(wanted):
            raise ValueError(f"options of {self.id} are {sorted(self.options)}; needed: {sorted(wanted)}")
        return self


class Lens(Sourced):
    """A school of thought as weights over the options of every switch; they sum to one per switch."""

    label: Text
    summary: Text
    weights: dict[SwitchId, dict[str, Annotated[float, Field(ge=0, le=1)]]]

    @model_validator(mode="after")
    def _complete_weights(self) -> Lens:
        missing = [s for s in SWITCH_OPTIONS if s not in self.weights]
        if missing:
            raise ValueError(f"lens without weights for {', '.join(missing)}")
        for switch, weights in self.weights.items():
            allowed = SWITCH_OPTIONS.get(switch, ())
            wrong = sorted(set(weights) - set(allowed))
            if wrong:
                raise ValueError(f"{switch} has no option {', '.join(wrong)}; allowed: {', '.join(allowed)}")
            if abs(sum(weights.values()) - 1) > 1e-9:
                raise ValueError(f"weights of {switch} sum to {sum(weights.values()):g}, not 1")
        return self
