"""How much assumptions weigh in an effect, beside how well they are grounded: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepdown.contracts.effects import Bilingual, OutcomeLabel

WeighedKind = Literal["input", "switch", "effect", "programme"]


@dataclass(frozen=True)
class Weighed:
    """A record: `share` of the change's variance that its most influential number explains by itself.

    `number` is that number in words where the record holds several; `pedigree` the mean of the five scores,
    0 (weak) to 4 (strong).
    """

    id: str
    kind: WeighedKind
    label: Bilingual
    number: Bilingual
    share: float
    pedigree: float


@dataclass(frozen=True)
class Weights:
    """All records that differ between futures, the weightiest first. `chance`: what the largest share among
    all numbers reaches when the outcome is shuffled; below it nothing stands out. `outcome`: whose change,
    in `futures` futures."""

    outcome: OutcomeLabel
    records: tuple[Weighed, ...]
    chance: float
    futures: int

    def of(self, record: str) -> Weighed | None:
        """The record with this id, if it differs between futures."""
        return next((w for w in self.records if w.id == record), None)
