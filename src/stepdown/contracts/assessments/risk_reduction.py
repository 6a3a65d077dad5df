"""Risk-reduction portfolio: what each measure buys alone and jointly, and the agreements that stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stepdown.contracts.assessments.shared import Finding, Spread
from stepdown.contracts.effects import Bilingual


@dataclass(frozen=True, slots=True)
class MeasureValue(Finding):
    """One measure in one theatre. Changes of use risk relative to the same future without it.

    `alone`: added to nothing; `last`: added to all the others; `interaction`: the part of its effect that
    the others take away (positive) or add (negative), last minus alone; `rises`: share of futures in which it
    raises use risk by more than 2 %. `transparency_cost`: change of adequacy without nuclear roles, mean over
    the theatre's parties: what openness and ceilings cost non-nuclear deterrence. `rank`: by median alone.
    """

    kind: ClassVar[str] = "measure"
    theatre: str
    measure: str
    lens: str
    alone: Spread
    last: Spread
    interaction: Spread
    rises: float
    transparency_cost: Spread
    rank: int


@dataclass(frozen=True, slots=True)
class Portfolio(Finding):
    """All measures together in one theatre, whose `rivalries` share one hazard (one relation of each pair:
    between nuclear-armed states, else the principals). `joint`: effect of all; `sum_of_alone`: what they
    would do if none took anything from another, product of the single ratios; `overlap`: joint minus that."""

    kind: ClassVar[str] = "portfolio"
    theatre: str
    rivalries: tuple[str, ...]
    lens: str
    measures: int
    joint: Spread
    sum_of_alone: Spread
    overlap: Spread
    rises: float


@dataclass(frozen=True, slots=True)
class Agreement(Finding):
    """An agreement or step on record that resembles a measure, with its status in the record's words.

    `theatre` is empty where its parties are not those of one theatre.
    """

    kind: ClassVar[str] = "agreement"
    measure: str
    agreement: str
    label: Bilingual
    dated: str
    parties: tuple[str, ...]
    theatre: str
    status: Bilingual
