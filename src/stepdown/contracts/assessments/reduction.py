"""How far: the frontier between reliance and risk, what binds, and the largest step that rarely backfires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from stepdown.contracts.assessments.shared import Finding, Spread

Package = Literal["doctrine_only", "with_substitutes", "four_tracks"]
Binding = Literal["capability", "ally", "rival", "home"]


@dataclass(frozen=True, slots=True)
class Frontier(Finding):
    """How low a secondary role (or `all_secondary`) goes before something breaks its floor.

    Over the `n` futures in which this role was moved. `role_now`: declared role at the end of the baseline;
    `lowest`: the same at the deepest cut that breaks nothing; `cut`: that cut as a share of the deepest one
    tried. Shares of futures: `before`: something breaks before any cut, so that the package itself does it;
    `free`: nothing breaks even at the deepest; `stuck`: the change is hardly carried through, because
    substitutes or support do not open the gate; `capability`, `ally`, `rival`, `home`: what breaks first.
    `first`: the most frequent of these four (empty: nothing breaks anywhere).
    """

    kind: ClassVar[str] = "frontier"
    state: str
    role: str
    package: Package
    lens: str
    n: int
    role_now: Spread
    lowest: Spread
    cut: Spread
    before: float
    free: float
    stuck: float
    capability: float
    ally: float
    rival: float
    home: float
    first: str


@dataclass(frozen=True, slots=True)
class StepFinding(Finding):
    """One intermediate step: cut a role by `level`. `backfires`: share of futures in which it breaks a floor;
    `stuck`: in which less than a quarter of it is carried through; `reliance`: change of the state's reliance
    index; `chosen`: the largest step of its package (by the median of that change) that backfires in fewer
    than `limit` of futures."""

    kind: ClassVar[str] = "step"
    state: str
    role: str
    package: Package
    level: float
    n: int
    backfires: float
    stuck: float
    reliance: Spread
    limit: float
    chosen: bool
