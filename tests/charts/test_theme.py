"""The stylesheet: tokens, contrast, and what it may not do."""

from __future__ import annotations

import re

import pytest

from stepdown.charts.theme import PACKAGE_DASH, chart_classes, light_tokens, stylesheet


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        s = value / 255
        return s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def dark_tokens() -> list[dict[str, str]]:
    blocks = re.findall(
        r":root(?:\[data-theme=dark\]|:not\(\[data-theme=light\]\))\{(.*?)\}", stylesheet(), re.DOTALL
    )
    return [dict(re.findall(r"--([a-z0-9]+):(#[0-9A-Fa-f]{6})", block)) for block in blocks]


def test_both_ways_into_the_dark_theme_have_the_same_tokens() -> None:
    system, chosen = dark_tokens()
    assert system == chosen
    assert set(system) == set(light_tokens())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("token", "least"),
    [("ink", 7), ("ink2", 7), ("ink3", 4.5), ("edge", 3), ("base", 4.5), ("accent", 4.5)]
    + [(letter, 4.5) for letter in "abcde"],
)
def test_text_and_edges_stand_out_from_the_surface(theme: str, token: str, least: float) -> None:
    tokens = dict(light_tokens()) if theme == "light" else dark_tokens()[0]
    assert contrast(tokens[token], tokens["surface"]) >= least


def test_letters_on_their_hue_are_readable() -> None:
    for tokens in (light_tokens(), *dark_tokens()):
        assert all(contrast(tokens["surface"], tokens[letter]) >= 4.5 for letter in "abcde")


def test_every_package_has_its_own_dash() -> None:
    assert len(set(PACKAGE_DASH.values())) == len(PACKAGE_DASH) == 5


def test_nothing_is_fetched() -> None:
    assert not re.search(r"@import|url\(|@font-face|https?:", stylesheet())


def test_width_rules_do_not_reach_paper() -> None:
    for query in re.findall(r"@media ([^{]*width[^{]*)", stylesheet()):
        assert query.startswith("screen")


def test_chart_classes_resolve_to_light_colours() -> None:
    assert chart_classes()["c-fill-a"] == ("fill", light_tokens()["a"])
    assert len(chart_classes()) >= 20
