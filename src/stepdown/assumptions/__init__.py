"""From facts to futures: the world, one distribution per input, lenses, samples, and the audit of it all."""

from stepdown.assumptions.calibrated import calibrated_futures
from stepdown.assumptions.futures import sample_futures, under_role_mapping
from stepdown.assumptions.programmes import documented_programmes
from stepdown.assumptions.sampled import sampled_noise
from stepdown.assumptions.steps import Planned, steps_of
from stepdown.assumptions.world import build_world

__all__ = [
    "Planned",
    "build_world",
    "calibrated_futures",
    "documented_programmes",
    "sample_futures",
    "sampled_noise",
    "steps_of",
    "under_role_mapping",
]
