"""The main job: from a study's name to findings and files."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from stepdown import __version__
from stepdown.assumptions import build_world
from stepdown.assumptions.design import Method
from stepdown.contracts.calibrated import EnsembleName
from stepdown.contracts.findings import Findings
from stepdown.contracts.sampled import Mode
from stepdown.record import load_record
from stepdown.simulation import keep_compiled
from stepdown.study.explain import headline_explanations
from stepdown.study.failed import refuse_failed
from stepdown.study.load import find_study, load_study
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
    facts = load_record(data)
    plan = load_study(find_study(name), facts, build_world(facts))
    folder = out or Path("out") / plan.id
    check_target(folder)
    run = run_study(plan, facts, futures, seed, lenses, progress, threads, design, mode, ensemble)
    refuse_failed(run, folder)
    findings = tell(run, facts, __version__, revision(), on or date.today())
    findings = replace(findings, explanations=headline_explanations(run, facts, findings.effects, threads))
    files = write_study(run, findings, folder)
    return StudyReport(findings, summary(findings), files)


def cache_folder() -> Path:
    """Where compiled code is kept: $XDG_CACHE_HOME/stepdown, or ~/.cache/stepdown."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stepdown"


def revision() -> str:
    """The commit of a source checkout with a mark when it has changes; "release" outside one."""
    here = Path(__file__).parent
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return "release"
    return done.stdout.strip()
