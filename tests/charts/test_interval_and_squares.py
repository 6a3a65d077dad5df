"""The gauge: interval on a shared axis, break marks, lens dots, twenty squares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.charts import effect_interval, futures_squares, shared_axis
from stepdown.charts.squares import SQUARES, squares_of
from stepdown.contracts.effects import OutcomeLabel, PairedEffect


def drawn(effect: PairedEffect, outcome: OutcomeLabel, **options: object):  # type: ignore[no-untyped-def]
    return effect_interval(effect, outcome, "A", "en", axis=0.4, figure_id="f", **options)  # type: ignore[arg-type]


def number(shape: object, name: str) -> float:
    return float(shape.get(name))  # type: ignore[attr-defined]


def test_quartiles_lie_inside_the_interval_and_median_inside_both(
    effect: PairedEffect, outcome: OutcomeLabel
) -> None:
    svg = drawn(effect, outcome).svg()
    wide, half, _ = [s for s in svg.walk() if s.tag == "rect"]
    median = next(s for s in svg.walk() if s.tag == "line" and s.get("class") == "c-line-a")
    spans = [(number(r, "x"), number(r, "x") + number(r, "width")) for r in (wide, half)]
    assert spans[0][0] < spans[1][0] < number(median, "x1") < spans[1][1] < spans[0][1]


def test_the_centre_line_is_the_baseline(effect: PairedEffect, outcome: OutcomeLabel) -> None:
    svg = drawn(effect, outcome, width=232).svg()
    zero = next(s for s in svg.walk() if s.tag == "line" and s.get("class") == "c-zero")
    assert number(zero, "x1") == 116


def test_the_arrow_points_the_way_intended(
    effect: PairedEffect, outcome: OutcomeLabel, rising: OutcomeLabel
) -> None:
    def tip(label: OutcomeLabel) -> float:
        arrow = next(s for s in drawn(effect, label).svg().walk() if s.tag == "path")
        return float((arrow.get("d") or "").split("L")[1].split()[0])

    assert tip(outcome) < 20 < 180 < tip(rising)


def test_one_dot_per_lens(effect: PairedEffect, outcome: OutcomeLabel) -> None:
    lenses = [replace(effect, lens=str(i)) for i in range(5)]
    dots = [s for s in drawn(effect, outcome, lenses=lenses).svg().walk() if s.tag == "circle"]
    assert len(dots) == 5


def test_beyond_the_axis_a_break_mark_and_the_number(effect: PairedEffect, outcome: OutcomeLabel) -> None:
    far = replace(effect, p05=-0.74)
    inside, outside = drawn(effect, outcome), drawn(far, outcome)
    assert outside.height > inside.height
    texts = [s.children[0] for s in outside.svg().walk() if s.tag == "text"]
    assert texts == ["−74\u00a0%"]
    assert [s for s in inside.svg().walk() if s.tag == "text"] == []
    assert sum(s.get("class") == "c-ink" for s in outside.svg().walk()) == 2


def test_an_effect_wholly_beyond_the_axis_still_shows(effect: PairedEffect, outcome: OutcomeLabel) -> None:
    gone = replace(effect, p05=0.6, p25=0.7, median=0.8, p75=0.9, p95=1.2)
    svg = drawn(gone, outcome).svg()
    rects = [s for s in svg.walk() if s.tag == "rect"]
    assert all(number(r, "width") >= 2 for r in rects)
    assert not [s for s in svg.walk() if s.tag == "line" and s.get("class") == "c-line-a"]


def test_ratios_share_one_axis_and_differences_fit_theirs(
    effect: PairedEffect, outcome: OutcomeLabel
) -> None:
    assert shared_axis(outcome, [replace(effect, p95=3.0)]) == 0.4
    difference = replace(outcome, kind="difference")
    assert shared_axis(difference, [effect]) == 0.5
    assert shared_axis(difference, []) == 0.05
    tiny = replace(effect, median=0, p05=-1e-5, p25=0, p75=0, p95=1e-5)
    assert shared_axis(difference, [tiny]) == 0.05


def test_the_table_and_the_finding_say_the_same(effect: PairedEffect, outcome: OutcomeLabel) -> None:
    figure = drawn(effect, outcome)
    values = dict(figure.table.rows)
    assert values["median"] == "−18\u00a0%"
    assert values["9 in 10"] == "−31\u00a0% to +4\u00a0%"
    assert values["backfires"] == "9\u00a0%"
    assert all(value in figure.finding for key, value in values.items() if key not in ("half of futures",))


@given(st.floats(0, 1), st.floats(0, 1))
def test_squares_add_up_and_never_hide_a_harm(first: float, second: float) -> None:
    improves = first
    backfires = (1 - first) * second
    shares = {"improves": improves, "backfires": backfires, "little_change": 1 - improves - backfires}
    if shares["little_change"] < 0:
        shares["little_change"] = 0.0
    effect = PairedEffect("p", "o", "all", 0, 0, 0, 0, 0, n=100, **shares)
    counts = squares_of(effect)
    assert sum(counts) == SQUARES
    assert min(counts) >= 0
    assert counts[2] >= 1 or backfires < 0.01
    for count, share in zip(counts, (improves, shares["little_change"], backfires), strict=True):
        assert abs(count - SQUARES * share) <= 2


@pytest.mark.parametrize("language", ["en", "ja"])
def test_slashes_are_as_many_as_said(effect: PairedEffect, outcome: OutcomeLabel, language: str) -> None:
    figure = futures_squares(effect, outcome, "A", language, figure_id="f")  # type: ignore[arg-type]
    slashes = [s for s in figure.svg().walk() if s.tag == "line"]
    boxes = [s for s in figure.svg().walk() if s.tag == "rect"]
    assert len(boxes) == SQUARES
    assert len(slashes) == squares_of(effect)[2] == 2


def test_one_far_wider_interval_breaks_the_axis_instead_of_squeezing_the_others(
    effect: PairedEffect, outcome: OutcomeLabel
) -> None:
    difference = replace(outcome, kind="difference")
    assert shared_axis(difference, [effect, effect, replace(effect, p95=9.0)]) == 1.0
