"""Every input of the model as a page shows it: distribution, bounds, basis, pedigree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from stepdown.assumptions.audit import input_records
from stepdown.assumptions.cells import cells_of, shares_of
from stepdown.assumptions.quantile import quantile
from stepdown.contracts.effects import Bilingual, EvidenceLevel
from stepdown.contracts.facts import ModelInput, Sourced
from stepdown.contracts.facts.amounts import Beta, ScalarAmount
from stepdown.contracts.facts.base import Evidence, Judgement
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World
from stepdown.record.cite import ground_words
from stepdown.record.evidence import evidence_level
from stepdown.record.words import word
from stepdown.study.words import id_label
from stepdown.vocabulary.errors import UnknownNameError

BINS = 24
OUTER = (0.01, 0.99)
WIDE = 20.0
"""Where the 95 % quantile is so many times the 5 % quantile, the axis is logarithmic."""
_GRID = np.linspace(0.0025, 0.9975, 400)


@dataclass(frozen=True)
class Spread:
    """A distribution to draw: three quantiles, and the share of it in equal steps from `low` to `high`.

    `log`: the steps are equal on a logarithmic axis. `kind`: the id of the distribution.
    """

    kind: str
    q05: float
    median: float
    q95: float
    low: float
    high: float
    log: bool
    bins: tuple[float, ...]


@dataclass(frozen=True)
class Cell:
    """One number of an input, or several with the same distribution: their keys, their words."""

    keys: tuple[str, ...]
    labels: tuple[Bilingual, ...]
    spread: Spread


@dataclass(frozen=True)
class Reference:
    """A ground in words, and the id of its source; empty for a judgement."""

    text: Bilingual
    source: str


@dataclass(frozen=True)
class Says:
    """Who says so: grounds, how and when they were checked, how far they are trusted, until when."""

    basis: tuple[Reference, ...]
    checked: Bilingual
    checked_on: str
    confidence: Bilingual
    review_by: str
    notes: tuple[Bilingual, ...]


@dataclass(frozen=True)
class InputCard:
    """An input. `part`: the mechanism that uses it; `shares`: weights of shares that sum to one.

    `strength`: the mean of its pedigree scores, 0 (weak) to 4 (strong).
    """

    id: str
    symbol: str
    label: Bilingual
    part: str
    unit: str
    axes: tuple[str, ...]
    limits: tuple[float, float]
    shared: bool
    cells: tuple[Cell, ...]
    shares: tuple[tuple[Bilingual, float], ...]
    pedigree: tuple[tuple[str, int], ...]
    strength: float
    evidence: EvidenceLevel

    @property
    def numbers(self) -> int:
        """How many numbers it holds."""
        return sum(len(cell.keys) for cell in self.cells)


def input_cards(facts: Facts, world: World) -> tuple[InputCard, ...]:
    """All inputs in the model's order."""
    return tuple(_card(facts, world, record) for record in input_records(facts, world).values())


def input_card(facts: Facts, world: World, symbol: str) -> tuple[InputCard, Says]:
    """One input, and who says so. Raises UnknownNameError with the nearest symbol."""
    records = input_records(facts, world)
    if symbol not in records:
        raise UnknownNameError("input", symbol, records)
    return _card(facts, world, records[symbol]), _says(facts, records[symbol])


def strength(record: Sourced) -> float:
    """The mean of the five pedigree scores, 0 (weak) to 4 (strong)."""
    scores: list[int] = list(record.pedigree.model_dump().values())
    return sum(scores) / len(scores)


def spread(amount: ScalarAmount, limits: tuple[float, float]) -> Spread:
    """The distribution to draw, cut at the admissible bounds as draws are."""
    values = np.clip(quantile(amount, _GRID), *limits)
    q05, median, q95 = (float(x) for x in np.clip(quantile(amount, np.array([0.05, 0.5, 0.95])), *limits))
    low, high = (float(x) for x in np.clip(quantile(amount, np.array(OUTER)), *limits))
    # A share of a whole is read against the whole, however small it may be.
    log = low > 0 and amount.dist != "beta" and q95 / max(q05, 1e-300) >= WIDE
    if high <= low:
        return Spread(amount.dist, q05, median, q95, low, high, False, ())
    edges = np.geomspace(low, high, BINS + 1) if log else np.linspace(low, high, BINS + 1)
    counted, _ = np.histogram(values, edges)
    return Spread(amount.dist, q05, median, q95, low, high, bool(log), tuple(float(c) for c in counted))


def _card(facts: Facts, world: World, record: ModelInput) -> InputCard:
    return InputCard(
        record.id,
        record.symbol,
        record.label.bilingual,
        record.mechanism,
        record.unit,
        record.axes,
        record.limits,
        record.shared,
        tuple(_cells(facts, world, record)),
        tuple((id_label(facts, key), alpha) for key, alpha in (shares_of(record) or {}).items()),
        tuple(record.pedigree.model_dump().items()),
        strength(record),
        evidence_level(record),
    )


def _cells(facts: Facts, world: World, record: ModelInput) -> Iterator[Cell]:
    """Numbers with equal distributions together; a share of several by its own, a beta distribution."""
    alphas = shares_of(record)
    if alphas is not None:
        whole = sum(alphas.values())
        for key, alpha in alphas.items():
            one = spread(Beta(dist="beta", alpha=alpha, beta=whole - alpha), record.limits)
            yield Cell((key,), (id_label(facts, key),), replace(one, kind="dirichlet"))
        return
    axes = PARAMETERS[record.symbol].axes
    together: dict[str, list[tuple[str, ...]]] = {}
    amounts: dict[str, ScalarAmount] = {}
    for cell in cells_of(facts, record, axes, world):
        name = cell.amount.model_dump_json()
        amounts[name] = cell.amount
        together.setdefault(name, []).append(cell.keys)
    for name, keys in together.items():
        labels = tuple(_joined([id_label(facts, k) for k in key]) for key in keys if key)
        yield Cell(tuple("|".join(key) for key in keys), labels, spread(amounts[name], record.limits))


def _joined(labels: list[Bilingual]) -> Bilingual:
    return Bilingual(" × ".join(x.en for x in labels), "×".join(x.ja for x in labels))


def references(facts: Facts, basis: Iterable[Evidence | Judgement]) -> tuple[Reference, ...]:
    """Grounds in words of both languages, each once, with their sources."""
    return tuple(
        Reference(
            Bilingual(ground_words(facts, ground, "en"), ground_words(facts, ground, "ja")),
            ground.source if isinstance(ground, Evidence) else "",
        )
        for ground in dict.fromkeys(basis)
    )


def _says(facts: Facts, record: ModelInput) -> Says:
    def both(key: str) -> Bilingual:
        return Bilingual(word(key, "en"), word(key, "ja"))

    return Says(
        references(facts, record.basis),
        both(f"how_{record.verified.how}"),
        record.verified.on,
        both(f"confidence_{record.confidence.level}"),
        record.review_by,
        tuple(text.bilingual for text in (record.dispute, record.notes) if text is not None),
    )
