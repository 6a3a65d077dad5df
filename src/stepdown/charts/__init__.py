"""Charts: SVG written by Python from findings. The one place that draws.

Every figure has a title, a finding in one sentence and a table twin with the same numbers; colours come from
``static/stepdown.css`` by class, or are resolved to the light theme for a drawing that stands alone.
"""

from stepdown.charts.contributions import contributions_chart
from stepdown.charts.evidence import evidence_dot, evidence_word
from stepdown.charts.fan import fan_chart
from stepdown.charts.figure import Figure, Table
from stepdown.charts.interval import axis_header, effect_finding, effect_interval, shared_axis
from stepdown.charts.roles import role_caption, role_key, role_list, role_matrix
from stepdown.charts.squares import futures_squares
from stepdown.charts.theme import stylesheet
from stepdown.charts.thresholds import threshold_pairs
from stepdown.charts.timeline import measures_by_track, package_timeline

__all__ = [
    "Figure",
    "Table",
    "axis_header",
    "contributions_chart",
    "effect_finding",
    "effect_interval",
    "evidence_dot",
    "evidence_word",
    "fan_chart",
    "futures_squares",
    "measures_by_track",
    "package_timeline",
    "role_caption",
    "role_key",
    "role_list",
    "role_matrix",
    "shared_axis",
    "stylesheet",
    "threshold_pairs",
]
