"""Switches with both sides and their references, and lenses as weights over them."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Lens, ModelInput, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.inputs import SwitchOption
from stepdown.contracts.parameters import PARAMETERS
from stepdown.study.assumptions.cards import Reference, references


@dataclass(frozen=True)
class Move:
    """What an option does to a symbol of the model: sets it to a value, or multiplies its draw."""

    symbol: str
    label: Bilingual
    does: str
    value: float


@dataclass(frozen=True)
class OptionCard:
    """One side of a disagreement: who holds it, what it sets, and the weight each lens gives it."""

    id: str
    label: Bilingual
    holds: Bilingual
    references: tuple[Reference, ...]
    moves: tuple[Move, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class SwitchCard:
    """A structural disagreement of the literature, with all its sides."""

    id: str
    label: Bilingual
    question: Bilingual
    options: tuple[OptionCard, ...]
    notes: Bilingual | None


@dataclass(frozen=True)
class LensCard:
    """A school of thought: its summary and what it rests on."""

    id: str
    label: Bilingual
    summary: Bilingual
    references: tuple[Reference, ...]


def switch_cards(facts: Facts) -> tuple[SwitchCard, ...]:
    """Every switch; weights in the order of `lens_cards`."""
    return tuple(
        SwitchCard(
            switch.id,
            switch.label.bilingual,
            switch.question.bilingual,
            tuple(_option(facts, switch, name, option) for name, option in switch.options.items()),
            switch.notes.bilingual if switch.notes else None,
        )
        for switch in facts.all(Switch)
    )


def lens_cards(facts: Facts) -> tuple[LensCard, ...]:
    """Every lens, in the record's order."""
    return tuple(
        LensCard(lens.id, lens.label.bilingual, lens.summary.bilingual, references(facts, lens.basis))
        for lens in facts.all(Lens)
    )


def _option(facts: Facts, switch: Switch, name: str, option: SwitchOption) -> OptionCard:
    moves = [("sets", s, v) for s, v in option.sets.items()] + [
        ("scales", s, v) for s, v in option.scales.items()
    ]
    return OptionCard(
        name,
        option.label.bilingual,
        option.holds.bilingual,
        references(facts, option.basis),
        tuple(Move(symbol, _meaning(facts, symbol), does, value) for does, symbol, value in moves),
        tuple(lens.weights[switch.id].get(name, 0.0) for lens in facts.all(Lens)),
    )


def _meaning(facts: Facts, symbol: str) -> Bilingual:
    record = facts.by_type.get(ModelInput, {}).get(f"input.{symbol}")
    if isinstance(record, ModelInput):
        return record.label.bilingual
    return Bilingual(PARAMETERS[symbol].meaning, symbol)
