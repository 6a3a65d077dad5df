"""Structural switches in the reader's language: the question, both sides, what an option changes."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.facts import Lens, ModelInput, Source, Switch
from stepdown.contracts.facts.base import Evidence
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.inputs import SwitchOption
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class Weight:
    """How likely a lens takes an option."""

    lens: str
    share: float


@dataclass(frozen=True)
class Side:
    """One option: what it holds, what it does in the model (empty: nothing), its sources (id, words)."""

    id: str
    label: str
    holds: str
    does: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    judged: bool
    weights: tuple[Weight, ...]


@dataclass(frozen=True)
class Dispute:
    """One switch; `terms`: ids of the terms it may change at the start (keys of `START_TERMS`)."""

    id: str
    label: str
    question: str
    sides: tuple[Side, ...]
    terms: tuple[str, ...]
    notes: str


def disputes(facts: Facts, lang: Language) -> tuple[Dispute, ...]:
    """Every switch of the record, in its order."""
    return tuple(
        Dispute(
            switch.id,
            switch.label[lang],
            switch.question[lang],
            tuple(_side(facts, switch, name, option, lang) for name, option in switch.options.items()),
            tuple(switch.changes_at_t0),
            switch.notes[lang] if switch.notes else "",
        )
        for switch in facts.all(Switch)
    )


def _side(facts: Facts, switch: Switch, name: str, option: SwitchOption, lang: Language) -> Side:
    sources = [ground.source for ground in option.basis if isinstance(ground, Evidence)]
    return Side(
        name,
        option.label[lang],
        option.holds[lang],
        (
            *(f"{_meaning(facts, symbol, lang)} = {value:g}" for symbol, value in option.sets.items()),
            *(f"{_meaning(facts, symbol, lang)} × {by:g}" for symbol, by in option.scales.items()),
        ),
        tuple((s, _short(facts.get(Source, s), lang)) for s in dict.fromkeys(sources)),
        len(sources) < len(option.basis),
        tuple(Weight(lens.label[lang], lens.weights[switch.id].get(name, 0.0)) for lens in facts.all(Lens)),
    )


def _meaning(facts: Facts, symbol: str, lang: Language) -> str:
    record = facts.by_type.get(ModelInput, {}).get(f"input.{symbol}")
    if not isinstance(record, ModelInput):
        return symbol
    return f"{record.label[lang]}（{symbol}）" if lang == "ja" else f"{record.label[lang]} ({symbol})"


def _short(source: Source, lang: Language) -> str:
    by = source.authors or source.publisher
    year = (source.date_published or "")[:4]
    return f"{by} {year}".strip() if lang == "en" else f"{by}（{year}）" if year else by
