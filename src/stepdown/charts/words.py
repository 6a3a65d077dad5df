"""Words on charts, in both languages, from ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.wording import words_of
from stepdown.vocabulary.ids import Language


def words() -> Mapping[str, Mapping[Language, str]]:
    """Every word by key, then by language."""
    entries: Mapping[str, Mapping[Language, str]] = words_of("stepdown.charts")
    return entries


def word(key: str, language: Language, **values: str | int) -> str:
    """The word for ``key``, its placeholders filled. Raises KeyError for an unknown key or placeholder."""
    return words()[key][language].format(**values)
