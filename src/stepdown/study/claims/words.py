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


def told(key: str, **values: Bilingual | str | int) -> Bilingual:
    """An entry in both languages, its placeholders filled in the matching one."""

    def fill(lang: Language) -> str:
        filled = {k: v.text(lang) if isinstance(v, Bilingual) else v for k, v in values.items()}
        return wording()[key][lang].format(**filled)

    return Bilingual(fill("en"), fill("ja"))
