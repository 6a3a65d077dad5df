"""The stylesheet and its light colours: one file, read here, so that no colour is written down twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from stepdown.charts.element import Element

_TOKEN = re.compile(r"--([a-z0-9]+):\s*(#[0-9A-Fa-f]{3,6})")
_RULE = re.compile(r"^\.(c-[a-z-]+)\{(fill|stroke):var\(--([a-z0-9]+)\)\}$", re.MULTILINE)

PACKAGE_DASH: Mapping[str, str | None] = {
    "A": None,
    "B": "7 4",
    "C": "2 3",
    "D": "8 3 2 3",
    "E": "14 3",
}
"""Dash of a package's edge by its letter: hue is never the only mark."""


@lru_cache
def stylesheet() -> str:
    """The text of ``static/stepdown.css``."""
    return files("stepdown.charts").joinpath("static", "stepdown.css").read_text(encoding="utf-8")


@lru_cache
def light_tokens() -> Mapping[str, str]:
    """Token name to colour in the light theme."""
    root = re.search(r":root\{(.*?)\}", stylesheet(), re.DOTALL)
    if root is None:
        raise ValueError("stepdown.css has no :root rule")
    return dict(_TOKEN.findall(root.group(1)))


@lru_cache
def chart_classes() -> Mapping[str, tuple[str, str]]:
    """Chart class to (attribute, light colour)."""
    tokens = light_tokens()
    return {name: (attribute, tokens[token]) for name, attribute, token in _RULE.findall(stylesheet())}


def standalone(svg: Element) -> Element:
    """The same drawing with light colours as presentation attributes and no classes, for PDF and DOCX.

    Raises KeyError for a chart class that the stylesheet does not define.
    """
    return svg.map_attributes(_resolve)


def _resolve(attributes: Mapping[str, str]) -> Mapping[str, str]:
    resolved = {name: value for name, value in attributes.items() if name != "class"}
    for name in attributes.get("class", "").split():
        if name.startswith("c-"):
            attribute, colour = chart_classes()[name]
            resolved[attribute] = colour
    return resolved
