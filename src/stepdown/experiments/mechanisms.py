"""Hold mechanisms at the baseline's path, one or several at a time, over the same futures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.explanation import MECHANISMS, held_for
from stepdown.contracts.program import Program
from stepdown.contracts.world import World
from stepdown.experiments.outcomes import SERIES_NEEDED, measured
from stepdown.simulation.explanation import simulate_held

SLOTS = len(MECHANISMS) + 2
"""Sets held in one call: none, every mechanism, all of them. Fewer are padded to share one compilation."""


@dataclass(frozen=True)
class HeldRuns:
    """One outcome on the baseline, and under the package with each set of mechanisms held.

    `values[i]` belongs to `held[i]`; `ok` marks the futures that every run finished.
    """

    held: tuple[frozenset[str], ...]
    baseline: Float[np.ndarray, " future"]
    values: Float[np.ndarray, "held future"]
    ok: Bool[np.ndarray, " future"]

    def of(self, *mechanisms: str) -> Float[np.ndarray, " future"]:
        """The outcome with just these mechanisms held. Raises ValueError if that was not run."""
        found: Float[np.ndarray, " future"] = self.values[self.held.index(frozenset(mechanisms))]
        return found


def one_by_one(outcome: str) -> tuple[frozenset[str], ...]:
    """Sets to hold for an explanation of `outcome`: none, each mechanism, all of them."""
    names = held_for(outcome)
    return (frozenset(), *(frozenset((name,)) for name in names), frozenset(names))


def run_held(
    world: World,
    assumptions: Assumptions,
    program: Program,
    outcome: str,
    held: Sequence[Collection[str]],
    first_year: int,
    last_year: int,
    drivers: Literal["documented", "frozen"] = "documented",
    threads: int | None = None,
) -> HeldRuns:
    """Run the package once per set of `held` beside the baseline; all sets share the baseline's futures.

    Raises ValueError for an unknown mechanism, outcome, or more than `SLOTS` sets.
    """
    sets = tuple(frozenset(chosen) for chosen in held)
    if unknown := sorted(set().union(*sets) - set(MECHANISMS)):
        raise ValueError(f"unknown mechanisms {unknown}; allowed: {', '.join(MECHANISMS)}")
    if len(sets) > SLOTS:
        raise ValueError(f"at most {SLOTS} sets at a time; found {len(sets)}")
    _, value = measured(world, outcome)
    padded = sets + (frozenset(),) * (SLOTS - len(sets))
    runs = simulate_held(
        world,
        assumptions.symbols,
        program,
        [frozenset(field for name in chosen for field in MECHANISMS[name]) for chosen in padded],
        horizon_years=last_year - first_year,
        drivers=drivers,
        keep=SERIES_NEEDED,
        threads=threads,
    )
    ok = np.all([run.ok for run in runs], axis=0)
    values = np.array([value(run) for run in runs])
    return HeldRuns(sets, values[0], values[1 : len(sets) + 1], ok)
