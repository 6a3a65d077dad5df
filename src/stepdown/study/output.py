"""What a run leaves behind: both briefs, the run card, effects as CSV and JSON, failed futures with inputs.

Everything is written into a new folder beside the target, which takes its place only when it is complete.
"""

from __future__ import annotations

import csv
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from stepdown.brief import write_briefs
from stepdown.contracts.effects import PairedEffect
from stepdown.contracts.findings import Findings
from stepdown.contracts.trajectories import ResultCode
from stepdown.study.run import StudyRun
from stepdown.vocabulary.errors import Problem, StudyError

CARD = "run-card.json"
RUN_FILES = frozenset(
    ("brief.en.html", "brief.ja.html", CARD, "summary.json", "effects.csv", "failed-futures.json")
)
"""Everything a run may leave; a folder with anything else is never replaced."""


def write_study(run: StudyRun, findings: Findings, folder: Path) -> tuple[Path, ...]:
    """Write all files of a run and return their paths, the two briefs first; on failure nothing is left.

    Raises StudyError when `folder` is taken by something else than an earlier run.
    """
    folder = folder.absolute()
    check_target(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise StudyError([Problem(str(folder), 0, "", f"cannot be made: {error.strerror}")]) from None
    try:
        written = [*write_briefs(findings, fresh)]
        written.append(_json(fresh / CARD, asdict(findings.run)))
        written.append(_json(fresh / "summary.json", summary(findings)))
        written.append(_effects(fresh / "effects.csv", findings.effects))
        if findings.run.failed:
            written.append(_json(fresh / "failed-futures.json", failed_futures(run)))
        names = [path.name for path in written]
        _replace(fresh, folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise StudyError([Problem(str(folder), 0, "", f"cannot be written: {error.strerror}")]) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return tuple(folder / name for name in names)


def check_target(folder: Path) -> None:
    """Refuse a place that holds anything else than an earlier run: replacing it would lose that.

    Raises StudyError for a file, for a folder with other content, and where no folder can be made.
    """
    if folder.is_dir():
        other = sorted({path.name for path in folder.iterdir()} - RUN_FILES)
        if other:
            message = "this folder holds something else than a run; choose another with --out"
            raise StudyError([Problem(str(folder), 0, "", message, ", ".join(other[:5]))])
    elif folder.exists():
        raise StudyError([Problem(str(folder), 0, "", "this is no folder; choose another with --out")])
    home = next(parent for parent in folder.absolute().parents if parent.exists())
    if not (home.is_dir() and os.access(home, os.W_OK | os.X_OK)):
        raise StudyError([Problem(str(home), 0, "", "no folder can be made here; choose another with --out")])


def _replace(fresh: Path, folder: Path) -> None:
    """Put the new folder in the old one's place; one run at a time, and the old one back if that fails."""
    fresh.chmod(0o755)
    with _alone(folder.parent):
        check_target(folder)
        if not folder.exists():
            fresh.rename(folder)
            return
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.old."))
        old = folder.rename(aside / folder.name)
        try:
            fresh.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        finally:
            shutil.rmtree(aside)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two runs into one place follow each other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def summary(findings: Findings) -> dict[str, Any]:
    """The numbers of a run without clocks: the same run gives the same summary, byte for byte."""
    run = findings.run
    return {
        "title": asdict(findings.title),
        "run": {k: v for k, v in asdict(run).items() if k not in ("timings", "date")},
        "packages": [p.id for p in findings.packages],
        "budget": {p.id: [asdict(b) for b in p.budget] for p in findings.packages},
        "effects": [asdict(e) for e in findings.effects],
        "orders": [asdict(o) for o in findings.order],
        "deciding": [asdict(d) for d in findings.deciding],
        "mappings": [asdict(m) for m in findings.mappings],
        "prior": asdict(findings.prior),
    }


def failed_futures(run: StudyRun) -> list[dict[str, Any]]:
    """Every future that some package did not finish: its codes by package and all its inputs."""
    return [
        {
            "future": int(i),
            "codes": {p: ResultCode(int(code[i])).name for p, code in run.ensemble.codes.items()},
            "lens": run.assumptions.lenses[run.assumptions.lens[i]],
            "inputs": {c.name: float(c.values[i]) for c in run.coordinates},
        }
        for i in np.flatnonzero(~run.ensemble.ok)
    ]


def _effects(path: Path, effects: tuple[PairedEffect, ...]) -> Path:
    names = [f.name for f in fields(PairedEffect)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows([getattr(e, n) for n in names] for e in effects)
    return path


def _json(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
