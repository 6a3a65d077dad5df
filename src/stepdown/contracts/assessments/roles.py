"""Roles now: what documents say, what rivals read, what forces show, who reacts to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from stepdown.contracts.assessments.shared import Finding, Spread
from stepdown.contracts.effects import Bilingual

PostureItem = Literal["alert", "theatre_forces", "growth", "delegation"]
Held = Literal["central", "after_loss", "automatic", "unknown"]
Fit = Literal["fits", "contradicts", "open"]
Act = Literal["restraint", "build_up"]
Channel = Literal["reliance", "disarming_fear", "prompt_launch", "strategic_forces"]


@dataclass(frozen=True, slots=True)
class RoleStanding(Finding):
    """One role of one state: its code, the code of the earlier date (empty: none asked, or no document then)
    and its weight in the salience index (share of all weights, median)."""

    kind: ClassVar[str] = "role"
    state: str
    role: str
    group: str
    code: str
    earlier_code: str
    weight: float
    disputed: bool


@dataclass(frozen=True, slots=True)
class Salience(Finding):
    """Salience index: weighted mean of a state's roles, 0 no role to 1 every role declared.

    `index` over draws of the codes' distributions and of the weights; `core`, `secondary`, `political`: the
    same within a group. `codes_low`, `codes_high`: medians under the other mappings of codes; `weights_low`,
    `weights_high`: under the other sets of weights. `change`: index minus that of `since`, same draws; None
    without an earlier date or document.
    """

    kind: ClassVar[str] = "salience"
    state: str
    document: str
    dated: str
    index: Spread
    core: Spread
    secondary: Spread
    political: Spread
    codes_low: float
    codes_high: float
    weights_low: float
    weights_high: float
    since_document: str
    change: Spread | None


@dataclass(frozen=True, slots=True)
class ThresholdView(Finding):
    """Threshold of first use on an axis 0 low to 1 high: one minus the weighted mean of the first-use roles.

    `declared` from the codes; `perceived` as the record says that `observer` reads them; `gap` = declared
    minus perceived. `attitude`: class of the relation whose markup is used.
    """

    kind: ClassVar[str] = "threshold"
    state: str
    observer: str
    attitude: str
    declared: Spread
    perceived: Spread
    gap: Spread


@dataclass(frozen=True, slots=True)
class PostureCheck(Finding):
    """Words beside deeds: `words` what documents say, `shows` what is on record about forces, the verdict."""

    kind: ClassVar[str] = "posture"
    state: str
    item: PostureItem
    words: Bilingual
    shows: Bilingual
    verdict: Fit


@dataclass(frozen=True, slots=True)
class Influence(Finding):
    """Who reacts to whom: change of `channel` of `reactor` when `source` acts, same futures without the act.

    Relative to the level without the act; `reacts`: share of futures that move by more than 1 %. All at the
    end of the run. `through`: the shortest chain of rivalries on record between the two, where they are no
    rivals themselves; `linked`: there is such a chain.
    """

    kind: ClassVar[str] = "influence"
    source: str
    act: Act
    reactor: str
    channel: Channel
    change: Spread
    reacts: float
    linked: bool
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotOnRecord(Finding):
    """Asked for something that does not exist; `known` says what is known instead."""

    kind: ClassVar[str] = "not_on_record"
    subject: str
    known: Bilingual
