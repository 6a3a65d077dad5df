"""pydantic's errors in the user's words: which field, what was found, what is allowed, the nearest name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from stepdown.vocabulary.errors import Problem, nearest


@dataclass(frozen=True)
class Defect:
    """What is wrong at `path` inside one piece of raw data."""

    path: tuple[str | int, ...]
    message: str
    found: str
    allowed: str
    hint: str

    def at(self, file: str, line: int, field: str) -> Problem:
        return Problem(file, line, field, self.message, self.found, self.allowed, self.hint)


def defects(error: ValidationError, raw: Any, model: type[BaseModel]) -> Iterator[Defect]:
    """Every defect that pydantic found when it read `raw` as `model`."""
    for item in error.errors(include_url=False):
        yield Defect(_data_path(raw, item["loc"]), *_words(item, model))


def _data_path(raw: Any, loc: tuple[int | str, ...]) -> tuple[str | int, ...]:
    """pydantic's location without the tags it inserts for unions, so that it walks the file."""
    path: list[str | int] = []
    node = raw
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(node, dict) and (step in node or last):
            path.append(step)
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            path.append(step)
            node = node[step] if step < len(node) else None
        elif not path:
            path.append(step)
            node = None
        elif last and node is None:
            path.append(step)
    return tuple(path)


def _words(item: Any, model: type[BaseModel]) -> tuple[str, str, str, str]:
    """(message, found, allowed, hint) in the user's words for one pydantic error."""
    context = item.get("ctx", {})
    value = item.get("input")
    shown = repr(value) if not isinstance(value, dict | list) else ""
    rule: Callable[[], tuple[str, str, str, str]] | None = {
        "missing": lambda: ("is missing", "", "", ""),
        "extra_forbidden": lambda: _unknown_field(item, model),
        "literal_error": lambda: _not_in_list(shown, str(value), context["expected"]),
        "union_tag_invalid": lambda: _not_in_list(
            repr(context["tag"]), str(context["tag"]), context["expected_tags"]
        ),
        "value_error": lambda: (str(context["error"]), shown, "", ""),
    }.get(item["type"])
    if rule is not None:
        return rule()
    return item["msg"][0].lower() + item["msg"][1:], shown, "", ""


def _not_in_list(shown: str, value: str, expected: str) -> tuple[str, str, str, str]:
    allowed = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    return "is not one of the allowed values", shown, ", ".join(allowed), nearest(value, allowed) or ""


def _unknown_field(item: Any, model: type[BaseModel]) -> tuple[str, str, str, str]:
    name = str(item["loc"][-1])
    allowed = list(model.model_fields) if len(item["loc"]) == 1 else []
    return "unknown field", "", ", ".join(allowed), nearest(name, allowed) or ""
