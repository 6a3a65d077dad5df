"""Experiments: the same futures under every package, through the kernel; outcomes kept, arrays dropped."""

from stepdown.experiments.outcomes import FAN_OUTCOMES, outcome_keys
from stepdown.experiments.run import Sampling, prepare, run_packages, run_trajectories

__all__ = ["FAN_OUTCOMES", "Sampling", "outcome_keys", "prepare", "run_packages", "run_trajectories"]
