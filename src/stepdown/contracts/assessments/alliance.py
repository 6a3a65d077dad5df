"""Alliance ledger: what assures an ally, what a smaller nuclear role costs it, what makes up for that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from stepdown.contracts.assessments.shared import Finding, Spread
from stepdown.contracts.effects import Bilingual

Arm = Literal[
    "reduction",
    "forward_posture",
    "co_investment",
    "consultation",
    "reaffirmation",
    "own_capabilities",
    "all_five",
]


@dataclass(frozen=True, slots=True)
class Assured(Finding):
    """What protects an ally today. `assurance`: belief in its best nuclear guarantor.

    `own`, `helpers`, `nuclear`: parts of its mean adequacy over attacks: by its own means, added by helpers'
    conventional means, added by nuclear guarantees. `promises`: guarantees on record, in words.
    """

    kind: ClassVar[str] = "assured"
    ally: str
    guarantors: tuple[str, ...]
    promises: Bilingual
    assurance: Spread
    own: Spread
    helpers: Spread
    nuclear: Spread


@dataclass(frozen=True, slots=True)
class LedgerEntry(Finding):
    """A smaller nuclear role alone (`reduction`), or with one thing or all five that may make up for it.

    At the end of the run, relative to the baseline in the same future: assurance, hedging (cumulative
    proliferation hazard), adequacy (mean over attacks). `kept`: share of futures in which assurance is not
    more than 2 % below the baseline; `worse_hedging`: in which hedging is more than 2 % above it.
    """

    kind: ClassVar[str] = "ledger"
    ally: str
    arm: Arm
    lens: str
    assurance: Spread
    hedging: Spread
    adequacy: Spread
    kept: float
    worse_hedging: float


@dataclass(frozen=True, slots=True)
class Burden(Finding):
    """Who carries what: `pool`: rise until `year` of those capabilities of the ally that recorded programmes
    raise, their mean (None: they raise none); `capabilities` names them. `ally_money`, `guarantor_money`:
    share of the yearly budget that all five compensations ask for."""

    kind: ClassVar[str] = "burden"
    ally: str
    year: int
    programmes: tuple[str, ...]
    capabilities: tuple[str, ...]
    pool: Spread | None
    ally_money: Spread
    guarantor_money: Spread
