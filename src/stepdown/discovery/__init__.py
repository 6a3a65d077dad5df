"""From ensembles to findings: paired effects, backfire, fans, and the inputs that decide."""

from stepdown.discovery.deciding import Deciding, Screen
from stepdown.discovery.effects import changes, fan_series, paired_effect, paired_effects, toward
from stepdown.discovery.ranking import ranking, ranking_flips

__all__ = [
    "Deciding",
    "Screen",
    "changes",
    "fan_series",
    "paired_effect",
    "paired_effects",
    "ranking",
    "ranking_flips",
    "toward",
]
