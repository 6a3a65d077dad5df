"""Files that an analyst writes, a study or a pathway: found, read, and every defect told with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from stepdown.record.explain import defects
from stepdown.record.yaml_file import read_yaml
from stepdown.vocabulary.errors import Problem, StudyError, nearest

Plan = TypeVar("Plan", bound=BaseModel)
FieldPath = tuple[str | int, ...]
Finding = tuple[FieldPath, str, str, str, str]
"""Where, what is wrong, what was found, what is allowed, the nearest name."""


def shipped(folder: str) -> dict[str, Path]:
    """Files that travel with the package in `folder`, by id."""
    place = files("stepdown").joinpath(folder)
    return {path.stem: path for path in sorted(Path(str(place)).glob("*.yaml"))}


def find(name: str, kind: str, known: Mapping[str, Path]) -> Path:
    """A path, or the id of a shipped file; raises StudyError with the nearest id."""
    path = Path(name)
    if path.is_file():
        return path
    if path.stem in known and path.suffix in ("", ".yaml"):
        return known[path.stem]
    hint = nearest(path.stem, known) or ""
    message = f"no such {kind} file"
    raise StudyError([Problem(name, 0, "", message, allowed=", ".join(known), hint=hint)])


def load(path: Path, model: type[Plan], otherwise: str, checks: Callable[[Plan], Iterator[Finding]]) -> Plan:
    """The file as `model` once `checks` find nothing wrong; raises StudyError listing every defect.

    `otherwise`: what to say of a file that is no mapping.
    """
    file = read_yaml(path, path.name)
    problems = list(file.problems)

    def placed(at: FieldPath, message: str, found: str, allowed: str, hint: str) -> Problem:
        return Problem(file.name, file.line(at), ".".join(map(str, at)), message, found, allowed, hint)

    if not isinstance(file.content, dict):
        raise StudyError(problems or [Problem(file.name, 1, "", otherwise)])
    try:
        plan = model.model_validate(file.content)
    except ValidationError as error:
        for defect in defects(error, file.content, model):
            field = ".".join(map(str, defect.path))
            problems.append(defect.at(file.name, file.line(defect.path), field))
        raise StudyError(problems) from None
    problems += [placed(*finding) for finding in checks(plan)]
    if problems:
        raise StudyError(problems)
    return plan
