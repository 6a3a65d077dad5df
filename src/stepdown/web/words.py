"""Words of the pages: `words.yaml` here and in every screen's folder, en and ja side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

import yaml
from markupsafe import Markup, escape

from stepdown.vocabulary.ids import LANGUAGES, Language

Tree: TypeAlias = "Mapping[str, str | Tree]"
Phrase = Mapping[Language, str]


@lru_cache
def phrases() -> Mapping[str, Phrase]:
    """Every phrase by dotted key. A screen's phrases start with the name of its folder."""
    home = files("stepdown.web")
    found = dict(_flatten("", yaml.safe_load(home.joinpath("words.yaml").read_text(encoding="utf-8"))))
    for folder in sorted(home.iterdir(), key=lambda entry: entry.name):
        file = folder.joinpath("words.yaml") if folder.is_dir() else None
        if file is not None and file.is_file():
            found |= _flatten(f"{folder.name}.", yaml.safe_load(file.read_text(encoding="utf-8")))
    return found


def _flatten(prefix: str, tree: Tree) -> Iterator[tuple[str, Phrase]]:
    for key, entry in tree.items():
        if isinstance(entry, str):
            raise ValueError(f"{prefix}{key}: give en and ja")
        if set(entry) == set(LANGUAGES):
            yield f"{prefix}{key}", entry  # type: ignore[misc]
        else:
            yield from _flatten(f"{prefix}{key}.", entry)


@dataclass(frozen=True)
class Say:
    """`say("board.title", count=3)`: the phrase in one language, placeholders filled. Raises KeyError.

    Placeholders filled with markup give markup; everything else is escaped by the template.
    """

    language: Language

    def __call__(self, key: str, **values: str | int) -> str:
        phrase = phrases()[key][self.language]
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup(escape(phrase)).format(**values)
        return phrase.format(**values)

    def has(self, key: str) -> bool:
        """Whether the key exists."""
        return key in phrases()
