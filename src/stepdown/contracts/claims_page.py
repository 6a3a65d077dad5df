"""The executable paper as a reader meets it: an index along the paper's outline, and a page per claim."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.findings import SourceNote
from stepdown.contracts.verdicts import Share, Verdict


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row of a share chart: all lenses, or one."""

    label: Bilingual
    share: Share


@dataclass(frozen=True, slots=True)
class ShareChart:
    """Shares of futures with their intervals on an axis from 0 to 1, and the two thresholds of the hedge."""

    id: str
    title: Bilingual
    finding: Bilingual
    rows: tuple[ShareRow, ...]
    fails_below: float
    holds_from: float


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One comparison of the record: what is compared, both numbers, whether it holds, on which records."""

    label: Bilingual
    left: str
    right: str
    holds: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One tested part: what is tested, the verdict, its chart or readings, and sentences about it."""

    tested: Bilingual
    hedge: Bilingual | None
    verdict: Verdict
    standing: Bilingual | None
    sentences: tuple[Bilingual, ...]
    chart: ShareChart | None = None
    readings: tuple[ReadingRow, ...] = ()
    deciders: tuple[tuple[Bilingual, str, Bilingual], ...] = ()
    """(assumption, share of the difference, basis) of those that decide most."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A record an answer rests on: id, title, numbers of its source notes."""

    id: str
    title: Bilingual
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim in the index and on its own page."""

    id: str
    statement: Bilingual
    anchor: str
    place: Bilingual
    """The section of the paper and the anchor, in words."""
    method: Bilingual
    verdict: Verdict
    standing: Bilingual | None
    shares: str
    lenses: tuple[tuple[Bilingual, Verdict], ...]
    parts: tuple[PartEntry, ...]
    remarks: tuple[Bilingual, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class ClaimsSection:
    """A section of the paper with its claims."""

    id: str
    label: Bilingual
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Everything the report says. `groups`: where claims stand, with their ids."""

    title: Bilingual
    asked: Bilingual
    groups: tuple[tuple[Bilingual, tuple[str, ...]], ...]
    sections: tuple[ClaimsSection, ...]
    verdicts: tuple[tuple[Verdict, Bilingual], ...]
    heads: tuple[Bilingual, ...]
    scope: tuple[Bilingual, ...]
    sources: tuple[SourceNote, ...]
    card: tuple[tuple[Bilingual, str], ...]
    record: str
    dated: Bilingual
