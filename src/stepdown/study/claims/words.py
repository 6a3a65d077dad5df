"""Words of the executable paper, from `words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language


@cache
def wording() -> Mapping[str, Mapping[Language, str]]:
    """Every entry by key, then by language."""
    text = files("stepdown.study.claims").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return loaded


def told(key: str, **values: str | int) -> Bilingual:
    """An entry in both languages with its placeholders filled."""
    entry = wording()[key]
    return Bilingual(entry["en"].format(**values), entry["ja"].format(**values))
