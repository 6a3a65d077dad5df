"""The worked cases of the paper as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def case_records() -> tuple[Mapping[str, Any], ...]:
    """The worked cases, with their words."""
    text = files("stepdown.study.assess").joinpath("cases.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))
