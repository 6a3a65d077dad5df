"""Everything a brief may say, and where each statement comes from.

Numbers follow the conventions of `stepdown.contracts.effects`: changes are paired with the baseline, shares
are fractions of futures. Absolute levels of use risk live in `PriorProvenance` alone, beside the sources
that anchor them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from stepdown.contracts.effects import (
    ALL_LENSES,
    Bilingual,
    DecidingInput,
    EvidenceLevel,
    FanSeries,
    Named,
    OutcomeLabel,
    PairedEffect,
)
from stepdown.contracts.explanation import Explanation
from stepdown.vocabulary.ids import Condition, RoleCode, Track

Letter = Literal["A", "B", "C", "D", "E"]
RoleGroup = Literal["core", "secondary", "political"]
StrengthWord = Literal["as_now", "slight", "moderate", "substantial", "far_reaching"]


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
    """A package: its letter sets hue and dash; ``summary`` is one sentence."""

    id: str
    letter: Letter
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
    """A numbered note: document, date (ISO 8601, a year is enough, empty if none), place in it.

    ``source`` is the record's id; ``language`` the document's own (BCP 47): a title that is the same in both
    languages is shown in it. ``url`` is a web address, or words on where a copy
    was found, or empty; only http and https addresses become links.
    """

    number: int
    source: str
    document: Bilingual
    date: str
    locator: Bilingual
    language: str = "en"
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrderComparison:
    """The same measures in another order: one track's steps moved, all else equal, same futures.

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

    ``futures`` counts all that were started, failed ones included. ``mode``: expected paths, or sampled ones.
    ``ensemble``: the prior, or the id of the calibrated ensemble; ``stale``: its inputs have changed since.
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
    mode: Literal["mean-field", "sampled"] = "mean-field"
    ensemble: str = "prior"
    stale: bool = False


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
    explanations: tuple[Explanation, ...] = ()

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
