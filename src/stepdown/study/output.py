"""What a run leaves behind: both briefs, the run card, effects as CSV and JSON, failed futures with inputs.

Everything is written into a new folder beside the target, which takes its place only when it is complete.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
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


def write_study(run: StudyRun, findings: Findings, folder: Path) -> tuple[Path, ...]:
    """Write all files of a run and return their paths, the two briefs first; on failure nothing is left.

    Raises StudyError when `folder` is taken by something else than an earlier run.
    """
    check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        written = [*write_briefs(findings, fresh)]
        written.append(_json(fresh / CARD, asdict(findings.run)))
        written.append(_json(fresh / "summary.json", summary(findings)))
        written.append(_effects(fresh / "effects.csv", findings.effects))
        if findings.run.failed:
            written.append(_json(fresh / "failed-futures.json", failed_futures(run)))
        names = [path.name for path in written]
        _replace(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return tuple(folder / name for name in names)


def check_target(folder: Path) -> None:
    """Refuse a place that holds something else than an earlier run: replacing it would lose that.

    Raises StudyError for a file, for a folder with other content, and where no folder can be made.
    """
    if folder.is_dir():
        if any(folder.iterdir()) and not (folder / CARD).is_file():
            message = f"this folder holds something else than a run (no {CARD}); choose another with --out"
            raise StudyError([Problem(str(folder), 0, "", message)])
    elif folder.exists():
        raise StudyError([Problem(str(folder), 0, "", "this is no folder; choose another with --out")])
    home = next(parent for parent in folder.absolute().parents if parent.exists())
    if not (home.is_dir() and os.access(home, os.W_OK | os.X_OK)):
        raise StudyError([Problem(str(home), 0, "", "no folder can be made here; choose another with --out")])


def _replace(fresh: Path, folder: Path) -> None:
    fresh.chmod(0o755)
    if folder.exists():
        old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.old."))
        folder.rename(old / folder.name)
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)


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
