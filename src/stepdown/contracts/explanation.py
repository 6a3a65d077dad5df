"""Why a package changes an outcome: its effect, taken apart by mechanism on the same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from stepdown.contracts.effects import Direction, EffectKind

MECHANISMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tension": ("tau",),
        "vulnerability": ("V",),
        "declared_role": ("R",),
        "perceived_role": ("Rh",),
        "trust": ("m",),
        "assurance": ("A",),
        "capabilities": ("C",),
        "forces": ("phi_S", "phi_T"),
        "prompt_launch": ("L",),
        "risk_reduction": ("chi",),
        "transparency": ("chi_tr",),
        "norm": ("N",),
        "status": ("St",),
        "coercion": ("belief",),
        "domestic": ("P",),
        "conditions": ("conduct", "verified"),
        "acquisition": ("H",),
    }
)
"""Mechanism -> the state variables it moves (`simulation.state.State`); together they are the whole state."""

CARRIERS: Mapping[str, str] = MappingProxyType(
    {
        "reliance": "declared_role",
        "perception_gap": "perceived_role",
        "assurance": "assurance",
        "proliferation": "acquisition",
        "disarming_fear": "vulnerability",
        "prompt_launch": "prompt_launch",
        "strategic_forces": "forces",
        "theatre_forces": "forces",
        "domestic_support": "domestic",
        "status": "status",
    }
)
"""Outcome -> the mechanism whose state it is read from. To hold that one would only restate the effect, so
it is never held: what levers do to it at once counts as direct."""


def held_for(outcome: str) -> tuple[str, ...]:
    """Mechanisms that an explanation of ``outcome`` holds, one after the other: all but its carrier."""
    carrier = CARRIERS.get(outcome.partition(".")[0])
    return tuple(name for name in MECHANISMS if name != carrier)


DIRECT = "direct"
"""What levers do to an outcome at once: failsafe reviews to accidents, doctrine to declared roles."""
REMAINDER = "remainder"
"""What only works together, or is counted under several mechanisms that follow one another."""


@dataclass(frozen=True, slots=True)
class Share:
    """Part of an effect that goes through one mechanism, in the unit of the effect (`PairedEffect`).

    ``mean`` adds up over the shares of an explanation; quantiles do not. ``helps`` is the share of futures
    in which the part goes the way the outcome is meant to go, ``harms`` that in which it goes the other way,
    both by more than a little change.
    """

    mechanism: str
    mean: float
    p05: float
    median: float
    p95: float
    helps: float
    harms: float


@dataclass(frozen=True, slots=True)
class Pair:
    """What two mechanisms do only together: full - first held - second held + both held; mean over futures.

    Positive where each needs the other (one works through the other), negative where they stand in for each
    other.
    """

    first: str
    second: str
    mean: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The effect of ``package`` on ``outcome`` by mechanism, over ``n`` futures under ``lens``.

    ``total`` is the effect itself. The means of ``shares`` (mechanisms, then direct effects, then the
    remainder) add up to its mean; so does every single future.
    """

    package: str
    outcome: str
    lens: str
    kind: EffectKind
    intended: Direction
    total: Share
    shares: tuple[Share, ...]
    pairs: tuple[Pair, ...]
    n: int
    failed: int
    start_year: int
    end_year: int
    method: Literal["held_at_baseline"] = "held_at_baseline"

    def __post_init__(self) -> None:
        added = sum(share.mean for share in self.shares)
        size = sum(abs(share.mean) for share in self.shares)
        if abs(added - self.total.mean) > 1e-9 + 1e-6 * size:
            raise ValueError(
                f"{self.package}/{self.outcome}: shares add up to {added}, not {self.total.mean}"
            )
        if self.n <= 0:
            raise ValueError(f"{self.package}/{self.outcome}: an explanation needs futures")
