"""Does it work: attempts and their results, tallies with intervals, two schools' readings, mishaps beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from stepdown.contracts.assessments.shared import Finding, Label
from stepdown.contracts.effects import Bilingual

Pair = Literal["both_nuclear", "by_nuclear", "against_nuclear"]
Leaning = Literal["for", "against", "undecided"]


@dataclass(frozen=True, slots=True)
class Attempt(Finding):
    """One attempt on record. `prevailed`: the side whose aim came about in the main, empty where partly or
    unclear. `ratio`: warheads of `by` over those of `against` in that year, None where one has none."""

    kind: ClassVar[str] = "attempt"
    event: str
    label: Bilingual
    year: int
    by: str
    against: str
    attempt: str
    nuclear: str
    stake: str
    sought: Bilingual
    result: str
    prevailed: str
    pair: Pair
    ratio: float | None
    reading: Label


@dataclass(frozen=True, slots=True)
class Tally(Finding):
    """Results of the attempts of one group, which come from so many `crises`. `share`: achieved among those
    that are clear; Jeffreys and Wilson intervals of 95 %; `share_partly`: partly counted as achieved.
    `small`: fewer than ten clear attempts."""

    kind: ClassVar[str] = "tally"
    by: str
    group: str
    n: int
    crises: int
    achieved: int
    partly: int
    not_achieved: int
    unclear: int
    share: float
    jeffreys_low: float
    jeffreys_high: float
    wilson_low: float
    wilson_high: float
    share_partly: float
    small: bool


@dataclass(frozen=True, slots=True)
class SchoolReading(Finding):
    """What a school would look at in this record: two shares and their difference (95 %, Newcombe 1998).

    `leaning`: for where the interval lies above zero, against where below, else undecided. `needed`: clear
    attempts at which shares as seen here would leave no difference of zero inside the interval, the two sides
    as large as here (None: they are the same, or one side has none).
    """

    kind: ClassVar[str] = "school"
    school: str
    compares: Bilingual
    first_n: int
    first_share: float
    second_n: int
    second_share: float
    difference: float
    low: float
    high: float
    leaning: Leaning
    needed: int | None


@dataclass(frozen=True, slots=True)
class Mishap(Finding):
    """Known false alarms, misread exercises and accidents: count, rate per year with a 95 % interval
    (Jeffreys for a Poisson rate), share in which a lower posture would plausibly have helped (judged)."""

    kind: ClassVar[str] = "mishap"
    type: str
    n: int
    first_year: int
    last_year: int
    per_year: float
    low: float
    high: float
    posture_relevant: float
