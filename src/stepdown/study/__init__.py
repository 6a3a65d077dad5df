"""Studies: the one place that knows the order of the rooms."""

from stepdown.study.load import find_study, load_study, shipped_studies
from stepdown.study.main import StudyReport, report_study
from stepdown.study.table import EffectsTable, effects_table

__all__ = [
    "EffectsTable",
    "StudyReport",
    "effects_table",
    "find_study",
    "load_study",
    "report_study",
    "shipped_studies",
]
