"""One YAML data file: parsed strictly, with the line of any value on demand.

Strict means: duplicate keys are refused (YAML keeps the last in silence), dates stay text, and only
`true` and `false` are booleans (so that the code N and the country NO survive).
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from stepdown.vocabulary.errors import Problem

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        self.flatten_mapping(node)
        result: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be a word or a number", key_node.start_mark
                )
            key = self.construct_object(key_node, deep=True)
            if key in result:
                self.duplicates.append((key_node.start_mark.line + 1, str(key)))
            result[key] = self.construct_object(value_node, deep=deep)
        return result

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.duplicates: list[tuple[int, str]] = []


_Strict.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?(?:0|[1-9]\d*)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?$", "-+.0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("merge", r"^(?:<<)$", "<"),
):
    _Strict.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass(frozen=True)
class YamlFile:
    """A parsed file. `content` is None when it could not be parsed; `problems` says why."""

    name: str
    text: str
    content: Any
    problems: tuple[Problem, ...]

    def line(self, path: tuple[str | int, ...]) -> int:
        """Line of the value at `path` or its nearest parent (parses again: only errors need it)."""
        try:
            node = yaml.compose(self.text, Loader=_Strict)
        except yaml.YAMLError:
            return 0
        line = 1
        for step in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                found = [(k, v) for k, v in node.value if k.value == str(step)]
                if not found:
                    break
                line, node = found[-1][0].start_mark.line + 1, found[-1][1]
            else:
                break
        return line


def read_yaml(path: Path, name: str) -> YamlFile:
    """Parse one file; defects become problems, never exceptions."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return YamlFile(name, "", None, (Problem(name, 0, "", f"cannot be read as UTF-8 text: {error}"),))
    loader = _Strict(text)
    try:
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        return YamlFile(name, text, None, (Problem(name, line, "", f"not valid YAML: {what}"),))
    finally:
        loader.dispose()
    problems = tuple(
        Problem(name, line, key, "key is given twice; YAML would keep only the last, so it is refused")
        for line, key in loader.duplicates
    )
    return YamlFile(name, text, content, problems)
