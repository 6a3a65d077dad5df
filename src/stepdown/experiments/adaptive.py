"""Adaptive runs: one program, many plans of triggers, the same futures and the same luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from stepdown.contracts.adaptive import AdaptiveRun
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.program import Program
from stepdown.contracts.shocks import Shock, ShockPlan
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.triggers import TriggerPlan
from stepdown.contracts.world import World
from stepdown.experiments.outcomes import SERIES_NEEDED, proteges
from stepdown.experiments.run import Sampling
from stepdown.simulation import simulate_adaptive


def run_adaptive(
    world: World,
    assumptions: Assumptions,
    program: Program,
    plan: TriggerPlan,
    first_year: int,
    last_year: int,
    seed: int,
    sampling: Sampling | None = None,
    shocks: Sequence[Shock] = (),
    threads: int | None = None,
    keep: Sequence[str] = SERIES_NEEDED,
) -> AdaptiveRun:
    """One plan over all futures, with the series that outcomes read.

    Without `sampling` only errors of observation are drawn (with `seed`); with it, crises, regimes and
    leaders too. All plans and shocks of one shape share one compilation.
    """
    return simulate_adaptive(
        world,
        assumptions.symbols,
        program,
        plan,
        seed=seed if sampling is None else sampling.seed,
        noise=None if sampling is None else sampling.noise,
        shocks=ShockPlan.build(world, shocks),
        horizon_years=last_year - first_year,
        keep=keep,
        threads=threads,
    )


def floor_series(
    world: World, run: Trajectories, parties: Sequence[str]
) -> dict[str, Float[np.ndarray, "year who future"]]:
    """What floors are about: assurance of every state under a nuclear guarantee (by its best guarantor), the
    lowest adequacy over attack types of these and of `parties`, and the total hazard of first use. Rows are
    those of `floor_subjects`.
    """
    concerned = floor_subjects(world, parties)
    given = [
        [i for i, g in enumerate(world.guarantees) if g.nuclear and g.protege == a]
        for a in concerned["assurance"]
    ]
    who = [world.actors.index(a) for a in concerned["adequacy"]]
    return {
        "assurance": np.stack([run["assurance"][:, g].max(axis=1) for g in given], axis=1),
        "adequacy": run["lowest_adequacy"][:, who],
        "use_risk": run["hazard"].sum(axis=(1, 2))[:, None],
    }


def floor_subjects(world: World, parties: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Whom each row of `floor_series` is about; use risk is the world's and has no name."""
    allies = proteges(world)
    attacked = {r.defender for r in world.relations if r.attacks}
    return {
        "assurance": tuple(allies),
        "adequacy": tuple(a for a in world.actors if a in attacked and a in {*allies, *parties}),
        "use_risk": (),
    }
