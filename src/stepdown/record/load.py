"""Read all data files, check everything at once, hand out the record as one frozen value."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from stepdown.contracts.facts import KINDS, ModelInput, Record
from stepdown.contracts.facts.completeness import incomplete
from stepdown.contracts.facts.facts import Facts
from stepdown.record.crosscheck import crosscheck
from stepdown.record.validate import Placed, validate_file
from stepdown.record.yaml_file import read_yaml
from stepdown.vocabulary.errors import Problem, RecordError


def data_folder() -> Path:
    """The record that ships with the package."""
    return Path(str(files("stepdown"))) / "data"


def check_record(folder: Path | None = None, today: date | None = None) -> tuple[list[Problem], Facts]:
    """All problems of a record and everything in it that is valid; raises nothing."""
    return _read(folder or data_folder(), today or date.today())


def load_record(folder: Path | None = None, today: date | None = None) -> Facts:
    """The checked record; raises RecordError with every problem when there is any."""
    problems, facts = _read(folder or data_folder(), today or date.today())
    if problems:
        raise RecordError(problems)
    return facts


def _read(folder: Path, today: date) -> tuple[list[Problem], Facts]:
    problems: list[Problem] = []
    placed: list[Placed] = []
    known: set[tuple[str, str]] = set()
    digest = hashlib.sha256()
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        problems.append(Problem(str(folder), 0, "", "no data files (*.yaml) here"))
    for path in paths:
        file = read_yaml(path, path.relative_to(folder).as_posix())
        digest.update(f"{file.name}\0{file.text}\0".encode())
        result = validate_file(file)
        placed += result.placed
        problems += result.problems
        known |= result.ids
    problems += crosscheck(placed, known, today)
    facts = _facts(placed, digest.hexdigest())
    # A folder without model inputs is part of a record, not one to run.
    if not problems and facts.all(ModelInput):
        problems += incomplete(facts)
    return sorted(problems), facts


def _facts(placed: Iterable[Placed], digest: str) -> Facts:
    by_type: dict[type[Record], dict[str, Record]] = defaultdict(dict)
    for item in placed:
        by_type[KINDS[item.kind]][item.record.id] = item.record
    frozen: Mapping[type[Record], Mapping[str, Record]] = MappingProxyType(
        {kind: MappingProxyType(records) for kind, records in by_type.items()}
    )
    return Facts(frozen, digest)
