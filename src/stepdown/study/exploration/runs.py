"""Explorations on disk: list them, show one, check it, mend it, hand it over."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from stepdown.experiments.engines import Engine
from stepdown.experiments.explore import Explored, Progress, explore
from stepdown.experiments.handover import to_ema_archive, to_parquet
from stepdown.experiments.store import Layout, RunFolder, holds_run, open_run
from stepdown.experiments.store.folder import remove
from stepdown.experiments.store.lock import alone
from stepdown.study.exploration.experiment import Keep, StudyExperiment
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.errors import ExplorationError, StepdownError

Form = Literal["parquet", "ema"]


def list_runs(home: Path) -> list[dict[str, Any]]:
    """Every run in a folder or one level below it; one that cannot be read is listed with the reason."""
    if not home.is_dir():
        return []
    found = []
    for folder in sorted({home, *(p for p in home.iterdir() if p.is_dir())}):
        if holds_run(folder):
            try:
                found.append(show_run(folder))
            except StepdownError as error:
                found.append({"folder": str(folder), "state": "unreadable", "why": str(error)})
    return found


def show_run(folder: Path) -> dict[str, Any]:
    """What was asked for, how much of it is there, and the checksum of the whole when all is."""
    run = RunFolder.open(folder)
    design, layout, records = run.manifest.design, run.manifest.layout, run.records()
    done = sum(stop - first for first, stop in map(design.span, records))
    return {
        "folder": str(folder),
        "state": "finished" if len(records) == design.blocks else "unfinished",
        "study": layout.attrs.get("study", layout.attrs.get("title")),
        "design": design.as_json(),
        "packages": list(layout.packages),
        "outcomes": [v.name for v in layout.outcomes],
        "series": [v.name for v in layout.series],
        "inputs": len(layout.inputs) + len(layout.switches),
        "blocks": design.blocks,
        "blocks_done": len(records),
        "futures_done": done,
        "failed": sum(r["failed"] for r in records.values()),
        "bytes": sum(f["bytes"] for r in records.values() for f in r["files"].values()),
        "version": run.manifest.identity.get("version"),
        "record": run.manifest.identity.get("record"),
        "content": run.content,
    }


def check_run(folder: Path) -> dict[str, Any]:
    """Every file against its checksum. `sound` is false when one differs; missing blocks are no damage."""
    run = RunFolder.open(folder)
    damage = [{"block": d.block, "what": d.what} for d in run.damage()]
    done = len(run.records())
    return {
        "folder": str(folder),
        "sound": not damage,
        "blocks": run.manifest.design.blocks,
        "blocks_done": done,
        "damage": damage,
    }


def repair_run(folder: Path, engine: Engine, progress: Progress = lambda done, total: None) -> Explored:
    """Run again what is damaged or missing. Raises ExplorationError under another record, code or version."""
    manifest = RunFolder.open(folder).manifest
    if "study" not in manifest.identity:
        raise ExplorationError(
            f"{folder} was not made by `stepdown explore`; only its own program can mend it"
        )
    data = manifest.identity.get("data")
    experiment = StudyExperiment(
        StudyPlan.model_validate(manifest.identity["study"]),
        manifest.design,
        _keep(manifest.layout),
        Path(data) if data else None,
    )
    return explore(experiment, folder, engine, resume=True, progress=progress)


def remove_run(folder: Path) -> tuple[str, ...]:
    """Delete a run, the manifest last; names of what else lies in its folder, which stays.

    Raises ExplorationError where there is no run, or while another process writes it.
    """
    if not holds_run(folder):
        raise ExplorationError(f"{folder} holds no exploration; nothing was removed")
    with alone(folder):
        return remove(folder)


def export_run(folder: Path, form: Form, out: Path) -> tuple[Path, ...]:
    """Parquet files in the folder `out`, or an EMA Workbench archive at `out`."""
    ds = open_run(folder)
    try:
        return to_parquet(ds, out) if form == "parquet" else (to_ema_archive(ds, out),)
    except OSError as error:
        raise ExplorationError(f"{out} cannot be written: {error.strerror}") from error


def _keep(layout: Layout) -> Keep:
    outcomes, series = (tuple(v.name for v in x) for x in (layout.outcomes, layout.series))
    return Keep(outcomes, series, bool(layout.inputs))
