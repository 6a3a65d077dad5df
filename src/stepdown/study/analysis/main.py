"""The verb: from a run's folder to an analysis and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stepdown.assumptions import build_world
from stepdown.experiments.store import open_run
from stepdown.record import load_record
from stepdown.study.analysis.analyse import DEFAULT, Analysis, Method, Progress, analyse
from stepdown.study.analysis.report import write_analysis
from stepdown.study.load import find_study, load_study, shipped_studies
from stepdown.study.plan import StudyPlan


@dataclass(frozen=True)
class AnalysisReport:
    """Findings, and the files they were written to."""

    analysis: Analysis
    files: tuple[Path, ...]


def report_analysis(
    folder: Path,
    outcomes: Sequence[str] = ("use_risk",),
    packages: Sequence[str] = (),
    methods: Sequence[Method] = DEFAULT,
    levels: Sequence[float] = (),
    seed: int = 0,
    study: str | None = None,
    out: Path | None = None,
    data: Path | None = None,
    progress: Progress = lambda step, done, total: None,
) -> AnalysisReport:
    """As `analyse_run`, and write its pages to `out` (default: `folder`/../NAME-analysis)."""
    found = analyse_run(folder, outcomes, packages, methods, levels, seed, study, data, progress)
    return AnalysisReport(found, write_analysis(found, out or folder.parent / f"{folder.name}-analysis"))


def analyse_run(
    folder: Path,
    outcomes: Sequence[str] = ("use_risk",),
    packages: Sequence[str] = (),
    methods: Sequence[Method] = DEFAULT,
    levels: Sequence[float] = (),
    seed: int = 0,
    study: str | None = None,
    data: Path | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Analysis:
    """Analyse the run in `folder`.

    `study`: the study file the run was made from; needed for the words of packages of a study that is not
    shipped. Raises ExplorationError without a run, UnknownNameError for unknown names.
    """
    dataset = open_run(folder)
    name = study or str(dataset.attrs.get("study", ""))
    plan: StudyPlan | None = None
    if study or name in shipped_studies():
        facts = load_record(data)
        plan = load_study(find_study(name), facts, build_world(facts))
    return analyse(dataset, plan, outcomes, packages, methods, levels, seed, progress)
