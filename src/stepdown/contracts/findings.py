"""What a brief may say: effects relative to the baseline, their bands, and where each statement comes from.

Every number here is a plain float and every collection a tuple, so a reader of findings needs no array
library. Two conventions hold throughout:

* A *change* compares a package with the baseline **in the same future**. For an outcome of kind ``ratio``
  it is ``package / baseline - 1``, for kind ``difference`` it is ``package - baseline`` in the outcome's
  unit. Zero means no change in both.
* A *share* is a fraction of futures in [0, 1]. ``improves + little_change + backfires = 1``.

Absolute levels of use risk live in `PriorProvenance` alone, beside the sources that anchor them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from stepdown.vocabulary.ids import Condition, Language, RoleCode, Track

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
RoleGroup = Literal["core", "secondary", "political"]
StrengthWord = Literal["as_now", "slight", "moderate", "substantial", "far_reaching"]
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


@dataclass(frozen=True, slots=True)
class Named:
    """An id of the vocabulary (state, lens, theatre) with the words a reader sees."""

    id: str
    label: Bilingual


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_HasId)


def _by_id(items: tuple[_T, ...], wanted: str) -> _T:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(f"{wanted!r} is not among {[item.id for item in items]}")


@dataclass(frozen=True, slots=True)
class OutcomeLabel:
    """An outcome a package may change.

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
        if min(shares) < 0 or abs(sum(shares) - 1) > 1e-6:
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
    ``condition`` completes "backfires more often where ...", without a full stop.
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


@dataclass(frozen=True, slots=True)
class MeasureInPackage:
    """A measure as a package uses it. ``actors`` are ids from `Findings.actors`, empty = every nuclear-armed
    state; ``full`` is the year in which it reaches its strength (in [0, 1])."""

    id: str
    label: Bilingual
    track: Track
    actors: tuple[str, ...]
    start: int
    full: int
    strength: float
    word: StrengthWord
    condition: Condition
    evidence: EvidenceLevel = 0


@dataclass(frozen=True, slots=True)
class BudgetNote:
    """Use of one actor's budget, in the same unit as ``available``; ``delivered`` in (0, 1] is the factor by
    which its measures shrink because they ask for more than is available (1 = none)."""

    actor: str
    kind: Literal["money", "political"]
    used: float
    available: float
    delivered: float


@dataclass(frozen=True, slots=True)
class PackageDescription:
    """A package: its letter A-D sets hue and dash; ``summary`` is one sentence."""

    id: str
    letter: Literal["A", "B", "C", "D"]
    label: Bilingual
    summary: Bilingual
    measures: tuple[MeasureInPackage, ...]
    budget: tuple[BudgetNote, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorView:
    """What the packages look like from one state: ``outcomes`` are ids from `Findings.outcomes`."""

    actor: str
    stance: Literal["ally", "rival"]
    outcomes: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleLabel:
    """A role of nuclear weapons and the group it belongs to."""

    id: str
    label: Bilingual
    group: RoleGroup


@dataclass(frozen=True, slots=True)
class RoleCell:
    """What one state says about one role, and where. ``code``: Y declared, I left open (implied), N excluded,
    A said by others, U unknown. ``notes`` are numbers of `SourceNote`."""

    state: str
    role: str
    code: RoleCode
    evidence: EvidenceLevel
    disputed: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A state's threshold of use on an ordinal 0 (low) to 1 (high) axis: as declared, as rivals see it."""

    state: str
    declared: tuple[float, float]
    perceived: tuple[float, float]


@dataclass(frozen=True, slots=True)
class RoleMatrix:
    """Roles by state as of a date (ISO 8601)."""

    as_of: str
    states: tuple[Named, ...]
    roles: tuple[RoleLabel, ...]
    cells: tuple[RoleCell, ...]
    thresholds: tuple[Threshold, ...] = ()

    def cell(self, state: str, role: str) -> RoleCell:
        """The cell of ``state`` and ``role``; a pair nobody coded is *unknown*, never blank."""
        for cell in self.cells:
            if cell.state == state and cell.role == role:
                return cell
        return RoleCell(state, role, "U", 0)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A numbered note: document, date (ISO 8601, may be a year), place in it. ``source`` is the record's id;
    ``language`` the document's own (BCP 47), ``url`` a plain address or empty."""

    number: int
    source: str
    document: str
    date: str
    locator: str
    language: str = "en"
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrderComparison:
    """The same measures in another order: one track's steps moved, all else equal, paired in the same futures.

    ``effects`` give the change from the order of ``package`` to the permuted order.
    """

    package: str
    label: Bilingual
    effects: tuple[PairedEffect, ...]


@dataclass(frozen=True, slots=True)
class RankingFlip:
    """Under another mapping, ``overtaken`` no longer ranks before ``now_before`` on ``outcome``."""

    outcome: str
    overtaken: str
    now_before: str


@dataclass(frozen=True, slots=True)
class MappingReport:
    """Does another reading of the role codes change the ranking of packages? Empty ``flips``: it does not."""

    mapping: str
    label: Bilingual
    outcomes_checked: int
    flips: tuple[RankingFlip, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsoluteLevel:
    """A level that must not be quoted without its provenance: value with its 5-95 % range."""

    label: Bilingual
    unit: Bilingual
    median: float
    p05: float
    p95: float


@dataclass(frozen=True, slots=True)
class PriorProvenance:
    """Where the absolute scale of use risk comes from: a sentence, the levels, the sources behind them."""

    text: Bilingual
    levels: tuple[AbsoluteLevel, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds spent in one step of the run."""

    step: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RunCard:
    """What is needed to obtain the same numbers again. ``date`` is ISO 8601; ``failed`` futures are left out.

    ``futures`` counts all that were started, failed ones included.
    """

    version: str
    revision: str
    date: str
    seed: int
    futures: int
    failed: int
    record_hash: str
    inputs: int
    lenses: tuple[str, ...]
    timings: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a brief says. Ids used anywhere must be defined in the matching tuple; a brief checks it."""

    title: Bilingual
    why: Bilingual
    question: Bilingual
    start_year: int
    end_year: int
    actors: tuple[Named, ...]
    lenses: tuple[Named, ...]
    outcomes: tuple[OutcomeLabel, ...]
    packages: tuple[PackageDescription, ...]
    effects: tuple[PairedEffect, ...]
    fans: tuple[FanSeries, ...]
    deciding: tuple[DecidingInput, ...]
    views: tuple[ActorView, ...]
    roles: RoleMatrix
    sources: tuple[SourceNote, ...]
    prior: PriorProvenance
    run: RunCard
    order: tuple[OrderComparison, ...] = ()
    mappings: tuple[MappingReport, ...] = ()
    scope: tuple[Bilingual, ...] = ()

    def outcome(self, outcome_id: str) -> OutcomeLabel:
        """The outcome with this id. Raises KeyError."""
        return _by_id(self.outcomes, outcome_id)

    def package(self, package_id: str) -> PackageDescription:
        """The package with this id. Raises KeyError."""
        return _by_id(self.packages, package_id)

    def actor(self, actor_id: str) -> Named:
        """The actor with this id. Raises KeyError."""
        return _by_id(self.actors, actor_id)

    def effect(self, package: str, outcome: str, lens: str = ALL_LENSES) -> PairedEffect | None:
        """The effect, or None where it was not computed."""
        return next(
            (e for e in self.effects if (e.package, e.outcome, e.lens) == (package, outcome, lens)), None
        )
