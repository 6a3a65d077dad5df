"""Labels keep apart, ticks are round, wrapped lines fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.charts.layout import Scale, spread, text_width, tick_places, ticks, wrap


@given(st.lists(st.floats(-50, 250), min_size=1, max_size=8))
def test_spread_labels_never_overlap_and_stay_inside(wanted: list[float]) -> None:
    heights = [15.0] * len(wanted)
    placed = sorted(spread(wanted, heights, 0, 200))
    assert placed[0] >= 7.5 - 1e-9
    assert placed[-1] <= 192.5 + 1e-9
    assert all(b - a >= 15 - 1e-9 for a, b in pairwise(placed))


def test_spread_leaves_labels_alone_that_do_not_touch() -> None:
    assert spread([20, 100, 180], [15, 15, 15], 0, 200) == (20, 100, 180)


def test_spread_refuses_labels_that_cannot_fit() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        spread([1, 2, 3], [15, 15, 15], 0, 40)


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_ticks_lie_inside_and_are_few(low: float, span: float) -> None:
    values = ticks(low, low + span)
    assert 2 <= len(values) <= 5
    assert all(low - span * 1e-6 - 1e-9 <= v <= low + span * (1 + 1e-6) + 1e-9 for v in values)


def test_tick_places_show_every_tick_exactly() -> None:
    assert tick_places((0.0, 0.25, 0.5)) == 2
    assert tick_places((0.0, 20.0)) == 0


@given(st.text(alphabet="ab cdefg 核抑止の役割、。「」ー", min_size=1, max_size=60), st.integers(40, 300))
def test_wrapping_loses_nothing_and_fits_where_it_can(text: str, width: int) -> None:
    lines = wrap(text, width, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        fits = text_width(line, 12) <= width
        assert fits or " " not in line.strip()


def test_japanese_lines_do_not_start_with_closing_marks() -> None:
    lines = wrap("民間防衛、備えと社会の強靭性、「唯一の目的」、警戒。", 72, 12)
    assert len(lines) > 2
    assert not any(line.startswith(("、", "。", "」")) for line in lines)
    assert not any(line.endswith("「") for line in lines)


def test_a_scale_maps_its_ends_and_clips_beyond() -> None:
    scale = Scale(-1, 1, 100, 0)
    assert (scale(-1), scale(0), scale(1)) == (100, 50, 0)
    assert scale.clip(5) == 0
