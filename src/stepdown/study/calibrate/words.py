"""Words of the calibration report in both languages, from `words.yaml` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from stepdown.vocabulary.ids import Language


def word(key: str, lang: Language, **values: object) -> str:
    """The words of a key, placeholders filled in; raises KeyError for an unknown key."""
    return _all()[key][lang].format(**values)


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    text = files("stepdown.study.calibrate").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded
