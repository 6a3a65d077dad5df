"""Fan chart with its paired baseline: levels above, the difference in the same future below.

The lower panel is the finding; two overlapping fans alone mislead, because they hide that futures are paired.
"""

from __future__ import annotations

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, hatching, label, line
from stepdown.charts.layout import Scale, spread, text_width
from stepdown.charts.panel import Panel, grid, left_margin, year_labels
from stepdown.charts.theme import PACKAGE_DASH
from stepdown.charts.words import word
from stepdown.contracts.effects import Band, FanSeries, OutcomeLabel
from stepdown.vocabulary.ids import Language

_TOP, _GAP, _FOOT = 8.0, 36.0, 22.0
_LABEL_HEIGHT = 15.0


def fan_chart(
    fan: FanSeries,
    outcome: OutcomeLabel,
    letter: str,
    language: Language,
    *,
    figure_id: str,
    width: float = 304,
) -> Figure:
    """Draw ``fan``, ``width`` px wide (about 300 beside others, 640 across a page).

    ``letter`` (A-E) sets hue and dash of the package. Levels and differences are in the unit that
    ``fan.level_note`` names; the side on which the package backfires is hatched.
    """
    small = width < 480
    right = max(102.0 if small else 132.0, text_width(_final_difference(fan, language)[1], 12) + 9)
    upper_height, lower_height = (132.0, 92.0) if small else (200.0, 136.0)
    upper_bottom = _TOP + upper_height
    lower_top = upper_bottom + _GAP
    levels = _level_scale(fan, upper_bottom, _TOP)
    differences = _difference_scale(fan, outcome, levels, lower_top + lower_height, lower_top)
    x = Scale(fan.years[0], fan.years[-1], left_margin(levels, differences), width - right)
    upper, lower = Panel(x, levels), Panel(x, differences)
    height = lower_top + lower_height + _FOOT
    shapes = (
        el("defs", hatching(f"{figure_id}-h")),
        *grid(upper, zero=False),
        *_bands(upper, fan, letter),
        *_level_labels(upper, fan, letter, language, width),
        label(word("difference", language), 0, lower_top - 12),
        _backfire_side(lower, outcome, figure_id),
        *grid(lower, zero=True),
        *_difference_bands(lower, fan, letter),
        *_difference_labels(lower, fan, outcome, letter, language),
        *year_labels(lower, fan.years, height - 6),
    )
    median, span = _final_difference(fan, language)
    finding = word(
        "fan_finding",
        language,
        year=fan.years[-1],
        letter=letter,
        outcome=outcome.label.text(language),
        median=median,
        range=span,
    )
    title = word("fan_title", language, outcome=outcome.label.heading(language), letter=letter)
    return Figure(figure_id, title, finding, width, height, shapes, fan_table(fan, title, language))


def fan_table(fan: FanSeries, caption: str, language: Language) -> Table:
    """The table twin: one row per year."""

    places = numbers.places_for(*fan.difference.p05, *fan.difference.p95)

    def levels(low: tuple[float, ...], high: tuple[float, ...], i: int) -> str:
        return numbers.between(numbers.level(low[i]), numbers.level(high[i]), language)

    def deltas(low: tuple[float, ...], high: tuple[float, ...], i: int) -> str:
        return numbers.between(numbers.signed(low[i], places), numbers.signed(high[i], places), language)

    base, package, diff = fan.baseline, fan.with_package, fan.difference
    keys = ("baseline_range", "baseline_half", "package_range", "package_half")
    columns = (
        *("year", *keys),
        *("difference_median", "difference_range", "difference_half"),
    )
    rows = tuple(
        (
            str(year),
            levels(base.p05, base.p95, i),
            levels(base.p25, base.p75, i),
            levels(package.p05, package.p95, i),
            levels(package.p25, package.p75, i),
            numbers.signed(diff.p50[i], places),
            deltas(diff.p05, diff.p95, i),
            deltas(diff.p25, diff.p75, i),
        )
        for i, year in enumerate(fan.years)
    )
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset(range(1, 8)))


def _final_difference(fan: FanSeries, language: Language) -> tuple[str, str]:
    """Median and 9-in-10 range of the difference at the last year."""
    diff = fan.difference
    median, low, high = numbers.deltas(diff.p50[-1], diff.p05[-1], diff.p95[-1])
    return median, numbers.between(low, high, language)


def _level_scale(fan: FanSeries, bottom: float, top: float) -> Scale:
    low = min(*fan.baseline.p05, *fan.with_package.p05)
    high = max(*fan.baseline.p95, *fan.with_package.p95)
    margin = 0.04 * (high - low) or max(abs(high), 1.0) * 0.1
    return Scale(low - margin, high + margin, bottom, top)


def _difference_scale(
    fan: FanSeries, outcome: OutcomeLabel, levels: Scale, bottom: float, top: float
) -> Scale:
    """Room for the band and, on the side of backfire, at least a quarter of the panel.

    The scale spans at least a tenth of the levels, so that a difference of almost nothing looks like nothing.
    """
    low, high = min(0.0, *fan.difference.p05), max(0.0, *fan.difference.p95)
    least = (levels.high - levels.low) / 10
    if high - low < least:
        low, high = low - least / 2, high + least / 2
    room = (high - low) / 3
    if outcome.intended == "down":
        high = max(high, room)
    else:
        low = min(low, -room)
    margin = 0.04 * (high - low)
    return Scale(low - margin, high + margin, bottom, top)


def _bands(panel: Panel, fan: FanSeries, letter: str) -> tuple[Element, ...]:
    """Baseline first: grey, dashed edges. The package on top in its hue; half of futures darker."""
    years, base, package = fan.years, fan.baseline, fan.with_package
    return (
        el("path", class_="c-baseband", d=panel.band(years, base.p05, base.p95), fill_opacity="0.55"),
        el("path", class_="c-baseband", d=panel.band(years, base.p25, base.p75)),
        *_package_bands(panel, years, package, letter),
        *(
            el(
                "path",
                class_="c-baseline",
                d=panel.edge(years, values),
                fill="none",
                stroke_width="1.3",
                stroke_dasharray="3 3",
            )
            for values in (base.p05, base.p95)
        ),
    )


def _package_bands(panel: Panel, years: tuple[int, ...], band: Band, letter: str) -> tuple[Element, ...]:
    fill, stroke = f"c-fill-{letter.lower()}", f"c-line-{letter.lower()}"
    return (
        el("path", class_=fill, d=panel.band(years, band.p05, band.p95), fill_opacity="0.2"),
        el("path", class_=fill, d=panel.band(years, band.p25, band.p75), fill_opacity="0.38"),
        *(
            el(
                "path",
                class_=stroke,
                d=panel.edge(years, values),
                fill="none",
                stroke_width="1.5",
                stroke_dasharray=PACKAGE_DASH[letter],
            )
            for values in (band.p05, band.p95)
        ),
    )


def _difference_bands(panel: Panel, fan: FanSeries, letter: str) -> tuple[Element, ...]:
    """The package's bands and, inside them only, a short stroke for the median at the last year."""
    end = panel.y(fan.difference.p50[-1])
    return (
        *_package_bands(panel, fan.years, fan.difference, letter),
        line(panel.x.end - 7, end, panel.x.end + 3, end, f"c-line-{letter.lower()}", width=3),
    )


def _level_labels(
    panel: Panel, fan: FanSeries, letter: str, language: Language, width: float
) -> tuple[Element, ...]:
    """Names at the right edge, moved apart where they would touch."""
    base, package = fan.baseline, fan.with_package
    below = package.p50[-1] <= base.p50[-1]
    outer, half = (package.p05[-1], package.p25[-1]) if below else (package.p95[-1], package.p75[-1])
    entries = (
        (word("baseline", language), "c-base", True, base.p50[-1]),
        (word("package", language, letter=letter), f"c-fill-{letter.lower()}", True, package.p50[-1]),
        (word("half", language), "c-text", False, half),
        (word("nine_in_ten", language), "c-text", False, outer),
    )
    centres = spread(
        [panel.y(value) for *_, value in entries],
        [_LABEL_HEIGHT] * len(entries),
        panel.y.end - 4,
        panel.y.start + 8,
    )
    return tuple(
        label(text, panel.x.end + 7, y + 4, class_=css, bold=bold)
        for (text, css, bold, _), y in zip(entries, centres, strict=True)
    )


def _backfire_side(panel: Panel, outcome: OutcomeLabel, figure_id: str) -> Element:
    edge = panel.y.high if outcome.intended == "down" else panel.y.low
    top, bottom = sorted((panel.y(0), panel.y(edge)))
    return el(
        "rect",
        x=panel.x.start,
        y=top,
        width=panel.x.end - panel.x.start,
        height=bottom - top,
        fill=f"url(#{figure_id}-h)",
        fill_opacity="0.32",
    )


def _difference_labels(
    panel: Panel, fan: FanSeries, outcome: OutcomeLabel, letter: str, language: Language
) -> tuple[Element, ...]:
    """Median with its range at the right edge; "backfires" on the hatched side, where the fan is narrow."""
    diff = fan.difference
    median, span = _final_difference(fan, language)
    lines = (
        (word("median_value", language, value=median), f"c-fill-{letter.lower()}", True),
        (word("nine_in_ten", language), "c-text", False),
        (span, "c-text", False),
    )
    beside_first_line = panel.y(diff.p50[-1]) + _LABEL_HEIGHT
    (middle,) = spread([beside_first_line], [3 * _LABEL_HEIGHT], panel.y.end - 4, panel.y.start)
    x = panel.x.end + 7
    first = middle - _LABEL_HEIGHT + 4
    block = tuple(
        label(text, x, first + i * _LABEL_HEIGHT, class_=css, bold=bold)
        for i, (text, css, bold) in enumerate(lines)
    )
    near_top = outcome.intended == "down"
    y = panel.y.end + 13 if near_top else panel.y.start - 5
    name = word("backfires", language)
    halo = el(
        "text",
        name,
        class_="c-text c-halo",
        x=panel.x.start + 4,
        y=y,
        font_size=12,
        stroke_width="4",
        stroke_linejoin="round",
        paint_order="stroke",
    )
    return (halo, *block)
