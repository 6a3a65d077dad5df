"""Words of an analysis in both languages, from `words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.wording import filled, words_of


def wording() -> Mapping[str, Mapping[str, str]]:
    """Every entry by key, then by language."""
    entries: Mapping[str, Mapping[str, str]] = words_of("stepdown.study.analysis")
    return entries


def told(key: str, **values: Bilingual | str) -> Bilingual:
    """An entry in both languages, its placeholders filled in the matching one."""
    return filled(wording()[key], **values)
