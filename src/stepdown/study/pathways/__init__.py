"""Pathways: checked, run against the baseline, told in both languages, drawn as a map, searched."""

from stepdown.study.pathways.load import find_pathway, load_pathway, shipped_pathways
from stepdown.study.pathways.rivals import what_if_rivals
from stepdown.study.pathways.run import PathwayRun, run_pathway, set_up
from stepdown.study.pathways.tell import future_lines, log_lines, map_data, summary, verdicts

__all__ = [
    "PathwayRun",
    "find_pathway",
    "future_lines",
    "load_pathway",
    "log_lines",
    "map_data",
    "run_pathway",
    "set_up",
    "shipped_pathways",
    "summary",
    "verdicts",
    "what_if_rivals",
]
