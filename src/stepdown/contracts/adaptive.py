"""What an adaptive run was: where every step stood, what was known, and which rules had fired."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.sampled import SampledRun
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.triggers import StepState, TriggerPlan

Steps = Float[np.ndarray, "year step future"]


@dataclass(frozen=True)
class AdaptiveRun:
    """A run with decisions. Arrays hold what was decided at the beginning of each year, on what was known.

    `clock`: years each step has been in effect (negative in lead time); `rule[year, rule, future]`: whether
    a rule is on; `observed[year, indicator, future]`: the last observation of each indicator.
    """

    sampled: SampledRun
    plan: TriggerPlan
    opened: Steps
    held: Steps
    reverted: Steps
    calling: Steps
    clock: Steps
    rule: Float[np.ndarray, "year rule future"]
    observed: Float[np.ndarray, "year indicator future"]

    @property
    def trajectories(self) -> Trajectories:
        """The series of the run."""
        return self.sampled.trajectories

    @property
    def state(self) -> Int[np.ndarray, "year step future"]:
        """`StepState` of every step, year and future."""
        state = np.where(self.opened > 0.5, StepState.PROCEEDING.value, StepState.WAITING.value)
        for values, name in (
            (self.calling, StepState.COMPENSATED),
            (self.held, StepState.HOLDING),
            (self.reverted, StepState.REVERTED),
        ):
            state = np.where((self.opened > 0.5) & (values > 0.5), name.value, state)
        return state
