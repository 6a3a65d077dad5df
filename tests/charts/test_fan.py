"""The fan chart: bands in order, the backfire side hatched, labels apart, the table the drawn numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from stepdown.charts import fan_chart
from stepdown.charts.element import Element
from stepdown.charts.layout import text_width
from stepdown.charts.numbers import MINUS
from stepdown.contracts.effects import Band, FanSeries, OutcomeLabel
from stepdown.vocabulary.ids import LANGUAGES, Language


def paths(figure_svg: Element, css: str) -> list[list[tuple[float, float]]]:
    found = [s.get("d") or "" for s in figure_svg.walk() if css in (s.get("class") or "").split()]
    return [[tuple(map(float, p.split())) for p in re.split("[ML]", d.rstrip("Z")) if p] for d in found]  # type: ignore[misc]


def hatched(svg: Element) -> Element:
    return next(s for s in svg.walk() if s.get("fill") == "url(#f-h)")


def test_half_of_futures_lies_inside_nine_in_ten(fan: FanSeries, outcome: OutcomeLabel) -> None:
    svg = fan_chart(fan, outcome, "A", "en", figure_id="f").svg()
    for css in ("c-baseband", "c-fill-a"):
        bands = [b for b in paths(svg, css) if len(b) == 2 * len(fan.years)]
        for wide, half in zip(bands[0::2], bands[1::2], strict=True):
            years = len(fan.years)
            for i in range(years):
                upper_wide, lower_wide = wide[i][1], wide[-1 - i][1]
                upper_half, lower_half = half[i][1], half[-1 - i][1]
                assert upper_wide <= upper_half <= lower_half <= lower_wide


def test_each_hue_has_its_own_dash_and_the_baseline_is_dashed(fan: FanSeries, outcome: OutcomeLabel) -> None:
    dashes = set()
    for letter in "ABCDE":
        svg = fan_chart(fan, outcome, letter, "en", figure_id="f").svg()
        edges = [s for s in svg.walk() if s.tag == "path" and s.get("class") == f"c-line-{letter.lower()}"]
        assert len(edges) == 4
        dashes.add(edges[0].get("stroke-dasharray"))
        baseline = [s for s in svg.walk() if s.get("class") == "c-baseline"]
        assert [s.get("stroke-dasharray") for s in baseline] == ["3 3", "3 3"]
    assert len(dashes) == 5


def test_the_side_that_backfires_is_hatched(
    fan: FanSeries, outcome: OutcomeLabel, rising: OutcomeLabel
) -> None:
    def zero_and_side(label: OutcomeLabel) -> tuple[float, Element]:
        svg = fan_chart(fan, label, "A", "en", figure_id="f").svg()
        zero = next(s for s in svg.walk() if s.get("class") == "c-zero")
        return float(zero.get("y1") or "nan"), hatched(svg)

    zero, above = zero_and_side(outcome)
    assert float(above.get("y") or 0) + float(above.get("height") or 0) == pytest.approx(zero, abs=0.11)
    zero, below = zero_and_side(rising)
    assert float(below.get("y") or 0) == pytest.approx(zero, abs=0.11)
    assert float(below.get("height") or 0) > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", [0.0, 0.5, -0.5, 30.0])
def test_labels_never_overlap(fan: FanSeries, outcome: OutcomeLabel, language: Language, gap: float) -> None:
    base = fan.baseline
    nearly = type(base)(
        *(tuple(v + gap for v in q) for q in (base.p05, base.p25, base.p50, base.p75, base.p95))
    )
    svg = fan_chart(replace(fan, with_package=nearly), outcome, "B", language, figure_id="f").svg()
    plot_end = max(float(s.get("x2") or 0) for s in svg.walk() if s.get("class") == "c-grid")
    right = sorted(
        float(s.get("y") or 0)
        for s in svg.walk()
        if s.tag == "text" and float(s.get("x") or 0) > plot_end and s.get("text-anchor") is None
    )
    assert len(right) == 7
    assert all(b - a >= 14.9 for a, b in pairwise(right))


def test_no_median_without_its_range(fan: FanSeries, outcome: OutcomeLabel) -> None:
    svg = fan_chart(fan, outcome, "A", "en", figure_id="f").svg()
    texts = [str(s.children[0]) for s in svg.walk() if s.tag == "text"]
    at = next(i for i, text in enumerate(texts) if text.startswith("median"))
    assert texts[at + 1] == "9 in 10"
    assert " to " in texts[at + 2]


def test_the_lower_panel_is_at_least_three_fifths_of_the_upper(fan: FanSeries, outcome: OutcomeLabel) -> None:
    for width in (304, 640):
        svg = fan_chart(fan, outcome, "A", "en", figure_id="f", width=width).svg()
        bands = [b for b in paths(svg, "c-fill-a") if len(b) == 2 * len(fan.years)]
        levels = [*paths(svg, "c-baseband"), *bands[:2]]
        ys = [y for band in levels for _, y in band]
        bottom = max(y for band in bands[2:] for _, y in band)
        assert bottom - float(hatched(svg).get("y") or 0) >= 0.6 * (max(ys) - min(ys))


def test_the_table_holds_the_drawn_numbers(fan: FanSeries, outcome: OutcomeLabel) -> None:
    figure = fan_chart(fan, outcome, "A", "en", figure_id="f")
    rows = figure.table.rows
    assert [row[0] for row in rows] == [str(year) for year in fan.years]
    for i, row in enumerate(rows):
        low, high = (float(part.replace(MINUS, "-")) for part in row[1].split(" to "))
        assert low == pytest.approx(fan.baseline.p05[i], abs=0.5)
        assert high == pytest.approx(fan.baseline.p95[i], abs=0.5)
        assert float(row[5].replace(MINUS, "-")) == pytest.approx(fan.difference.p50[i], abs=0.5)
    assert rows[-1][5] in figure.finding


@pytest.mark.parametrize("factor", [1e-4, 1e-3, 1.0, 1e3])
def test_tick_labels_differ_and_are_painted_inside(
    fan: FanSeries, outcome: OutcomeLabel, factor: float
) -> None:
    def scaled(band: Band) -> Band:
        quantiles = (band.p05, band.p25, band.p50, band.p75, band.p95)
        return Band(*(tuple(v * factor for v in q) for q in quantiles))

    sized = replace(
        fan,
        baseline=scaled(fan.baseline),
        with_package=scaled(fan.with_package),
        difference=scaled(fan.difference),
    )
    svg = fan_chart(sized, outcome, "A", "en", figure_id="f").svg()
    grid_start = min(float(s.get("x1") or 0) for s in svg.walk() if s.get("class") == "c-grid")
    labels = [s for s in svg.walk() if s.tag == "text" and float(s.get("x") or 0) == grid_start - 5]
    texts = [str(s.children[0]) for s in labels]
    zeros = texts.count("0")
    for shape in svg.walk():
        if shape.tag == "text" and " to " in str(shape.children[0]):
            end = float(shape.get("x") or 0) + text_width(str(shape.children[0]), 12)
            assert end <= 304, shape
    assert len(set(texts)) == len(texts) - max(zeros - 1, 0)
    assert all(text_width(text, 12) <= grid_start - 5 for text in texts)


def test_a_difference_of_almost_nothing_looks_like_nothing(fan: FanSeries, outcome: OutcomeLabel) -> None:
    flat = Band(*((z * 1e-6,) * len(fan.years) for z in (-2, -1, 0, 1, 2)))
    svg = fan_chart(replace(fan, difference=flat), outcome, "A", "en", figure_id="f").svg()
    last = [b for b in paths(svg, "c-fill-a") if len(b) == 2 * len(fan.years)][-2]
    assert max(y for _, y in last) - min(y for _, y in last) < 0.2
