"""Effects of packages relative to the baseline: numbers, bands, and the inputs that decide them.

Every number is a plain float and every collection a tuple, so that a reader needs no array library.
Two conventions hold throughout:

* A *change* compares a package with the baseline **in the same future**. For an outcome of kind ``ratio``
  it is ``package / baseline - 1``, for kind ``difference`` it is ``package - baseline`` in the outcome's
  unit. Zero means no change in both.
* A *share* is a fraction of futures in [0, 1]. ``improves + little_change + backfires = 1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepdown.vocabulary.ids import Language

Direction = Literal["up", "down"]
EffectKind = Literal["ratio", "difference"]
OutcomeGroup = Literal[
    "use_risk",
    "reliance",
    "adequacy",
    "assurance",
    "proliferation",
    "rival_posture",
    "domestic",
    "forces",
    "cost",
]
EvidenceLevel = Literal[0, 1, 2, 3]

ALL_LENSES = "all"
"""The `PairedEffect.lens` of the pooled ensemble; every other value is the id of one lens."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in English and in Japanese; neither may be empty."""

    en: str
    ja: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.ja.strip():
            raise ValueError(f"a text is missing in one language: {self!r}")

    def text(self, language: Language) -> str:
        """The text in ``language``."""
        return self.ja if language == "ja" else self.en

    def heading(self, language: Language) -> str:
        """The text with a capital first letter, for the start of a line."""
        text = self.text(language)
        return text[0].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Named:
    """An id of the vocabulary (state, lens, theatre) with the words a reader sees."""

    id: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class OutcomeLabel:
    """An outcome a package may change.

    ``label`` reads well inside a sentence ("nuclear-use hazard, relative"): headings capitalise it.
    ``intended`` is the way the package is meant to move it; ``little_change`` the size of change (same unit
    as the change) below which a future counts as little changed; ``subject`` the state, theatre or cause it
    is about, or None for the whole; ``headline`` puts it in the brief's summary tables.
    """

    id: str
    label: Bilingual
    unit: Bilingual
    intended: Direction
    kind: EffectKind
    group: OutcomeGroup
    little_change: float
    subject: str | None = None
    headline: bool = True


@dataclass(frozen=True, slots=True)
class PairedEffect:
    """Change of one outcome under one package, paired with the baseline, at the end of the period.

    ``p05`` to ``p95`` are quantiles of the change over the ``n`` futures that were computed; ``failed``
    counts the futures left out. ``sign_agreement`` is the share of lenses whose median change has the sign
    of the pooled median: given for lens ``all``, None for a single lens.
    """

    package: str
    outcome: str
    lens: str
    median: float
    p05: float
    p25: float
    p75: float
    p95: float
    improves: float
    little_change: float
    backfires: float
    n: int
    failed: int = 0
    sign_agreement: float | None = None

    def __post_init__(self) -> None:
        name = f"{self.package}/{self.outcome}/{self.lens}"
        if not self.p05 <= self.p25 <= self.median <= self.p75 <= self.p95:
            raise ValueError(f"quantiles of {name} are not in order")
        shares = (self.improves, self.little_change, self.backfires)
        if min(shares) < -1e-9 or abs(sum(shares) - 1) > 1e-6:
            raise ValueError(f"shares of {name} do not add up to 1: {shares}")
        if self.n <= 0 or self.failed < 0:
            raise ValueError(f"{name} needs futures: n={self.n}, failed={self.failed}")


@dataclass(frozen=True, slots=True)
class Band:
    """Quantiles over futures, one value per year."""

    p05: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]

    def __post_init__(self) -> None:
        for year, values in enumerate(zip(self.p05, self.p25, self.p50, self.p75, self.p95, strict=True)):
            if list(values) != sorted(values):
                raise ValueError(f"band is not ordered at position {year}: {values}")


@dataclass(frozen=True, slots=True)
class FanSeries:
    """One outcome over time: levels of baseline and package, and the paired difference.

    ``level_note`` says what the levels are, for example "0 = no role, 1 = every role" or, for a hazard,
    "baseline median in 2026 = 100": a hazard is never given as a bare probability. ``difference`` is in
    the unit of the levels.
    """

    outcome: str
    package: str
    level_note: Bilingual
    years: tuple[int, ...]
    baseline: Band
    with_package: Band
    difference: Band

    def __post_init__(self) -> None:
        bands = (self.baseline, self.with_package, self.difference)
        lengths = {len(self.years), *(len(band.p50) for band in bands)}
        if len(lengths) != 1 or len(self.years) < 2:
            raise ValueError(f"fan {self.package}/{self.outcome}: years and bands differ in length")


@dataclass(frozen=True, slots=True)
class DecidingInput:
    """An input that decides whether a package backfires on an outcome.

    ``importance`` is its share of the explained difference, in [0, 1]. ``backfires_low`` and
    ``backfires_high`` are the shares that backfire in the third of futures where the input is lowest and
    highest; for an input without an order (a switch) both are None and ``condition`` names the option.
    ``label`` reads well inside a sentence; ``condition`` completes "backfires more often where ...", without
    a full stop.
    """

    package: str
    outcome: str
    input_id: str
    label: Bilingual
    importance: float
    condition: Bilingual
    backfires_low: float | None = None
    backfires_high: float | None = None
    evidence: EvidenceLevel = 0
    sources: tuple[str, ...] = ()
