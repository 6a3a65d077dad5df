"""What could replace a role: answers to each attack, the gap, the year, saturation, side effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stepdown.contracts.assessments.shared import Finding, Label, Spread


@dataclass(frozen=True, slots=True)
class Substitution(Finding):
    """Answers to one attack on `target` (the state itself, an ally, or `allies`: the mean over them).

    Credibilities and denial in [0, 1]; costs to the attacker in units of utility in which a conventional
    answer that surely comes costs `d_C`. `floor`: the adequacy that decision makers ask for (drawn). Shares
    of futures: `nonnuclear_ahead`: punishment more credible than the nuclear answer; `passes_with`,
    `passes_without`: adequacy reaches the floor with the nuclear role, and without it (weapons still exist);
    `passes_nonnuclear`: with nothing nuclear at all, not even existence. Beside each the same share when the
    tables put in (substitution, credibility of nuclear answers) stand at their admissible ends, and the label
    that follows from them.
    """

    kind: ClassVar[str] = "substitution"
    state: str
    target: str
    role: str
    attack: str
    lens: str
    nuclear: Spread
    punishment: Spread
    denial: Spread
    nuclear_cost: Spread
    punishment_cost: Spread
    adequacy_with: Spread
    adequacy_without: Spread
    floor: Spread
    nonnuclear_ahead: float
    ahead_at_least: float
    ahead_at_most: float
    ahead_label: Label
    passes_with: float
    passes_without: float
    at_least: float
    at_most: float
    label: Label
    passes_nonnuclear: float
    nonnuclear_at_least: float
    nonnuclear_at_most: float
    nonnuclear_label: Label


@dataclass(frozen=True, slots=True)
class Gap(Finding):
    """How far one asset goes to close the gap, among futures in which adequacy without the role is short.

    `target` holds the asset: `state` itself, an ally, or `allies` (every ally of the state alike, and their
    mean adequacy). `short`: share of futures with a gap; `size`: adequacy missing there. Shares of those that
    are closed by: `enablers_close`: full enablers alone; `closes`: the asset alone when full;
    `complement_closes`: the asset with the one enabler that helps it most, `complement`; `closes_enabled`:
    the asset with all enablers. `amount`: share of the asset's remaining distance that this takes, over
    futures that the asset closes and enablers alone do not (None: there are none).
    """

    kind: ClassVar[str] = "gap"
    state: str
    target: str
    attack: str
    asset: str
    short: float
    size: Spread | None
    enablers_close: float
    closes: float
    complement: str
    complement_closes: float
    closes_enabled: float
    amount: Spread | None


@dataclass(frozen=True, slots=True)
class GapYear(Finding):
    """First year from which adequacy without the role stays at or above the floor, recorded programmes only.

    Shares of futures: `already` (from the start), `by_2030`, `by_2035`, `never` (within the run); `year`:
    over the futures that close it later than the start (None: none).
    """

    kind: ClassVar[str] = "gap_year"
    state: str
    target: str
    attack: str
    already: float
    by_2030: float
    by_2035: float
    never: float
    last_year: int
    year: Spread | None


@dataclass(frozen=True, slots=True)
class Saturation(Finding):
    """Where more stops helping: share of the remaining distance of all assets at which nine tenths of the
    gain in adequacy without the role are reached; `reachable`: adequacy with every asset full."""

    kind: ClassVar[str] = "saturation"
    state: str
    target: str
    attack: str
    point: Spread
    reachable: Spread


@dataclass(frozen=True, slots=True)
class SideEffect(Finding):
    """Fear of a disarming strike in `rival` when `state` closes the share `strike` of the distance to a full
    long-range strike force, alone and beside a pledge of the strength `pledge`.

    Change of vulnerability felt, in index points, once capabilities have told and nothing else has moved.
    `bought`: what restraint towards nuclear C2, early warning and strategic forces takes off.
    """

    kind: ClassVar[str] = "side_effect"
    state: str
    rival: str
    fear: Spread
    rise: Spread
    rise_with_pledge: Spread
    bought: Spread
    strike: float
    pledge: float


@dataclass(frozen=True, slots=True)
class CaseFinding(Finding):
    """A worked case of the paper, told in the model's terms.

    `holds`: share of futures in which it is as the paper says; `at_least`, `at_most`: that share when the
    inputs named in `tried` stand at their admissible ends; `label` follows. `when`: for programmes, the year
    by which half of what they add is there, over the futures in which it is within the run.
    """

    kind: ClassVar[str] = "case"
    case: str
    claim: str
    lens: str
    holds: float
    at_least: float
    at_most: float
    tried: str
    label: Label
    when: Spread | None = None
