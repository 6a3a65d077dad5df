"""From the record to the files of a calibration: the ensemble and its report, as JSON and in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stepdown.assumptions.calibrated import write_ensemble
from stepdown.record import load_record
from stepdown.simulation import keep_compiled
from stepdown.study.calibrate.fit import Calibration, calibrate
from stepdown.study.calibrate.page import Table, page, tables
from stepdown.study.installation import cache_folder
from stepdown.study.progress import Progress
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class CalibrationReport:
    """What a calibration found as plain data and as tables of a language, and the files it left."""

    summary: dict[str, Any]
    tables: dict[Language, tuple[Table, ...]]
    files: tuple[Path, ...]


def report_calibration(
    futures: int,
    seed: int,
    half_life: float | None = None,
    out: Path | None = None,
    data: Path | None = None,
    progress: Progress = lambda step, done, total: None,
) -> CalibrationReport:
    """Calibrate and write the files to `out` (default: out/calibration); earlier ones are replaced.

    Raises RecordError, StudyError, or TiltError where no weights meet the elicited medians.
    """
    keep_compiled(cache_folder())
    facts = load_record(data)
    found = calibrate(facts, futures, seed, half_life, progress)
    folder, name = out or Path("out") / "calibration", found.ensemble.id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [write_ensemble(found.ensemble, folder / f"{name}.csv")]
        files.append(folder / f"{name}.json")
        files[-1].write_text(
            json.dumps(summary(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        for lang in _languages():
            files.append(folder / f"{name}.{lang}.md")
            files[-1].write_text(page(facts, found, lang), encoding="utf-8")
    except OSError as error:
        raise StudyError([Problem(str(folder), 0, "", f"cannot be written: {error.strerror}")]) from error
    shown = {lang: tuple(tables(facts, found, lang)) for lang in _languages()}
    return CalibrationReport(summary(found), shown, tuple(files))


def summary(found: Calibration) -> dict[str, Any]:
    """Everything found as plain data, the weights left to the ensemble's own file."""
    content = asdict(found)
    ensemble = content.pop("ensemble")
    rows = len(ensemble.pop("future"))
    ensemble.pop("weight")
    return {"ensemble": {**ensemble, "rows": rows}, **content}


def _languages() -> Iterator[Language]:
    yield "en"
    yield "ja"
