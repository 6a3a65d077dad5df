"""One file's records: header, defaults, types. Errors become Problems with line and nearest name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from pydantic import ValidationError

from stepdown.contracts.facts import KINDS, SCHEMA, Record
from stepdown.record.explain import defects
from stepdown.record.yaml_file import YamlFile
from stepdown.vocabulary.errors import Problem, nearest

HEADER = ("schema", "kind", "defaults", "records")


@dataclass(frozen=True)
class Placed:
    """A valid record and where it stands, so that checks across files can point at it."""

    record: Record
    kind: str
    file: YamlFile
    index: int

    def problem(self, path: tuple[str | int, ...], message: str, **more: str) -> Problem:
        line = self.file.line(("records", self.index, *path))
        return Problem(self.file.name, line, _field(self.record.id, path), message, **more)


def _field(record_id: str, path: tuple[str | int, ...]) -> str:
    return ".".join([record_id, *(str(p) for p in path)])


@dataclass(frozen=True)
class Validated:
    """What one file holds. `ids` also names the records that failed, so that they do not dangle as well."""

    placed: tuple[Placed, ...]
    problems: tuple[Problem, ...]
    ids: frozenset[tuple[str, str]]


def validate_file(file: YamlFile) -> Validated:
    """All valid records of a file and all problems of the others."""
    problems = list(file.problems)
    if file.content is None:
        return Validated((), tuple(problems or [Problem(file.name, 0, "", "the file is empty")]), frozenset())
    problems += _header_problems(file)
    kind = file.content.get("kind") if isinstance(file.content, dict) else None
    records = file.content.get("records") if isinstance(file.content, dict) else None
    defaults = file.content.get("defaults") or {} if isinstance(file.content, dict) else {}
    if not _known(kind) or not isinstance(records, list) or not isinstance(defaults, dict):
        return Validated((), tuple(problems), frozenset())
    placed: list[Placed] = []
    for index, raw in enumerate(records):
        if not isinstance(raw, dict):
            line = file.line(("records", index))
            problems.append(Problem(file.name, line, f"records.{index}", "a record is a mapping", repr(raw)))
            continue
        try:
            record = KINDS[kind].model_validate({**defaults, **raw})
        except ValidationError as error:
            problems += _explain(file, index, error, kind, raw, defaults)
        else:
            placed.append(Placed(record, kind, file, index))
    ids = frozenset((kind, str(raw["id"])) for raw in records if isinstance(raw, dict) and "id" in raw)
    return Validated(tuple(placed), tuple(problems), ids)


def _known(kind: object) -> TypeGuard[str]:
    return isinstance(kind, str) and kind in KINDS


def _header_problems(file: YamlFile) -> Iterator[Problem]:
    content = file.content
    if not isinstance(content, dict):
        yield Problem(file.name, 1, "", "a data file is a mapping with schema, kind and records")
        return
    for key in content:
        if key not in HEADER:
            hint = nearest(str(key), HEADER) or ""
            yield Problem(
                file.name, file.line((key,)), str(key), "unknown field", "", ", ".join(HEADER), hint
            )
    if content.get("schema") != SCHEMA:
        found = repr(content.get("schema"))
        yield Problem(file.name, file.line(("schema",)), "schema", "wrong schema", found, SCHEMA)
    kind = content.get("kind")
    if not _known(kind):
        hint = nearest(str(kind), KINDS) or ""
        yield Problem(
            file.name, file.line(("kind",)), "kind", "unknown kind", repr(kind), ", ".join(KINDS), hint
        )
    if not isinstance(content.get("defaults") or {}, dict):
        line = file.line(("defaults",))
        yield Problem(file.name, line, "defaults", "must be a mapping of fields that all records share")
    if not isinstance(content.get("records"), list):
        yield Problem(file.name, file.line(("records",)), "records", "must be a list of records")


def _explain(
    file: YamlFile,
    index: int,
    error: ValidationError,
    kind: str,
    raw: dict[str, Any],
    defaults: dict[str, Any],
) -> Iterator[Problem]:
    record_id = str(raw.get("id", f"records.{index}"))
    for defect in defects(error, {**defaults, **raw}, KINDS[kind]):
        inherited = bool(defect.path) and defect.path[0] not in raw and defect.path[0] in defaults
        base: tuple[str | int, ...] = ("defaults",) if inherited else ("records", index)
        line = file.line((*base, *defect.path))
        yield defect.at(file.name, line, _field(record_id, defect.path))
