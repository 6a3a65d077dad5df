"""What became of a claim: per part and lens the share of futures in which it holds, and the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

Verdict = Literal["holds", "mixed", "fails", "not_testable"]
Standing = Literal["found", "assumed", "not_asked"]
"""found: it still holds where the coupling that could produce it is turned round; assumed: it does not, or it
is built in by construction; not_asked: no such coupling, or the claim does not hold anyway."""


@dataclass(frozen=True, slots=True)
class Share:
    """Share of futures in which all checks hold, with a 90 % Jeffreys interval."""

    holds: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """One check: the share in which it alone holds, and its effect size (quantiles of left minus right)."""

    share: float
    p05: float
    median: float
    p95: float


@dataclass(frozen=True)
class SimulatedOutcome:
    """A simulated part. `holds[i]`: in future i; `asked[i]`: future i is one the part speaks of."""

    share: Share
    by_lens: Mapping[str, Share]
    checks: tuple[CheckOutcome, ...]
    holds: Bool[np.ndarray, " future"]
    asked: Bool[np.ndarray, " future"]


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """One comparison of the record: what was read on each side, from which records, and whether it holds."""

    left: float
    right: float
    holds: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnalysisOutcome:
    """A relation of the closed forms: the share of its parameter range in which it holds."""

    share: Share
    source: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Shares with the couplings free in sign: over all those futures, and over those where it is turned."""

    symmetric: Share
    turned: Share


@dataclass(frozen=True)
class PartVerdict:
    """The verdict on one part. `by_lens` is empty where lenses play no role."""

    part: str
    verdict: Verdict
    by_lens: Mapping[str, Verdict]
    standing: Standing
    outcome: SimulatedOutcome | AnalysisOutcome | tuple[ReadingOutcome, ...] | None
    guard: Guard | None = None


@dataclass(frozen=True)
class ClaimVerdict:
    """The verdict on a claim: that of its weakest part."""

    claim: str
    method: str
    verdict: Verdict
    by_lens: Mapping[str, Verdict]
    standing: Standing
    parts: tuple[PartVerdict, ...]


Values = Float[np.ndarray, " future"]
Table = Mapping[tuple[str, str], Values]
"""(arm id, key of a quantity) -> its value in every future."""
