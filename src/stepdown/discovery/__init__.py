"""From ensembles to findings: paired effects, backfire, fans, and the inputs that decide."""

from stepdown.discovery.deciding import Deciding, deciding_inputs
from stepdown.discovery.effects import changes, fan_series, paired_effect, paired_effects
from stepdown.discovery.ranking import ranking, ranking_flips

__all__ = [
    "Deciding",
    "changes",
    "deciding_inputs",
    "fan_series",
    "paired_effect",
    "paired_effects",
    "ranking",
    "ranking_flips",
]
