"""The bars of an explanation: they add up, small ones are told together, both languages say the same."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from stepdown.charts.contributions import contributions_chart, drawn, mechanism_name
from stepdown.charts.words import words
from stepdown.contracts.effects import OutcomeLabel
from stepdown.contracts.explanation import DIRECT, MECHANISMS, REMAINDER, Explanation, Share
from stepdown.vocabulary.ids import LANGUAGES, Language


def _share(name: str, mean: float) -> Share:
    return Share(name, mean, mean - 0.02, mean, mean + 0.02, 0.8, 0.1)


@pytest.fixture
def found() -> Explanation:
    means = {"tension": -0.1, "trust": 0.03, "norm": 0.0005, "status": -0.0004, DIRECT: 0.0, REMAINDER: 0.01}
    told = tuple(_share(name, mean) for name, mean in means.items())
    total = _share("total", sum(means.values()))
    return Explanation(
        "p", "risk", "all", "ratio", "down", total, told, (), n=9, failed=0, start_year=2026, end_year=2056
    )


def test_small_parts_are_drawn_together_and_nothing_is_lost(found: Explanation) -> None:
    rows = drawn(found)
    assert [s.mechanism for s in rows] == ["tension", "trust", "others", REMAINDER]
    assert sum(s.mean for s in rows) == pytest.approx(found.total.mean)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_start_at_zero_with_lengths_in_proportion(
    found: Explanation, outcome: OutcomeLabel, language: Language
) -> None:
    figure = contributions_chart(found, outcome, "B", language, figure_id="w")
    root = ElementTree.fromstring(str(figure.svg()))
    rects = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("class") == "c-line-b"]
    widths = [float(r.get("width", "0")) for r in rects]
    assert widths[1] / widths[0] == pytest.approx(0.3, abs=0.03)
    right = [float(r.get("x", "0")) + w for r, w in zip(rects, widths, strict=True)]
    assert right[0] == pytest.approx(float(rects[1].get("x", "0")), abs=0.11), "one zero line"
    assert root.get("role") == "img"
    assert figure.finding.endswith((".", "。"))
    assert mechanism_name("tension", language) in figure.finding


def test_table_twin_holds_every_mechanism_and_the_same_numbers(
    found: Explanation, outcome: OutcomeLabel
) -> None:
    tables = [contributions_chart(found, outcome, "A", lang, figure_id="w").table for lang in LANGUAGES]
    for table in tables:
        assert len(table.rows) == len(found.shares) + 1
    numbers = [[re.findall(r"[\d.]+", " ".join(row[1:])) for row in table.rows] for table in tables]
    assert numbers[0] == numbers[1]
    assert tables[0].rows[0][1] == "−10.0\u00a0%"


def test_every_mechanism_has_a_name() -> None:
    for name in (*MECHANISMS, DIRECT, REMAINDER, "total"):
        assert f"mechanism_{name}" in words()


def test_nothing_to_explain_is_said(outcome: OutcomeLabel) -> None:
    zero = tuple(Share(name, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0) for name in ("tension", DIRECT, REMAINDER))
    none = Explanation(
        *("p", "risk", "all", "difference", "down", zero[0], zero, ()),
        n=1,
        failed=0,
        start_year=2026,
        end_year=2056,
    )
    figure = contributions_chart(none, outcome, "A", "en", figure_id="w")
    assert "no mechanism" in figure.finding
    assert np.isfinite(figure.height)
