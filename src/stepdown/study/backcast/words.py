"""Words of the back-casts in both languages, from `words.yaml` beside this file."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.wording import words_of
from stepdown.vocabulary.ids import Language


def word(key: str, lang: Language, **values: object) -> str:
    """The words of a key, placeholders filled in; raises KeyError for an unknown key."""
    entries: Mapping[str, Mapping[str, str]] = words_of("stepdown.study.backcast")
    return entries[key][lang].format(**values)
