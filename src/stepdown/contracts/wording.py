"""Words in both languages: the file of a room, and how the placeholders of an entry are filled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import LANGUAGES


@cache
def words_of(package: str, name: str = "words.yaml") -> Any:
    """What a package's file of words holds; read once."""
    return yaml.safe_load(files(package).joinpath(name).read_text(encoding="utf-8"))


def filled(entry: Mapping[str, str], **values: Bilingual | str | int) -> Bilingual:
    """Both languages of an entry, placeholders filled with the matching language.

    Raises KeyError for a placeholder without a value.
    """
    told = []
    for lang in LANGUAGES:
        chosen: dict[str, Any] = {
            name: value.text(lang) if isinstance(value, Bilingual) else value
            for name, value in values.items()
        }
        told.append(entry[lang].format(**chosen))
    return Bilingual(*told)
