"""Words of the record's listings, from `words.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from stepdown.vocabulary.ids import Language


@cache
def _all() -> dict[str, dict[str, str]]:
    text = files("stepdown.record").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


def word(key: str, lang: Language, **values: Any) -> str:
    """The word for `key`, placeholders filled; raises KeyError for an unknown key."""
    return _all()[key][lang].format(**values)


def known_word(key: str, otherwise: str, lang: Language) -> str:
    """The word for `key` where there is one, else the words of the record itself."""
    return _all()[key][lang] if key in _all() else otherwise
