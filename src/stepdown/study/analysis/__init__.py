"""Analysis of a finished run: robustness, conditions of backfire, influence; tables, figures, pages."""

from stepdown.study.analysis.analyse import METHODS, Analysis, analyse
from stepdown.study.analysis.figures import figures, ranks_table, sections
from stepdown.study.analysis.main import AnalysisReport, report_analysis
from stepdown.study.analysis.report import as_data, render, write_analysis

__all__ = [
    "METHODS",
    "Analysis",
    "AnalysisReport",
    "analyse",
    "as_data",
    "figures",
    "ranks_table",
    "render",
    "report_analysis",
    "sections",
    "write_analysis",
]
