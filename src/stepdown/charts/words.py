"""Words on charts, in both languages, from ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import yaml

from stepdown.vocabulary.ids import Language


@lru_cache
def words() -> Mapping[str, Mapping[Language, str]]:
    """Every word by key, then by language."""
    text = files("stepdown.charts").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return loaded


def word(key: str, language: Language, **values: str | int) -> str:
    """The word for ``key``, its placeholders filled. Raises KeyError for an unknown key or placeholder."""
    return words()[key][language].format(**values)
