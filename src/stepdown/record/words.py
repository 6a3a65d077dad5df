"""Words of the record's listings, from `words.yaml`."""

from __future__ import annotations

from typing import Any

from stepdown.contracts.wording import words_of
from stepdown.vocabulary.ids import Language


def _all() -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = words_of("stepdown.record")
    return entries


def word(key: str, lang: Language, **values: Any) -> str:
    """The word for `key`, placeholders filled; raises KeyError for an unknown key."""
    return _all()[key][lang].format(**values)


def known_word(key: str, otherwise: str, lang: Language) -> str:
    """The word for `key` where there is one, else the words of the record itself."""
    return _all()[key][lang] if key in _all() else otherwise
