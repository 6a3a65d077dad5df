"""Analysis of a finished run: robustness, conditions of backfire, influence; tables, figures, pages."""

from stepdown.study.analysis.analyse import DISCOVERY, METHODS, Analysis, analyse
from stepdown.study.analysis.figures import figures, ranks_table, sections
from stepdown.study.analysis.main import AnalysisReport, analyse_run, report_analysis
from stepdown.study.analysis.report import as_data, as_discovery, render, write_analysis

__all__ = [
    "DISCOVERY",
    "METHODS",
    "Analysis",
    "AnalysisReport",
    "analyse",
    "analyse_run",
    "as_data",
    "as_discovery",
    "figures",
    "ranks_table",
    "render",
    "report_analysis",
    "sections",
    "write_analysis",
]
