"""Experiments: the same futures under every package, through the kernel; outcomes kept, arrays dropped."""

from stepdown.experiments.outcomes import FAN_OUTCOMES, outcome_keys
from stepdown.experiments.reduced import run_reduced
from stepdown.experiments.run import Placed, Sampling, placed, prepare, run_packages, run_trajectories

__all__ = [
    "FAN_OUTCOMES",
    "Placed",
    "Sampling",
    "outcome_keys",
    "placed",
    "prepare",
    "run_packages",
    "run_reduced",
    "run_trajectories",
]
