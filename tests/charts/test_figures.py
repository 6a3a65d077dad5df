"""What every figure promises: a name, a finding, escaping, a table with the same numbers."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from stepdown.charts import effect_interval, fan_chart, futures_squares, package_timeline, threshold_pairs
from stepdown.charts.figure import Figure
from stepdown.charts.theme import chart_classes
from stepdown.contracts.effects import FanSeries, OutcomeLabel, PairedEffect
from stepdown.contracts.findings import PackageDescription, RoleMatrix
from stepdown.vocabulary.ids import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("fan", "wide fan", "interval", "squares", "thresholds", "timeline")


@pytest.fixture(params=[(kind, language) for kind in KINDS for language in LANGUAGES], ids=str)
def figure(
    request: pytest.FixtureRequest,
    effect: PairedEffect,
    outcome: OutcomeLabel,
    fan: FanSeries,
    package: PackageDescription,
    roles: RoleMatrix,
) -> Figure:
    kind, language = request.param
    return {
        "fan": lambda: fan_chart(fan, outcome, "C", language, figure_id="f"),
        "wide fan": lambda: fan_chart(fan, outcome, "D", language, figure_id="f", width=640),
        "interval": lambda: effect_interval(effect, outcome, "A", language, axis=0.4, figure_id="f"),
        "squares": lambda: futures_squares(effect, outcome, "B", language, figure_id="f"),
        "thresholds": lambda: threshold_pairs(
            roles.thresholds, {"X": "A <long> name"}, language, figure_id="f"
        ),
        "timeline": lambda: package_timeline(package, 2026, 2046, language, figure_id="f"),
    }[kind]()


def test_has_role_title_and_description(figure: Figure) -> None:
    root = ElementTree.fromstring(str(figure.svg()))
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == figure.title
    assert desc.text == figure.finding
    assert figure.finding.endswith((".", "。"))


def test_is_well_formed_and_escaped(figure: Figure) -> None:
    text = str(figure.svg())
    ElementTree.fromstring(text)
    assert "<allies>" not in text
    assert "<risk>" not in text
    assert "<long>" not in text


def test_everything_is_painted_inside(figure: Figure) -> None:
    for shape in figure.svg().walk():
        for name, limit in (("x", figure.width), ("x2", figure.width), ("y", figure.height)):
            value = shape.get(name)
            if value is not None and shape.tag != "svg":
                assert -1 <= float(value) <= limit + 1, shape


def test_colours_come_from_the_stylesheet_only(figure: Figure) -> None:
    for shape in figure.svg().walk():
        for name in (shape.get("class") or "").split():
            assert name == "chart" or name in chart_classes()
        assert shape.get("style") is None
        assert (shape.get("fill") or "none").startswith(("none", "url(#f-"))
        assert shape.get("stroke") is None


def test_standing_alone_it_needs_no_class(figure: Figure) -> None:
    text = str(figure.svg(resolved=True))
    assert "class=" not in text
    assert "var(" not in text
    assert "#" in text


def test_text_is_never_painted_under_11_px(figure: Figure) -> None:
    sizes = [float(s.get("font-size") or 0) for s in figure.svg().walk() if s.tag == "text"]
    assert all(size >= 11 for size in sizes)


def test_table_twin_is_rectangular(figure: Figure) -> None:
    assert figure.table.rows
    assert {len(row) for row in figure.table.rows} == {len(figure.table.columns)}
    html = str(figure.table.html())
    ElementTree.fromstring(html)
    assert html.count('scope="row"') == len(figure.table.rows)


def test_same_input_same_bytes(fan: FanSeries, outcome: OutcomeLabel) -> None:
    def draw(language: Language) -> str:
        return str(fan_chart(fan, outcome, "A", language, figure_id="f").svg())

    assert draw("en") == draw("en")
    assert draw("en") != draw("ja")
