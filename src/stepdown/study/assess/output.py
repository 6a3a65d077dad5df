"""What an assessment leaves behind: both briefs, the findings as JSON, and one dataset per table."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stepdown.brief.assessment import write_assessments
from stepdown.contracts.assessments import Finding, flat
from stepdown.contracts.assessments.page import AssessmentPage
from stepdown.study.assess.ask import Request
from stepdown.study.assess.folder import CARD
from stepdown.vocabulary.errors import Problem, StudyError


def write_assessment(
    folder: Path,
    request: Request,
    findings: Sequence[Finding],
    page: AssessmentPage,
    content: Mapping[str, Any],
) -> tuple[Path, ...]:
    """Briefs, `assessment.json`, and per table of findings a CSV and a Parquet file."""
    try:
        written = [*write_assessments(page, folder)]
        path = folder / CARD
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        written.append(path)
        for kind, rows in tables(findings).items():
            written += _dataset(folder / f"{request.question}.{kind}", rows)
    except OSError as error:
        raise StudyError([Problem(str(folder), 0, "", f"cannot be written: {error.strerror}")]) from error
    return tuple(written)


def tables(findings: Sequence[Finding]) -> dict[str, list[dict[str, Any]]]:
    """Flat rows by kind of finding; rows of one kind have the same columns."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        rows.setdefault(finding.kind, []).append(flat(finding))
    for of_kind in rows.values():
        columns = list(dict.fromkeys(c for row in of_kind for c in row))
        # A spread that is absent stands as one empty column where others have five.
        spreads = {c.rpartition("_")[0] for c in columns if c.endswith("_median")}
        kept = [c for c in columns if c not in spreads]
        of_kind[:] = [{c: row.get(c) for c in kept} for row in of_kind]
    return rows


def _dataset(stem: Path, rows: Sequence[Mapping[str, Any]]) -> tuple[Path, Path]:
    as_csv, as_parquet = (stem.with_name(stem.name + end) for end in (".csv", ".parquet"))
    with as_csv.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), as_parquet, compression="zstd")
    return as_csv, as_parquet
