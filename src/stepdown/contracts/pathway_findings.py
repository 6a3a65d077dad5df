"""What a run of a pathway says: shares of futures per step and year, timing, tipping points, the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Track

ReasonKind = Literal["start", "step", "signpost", "call", "none"]
Floor = Literal["assurance", "adequacy", "use_risk"]
FLOORS: tuple[Floor, ...] = ("assurance", "adequacy", "use_risk")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step stands where it stands.

    start: its year has not come; step: an earlier step (`rule` is its place among the steps) is not proven;
    signpost: rule number `rule` of the plan; call: nobody has called; none: it proceeds.
    """

    kind: ReasonKind
    rule: int = -1


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step of one future came into `state` in `year`; `observed`: what the deciding signpost showed."""

    year: int
    step: str
    state: int
    reason: Reason
    observed: float | None = None


@dataclass(frozen=True, slots=True)
class StepShare:
    """In `year` a step stood in `state` in a `share` of futures, most often (`of_these`) for `reason`."""

    year: int
    step: str
    state: int
    share: float
    reason: Reason
    of_these: float


@dataclass(frozen=True, slots=True)
class Instead:
    """What meets the floors in futures in which a step does not: the share of those futures."""

    way: Literal["stop_before", "with_triggers", "with_compensation"]
    share: float


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """When a step, taken on schedule after those before it and without triggers, stops meeting the floors.

    Years are quantiles over the futures that tip (None where none does); `tips`: their share of all;
    `floor`: the one broken first in most of them, and `whose` it is in most of these (None for the world's).
    """

    step: str
    tips: float
    p10: int | None
    median: int | None
    p90: int | None
    floor: Floor | None
    instead: tuple[Instead, ...] = ()
    whose: str | None = None


@dataclass(frozen=True, slots=True)
class StepTiming:
    """When a step was decided: quantiles over the futures that reach it, and their share of all.

    `ended`: the share of futures in which it stands reverted at the end.
    """

    step: str
    reached: float
    p10: int | None
    median: int | None
    p90: int | None
    held_ever: float
    ended: float


@dataclass(frozen=True, slots=True)
class Stop:
    """A station of the pathway map with its words; `waits` name other stops by id."""

    id: str
    number: int
    name: Bilingual
    label: Bilingual
    track: Track
    decides: Bilingual
    start: int
    timing: StepTiming
    tipping: TippingPoint
    waits: tuple[str, ...] = ()
    compensates: tuple[str, ...] = ()
    whose: Bilingual | None = None
    """Whose floor is broken most often."""


@dataclass(frozen=True, slots=True)
class PathwayMapData:
    """Everything the map draws. `now`: the current position."""

    title: Bilingual
    first_year: int
    last_year: int
    now: int
    futures: int
    stops: tuple[Stop, ...]
