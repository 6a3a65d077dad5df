"""Explorations: a study over a design of any size, kept in a folder."""

from stepdown.study.exploration.experiment import Keep, StudyExperiment
from stepdown.study.exploration.main import HOME, engine_of, explore_study, summary
from stepdown.study.exploration.runs import check_run, export_run, list_runs, remove_run, repair_run, show_run

__all__ = [
    "HOME",
    "Keep",
    "StudyExperiment",
    "check_run",
    "engine_of",
    "explore_study",
    "export_run",
    "list_runs",
    "remove_run",
    "repair_run",
    "show_run",
    "summary",
]
