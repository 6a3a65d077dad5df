"""The main job: from a study's name to findings and files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from stepdown import __version__
from stepdown.assumptions.design import Method
from stepdown.contracts.calibrated import EnsembleName
from stepdown.contracts.findings import Findings
from stepdown.contracts.sampled import Mode
from stepdown.simulation import keep_compiled
from stepdown.study.explain import headline_explanations
from stepdown.study.failed import refuse_failed
from stepdown.study.installation import cache_folder, revision
from stepdown.study.load import open_study
from stepdown.study.output import check_target, summary, write_study
from stepdown.study.progress import Progress
from stepdown.study.run import run_study
from stepdown.study.tell import tell


@dataclass(frozen=True)
class StudyReport:
    """Findings of a run, its summary as plain data, and the files it left."""

    findings: Findings
    summary: dict[str, object]
    files: tuple[Path, ...]


def report_study(
    name: str,
    futures: int,
    seed: int,
    lenses: tuple[str, ...] = (),
    out: Path | None = None,
    data: Path | None = None,
    progress: Progress = lambda step, done, total: None,
    threads: int | None = None,
    design: Method = "lhs",
    on: date | None = None,
    mode: Mode = "mean-field",
    ensemble: EnsembleName = "prior",
) -> StudyReport:
    """Run the study `name` (a path or a shipped id) and write its files to `out` (default: out/<id>).

    Raises RecordError, StudyError or UnknownNameError; then no file has been written. Raises
    FailedFuturesError where more than 1 % of futures failed, with their inputs in a file beside `out`.
    Compiled code is kept in the user's cache folder, so that the second run starts sooner.
    """
    keep_compiled(cache_folder())
    facts, _, plan = open_study(name, data)
    folder = out or Path("out") / plan.id
    check_target(folder)
    run = run_study(plan, facts, futures, seed, lenses, progress, threads, design, mode, ensemble)
    refuse_failed(run, folder)
    findings = tell(run, facts, __version__, revision(), on or date.today())
    findings = replace(findings, explanations=headline_explanations(run, facts, findings.effects, threads))
    files = write_study(run, findings, folder)
    return StudyReport(findings, summary(findings), files)
