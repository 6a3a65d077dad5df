"""The pathway map: time runs to the right, every step is a line, its decision a station.

A step that waits for others is joined to their lines by a transfer: a disc on each of them and a stroke to
its own station. Hatching marks the years in which a line may stop meeting a floor. Names stand on the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, hatching, line
from stepdown.charts.layout import Scale, text_width, ticks, wrap
from stepdown.charts.words import word
from stepdown.contracts.pathway_findings import PathwayMapData, Stop
from stepdown.vocabulary.ids import TRACKS, Language

_LEFT, _RIGHT, _TOP, _FOOT = 186.0, 40.0, 56.0, 34.0
_ROW, _RADIUS, _STROKE = 88.0, 11.0, 6.0
_NAME, _SMALL = 14.0, 12.0
_LETTER: Mapping[str, str] = dict(zip(TRACKS, "abcd", strict=True))
_CALLED_DASH = "2 9"
SEEN, _SIDING = 0.005, 8.0
"""Share of futures that hold or go back from which the siding is drawn, and its distance from the line."""
FEW = 0.02
"""Share of futures from which a broken floor is drawn; below it the table alone tells."""


def pathway_map(data: PathwayMapData, language: Language, *, figure_id: str, width: float = 1120) -> Figure:
    """Draw the map ``width`` px wide; below 1000 px let it scroll, and show the table first everywhere.

    Band and bar span 8 of 10 futures (10 % to 90 %); shares are counts of 100 futures.
    """
    x = Scale(data.first_year, data.last_year, _LEFT, width - _RIGHT)
    bottom = _TOP + _ROW * len(data.stops)
    rows = {stop.id: _TOP + _ROW * (i + 0.5) for i, stop in enumerate(data.stops)}
    shapes = [
        el("defs", hatching(f"{figure_id}-tip", spacing=5, width=1.4)),
        *_years(data, x, bottom),
        *_now(data, x, bottom, language),
        *(shape for stop in data.stops for shape in _line(stop, data, x, rows[stop.id], figure_id)),
        *(shape for stop in data.stops for shape in _siding(stop, data, x, rows[stop.id])),
        *(shape for stop in data.stops for shape in _transfers(stop, data, x, rows)),
        *(shape for stop in data.stops for shape in _words(stop, data, x, rows, language)),
        *(shape for stop in data.stops for shape in _station(stop, data, x, rows[stop.id], language)),
        *_reading(language, width, bottom + 20),
    ]
    title = word("map_title", language, pathway=data.title.text(language))
    return Figure(
        figure_id,
        title,
        _finding(data, language),
        width,
        bottom + _FOOT + 16 * (len(_key(language, width)) - 1),
        tuple(shapes),
        _table(data, title, language),
    )


def _begin(stop: Stop) -> int:
    """Year of the station: the median decision, or the earliest where nobody decides."""
    return stop.timing.median if stop.timing.median is not None else stop.start


def _text(
    words: str, x: float, y: float, css: str, size: float, *, anchor: str | None = None, bold: bool = False
) -> Element:
    """Text with a wide halo of the ground: strokes pass behind it, and it can stay beside its station."""
    return el(
        "text",
        words,
        class_=f"{css} c-halo",
        x=x,
        y=y,
        font_size=size,
        text_anchor=anchor,
        font_weight="600" if bold else None,
        stroke_width=7,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _years(data: PathwayMapData, x: Scale, bottom: float) -> Iterator[Element]:
    for year in ticks(data.first_year, data.last_year, 6):
        yield line(x(year), _TOP - 8, x(year), bottom, "c-grid")
        yield _text(f"{year:.0f}", x(year), _TOP - 18, "c-text", 13, anchor="middle")


def _now(data: PathwayMapData, x: Scale, bottom: float, language: Language) -> Iterator[Element]:
    at = x(data.now)
    yield line(at, _TOP - 8, at, bottom, "c-ink", width=2.5)
    yield el(
        "path",
        class_="c-strong",
        d=f"M{at - 6:.1f} {_TOP - 16:.1f}h12l-6 9z",
    )
    yield _text(word("map_now", language), at, _TOP - 36, "c-strong", 13, anchor="middle", bold=True)


def _line(stop: Stop, data: PathwayMapData, x: Scale, y: float, figure_id: str) -> Iterator[Element]:
    """The line from its station to its terminal, and the band in which it may stop meeting a floor."""
    css = f"c-line-{_LETTER[stop.track]}"
    dash = _CALLED_DASH if stop.compensates else None
    begin, end = x.clip(_begin(stop)), x(data.last_year)
    yield el(
        "path",
        class_=css,
        d=f"M{begin:.1f} {y:.1f}H{end:.1f}",
        stroke_width=_STROKE,
        stroke_dasharray=dash,
        stroke_linecap="round" if dash else None,
        fill="none",
    )
    yield line(end, y - 10, end, y + 10, css, width=5)
    tip = stop.tipping
    if tip.p10 is not None and tip.p90 is not None and tip.tips >= FEW:
        left, right = max(x.clip(tip.p10 - 0.5), begin), x.clip(tip.p90 + 0.5)
        box = {"x": left, "y": y - 13, "width": right - left, "height": 26.0}
        yield el("rect", class_="c-surface", fill_opacity="0.55", **box)
        yield el("rect", fill=f"url(#{figure_id}-tip)", **box)
        yield line(left, y - 13, left, y + 13, "c-zero", width=1.5)
        yield line(right, y - 13, right, y + 13, "c-zero", width=1.5)


def _transfers(stop: Stop, data: PathwayMapData, x: Scale, rows: Mapping[str, float]) -> Iterator[Element]:
    """Strokes from the lines a step waits for, or is called by, down or up to its station."""
    at, own = x.clip(_begin(stop)), rows[stop.id]
    sources = _sources(stop, data)
    for other in sources:
        down = 1 if own > rows[other] else -1
        yield el(
            "path",
            class_="c-ink",
            d=f"M{at:.1f} {rows[other]:.1f}V{own - down * (_RADIUS + 3):.1f}",
            stroke_width=2,
            stroke_dasharray="2 4" if stop.compensates else None,
            fill="none",
        )
        yield el("circle", class_="c-surface c-ink", cx=at, cy=rows[other], r=5.5, stroke_width=2.5)
    if sources:
        up = min(rows[o] for o in sources) < own
        tip = own - (_RADIUS + 2) * (1 if up else -1)
        side = -7 if up else 7
        yield el("path", class_="c-strong", d=f"M{at - 5:.1f} {tip + side:.1f}h10L{at:.1f} {tip:.1f}z")


def _sources(stop: Stop, data: PathwayMapData) -> tuple[str, ...]:
    """Lines that a transfer comes from: those that have begun by then. The table has all."""
    begun = {s.id for s in data.stops if _begin(s) <= _begin(stop)}
    return tuple(o for o in (*stop.waits, *stop.compensates) if o in begun)


def _station(stop: Stop, data: PathwayMapData, x: Scale, y: float, language: Language) -> Iterator[Element]:
    timing = stop.timing
    if timing.p10 is not None and timing.p90 is not None and timing.p90 > timing.p10:
        left, right = x.clip(timing.p10), x.clip(timing.p90)
        yield line(left, y + _RADIUS + 5, right, y + _RADIUS + 5, "c-ink", width=3)
    at = x.clip(_begin(stop))
    yield el("circle", class_="c-surface c-ink", cx=at, cy=y, r=_RADIUS, stroke_width=3)
    yield el(
        "text",
        str(stop.number),
        class_="c-strong",
        x=at,
        y=y + 4.5,
        font_size=12,
        font_weight="600",
        text_anchor="middle",
    )


def _siding(stop: Stop, data: PathwayMapData, x: Scale, y: float) -> Iterator[Element]:
    """A dotted siding below a line on which some futures hold or go back."""
    if max(stop.timing.held_ever, stop.timing.ended) < SEEN:
        return
    begin, end = x.clip(_begin(stop)) + _RADIUS, x(data.last_year)
    yield el(
        "path",
        class_="c-ink",
        d=f"M{begin:.1f} {y:.1f}q5 {_SIDING:.1f} 12 {_SIDING:.1f}H{end - 4:.1f}",
        stroke_width=2.5,
        stroke_dasharray="1 5",
        stroke_linecap="round",
        fill="none",
    )


def _words(
    stop: Stop, data: PathwayMapData, x: Scale, rows: Mapping[str, float], language: Language
) -> Iterator[Element]:
    """Name above the line, what happens to it below, track at the left, tipping years at the band."""
    y = rows[stop.id]
    track = word(f"track_{stop.track}", language)
    for i, part in enumerate(wrap(track, _LEFT - 40, 13)):
        yield _text(part, 0, y + 4 + 16 * i, f"c-fill-{_LETTER[stop.track]}", 13, bold=True)
    at, edge = x.clip(_begin(stop)), x(data.last_year)
    name, caption = stop.name.text(language), _caption(stop, language)
    # Room for the arrow that comes from above or below.
    over = _beside(at, name, _NAME, edge, above=_comes_from(stop, data, rows, -1))
    under = _beside(at, caption, _SMALL, edge, above=_comes_from(stop, data, rows, 1))
    yield _text(name, over, y - 18, "c-strong", _NAME, bold=True)
    yield _text(caption, under, y + 33, "c-text", _SMALL)
    tip = stop.tipping
    if tip.p10 is None or tip.p90 is None or tip.floor is None or tip.tips < FEW:
        return
    told = word(
        "map_tips",
        language,
        low=tip.p10,
        high=tip.p90,
        count=_of_100(tip.tips, language),
        floor=_floor_words(stop, language),
    )
    start, wide = x.clip(tip.p10 - 0.5), text_width(told, _SMALL)
    latest = edge + _RIGHT - wide
    # Above the band beside the name, else beside the caption, else on a line of its own.
    ends = (over + text_width(name, _NAME), under + text_width(caption, _SMALL))
    for height, taken in zip((y - 18, y + 33), ends, strict=True):
        free = max(min(start, latest), taken + 14)
        if free <= latest:
            yield _text(told, free, height, "c-text", _SMALL)
            return
    yield _text(told, max(_LEFT + 12, min(start, latest)), y + 48, "c-text", _SMALL)


def _beside(at: float, words: str, size: float, edge: float, *, above: bool) -> float:
    """Left end of words at a station: from its left edge, or past the arrow; moved in at the right end."""
    left = at + 10 if above else at - _RADIUS
    return min(left, edge + _RIGHT - text_width(words, size))


def _comes_from(stop: Stop, data: PathwayMapData, rows: Mapping[str, float], side: int) -> bool:
    """Whether a transfer reaches the station from above (-1) or leaves or comes below (1)."""
    own = rows[stop.id]
    return any((rows[o] - own) * side > 0 for o in _sources(stop, data))


def _floor_words(stop: Stop, language: Language) -> str:
    floor = word(f"floor_{stop.tipping.floor}", language)
    if stop.whose is None:
        return floor
    return word("map_whose", language, floor=floor, state=stop.whose.text(language))


def _caption(stop: Stop, language: Language) -> str:
    timing = stop.timing
    parts = [word("map_reached", language, count=_of_100(timing.reached, language))]
    if timing.p10 is not None and timing.p90 is not None and timing.p90 > timing.p10:
        parts.append(word("map_between", language, low=timing.p10, high=timing.p90))
    if timing.held_ever >= SEEN:
        parts.append(word("map_held", language, count=_of_100(timing.held_ever, language)))
    if timing.ended >= SEEN:
        parts.append(word("map_ended", language, count=_of_100(timing.ended, language)))
    return word("map_separator", language).join(parts)


def _of_100(share: float, language: Language) -> str:
    """A share as a count of 100 futures; a few are never told as none."""
    count = round(100 * share)
    return word("map_below_one", language) if count == 0 and share > 0 else str(count)


def _key(language: Language, width: float) -> Sequence[str]:
    return wrap(word("map_reading", language), width - 8, _SMALL)


def _reading(language: Language, width: float, y: float) -> Iterator[Element]:
    for i, part in enumerate(_key(language, width)):
        yield _text(part, 0, y + 16 * i, "c-quiet", _SMALL)


def _finding(data: PathwayMapData, language: Language) -> str:
    tipping = [s for s in data.stops if s.tipping.tips >= FEW]
    last = max(data.stops, key=lambda s: (not s.compensates, s.number))
    if not tipping:
        return word(
            "map_finding_sound",
            language,
            steps=len(data.stops),
            first=data.first_year,
            last=data.last_year,
            step=last.name.text(language),
            count=_of_100(last.timing.reached, language),
        )
    most = max(tipping, key=lambda s: s.tipping.tips)
    return word(
        "map_finding",
        language,
        steps=len(data.stops),
        first=data.first_year,
        last=data.last_year,
        tipping=most.name.text(language),
        low=most.tipping.p10 or 0,
        high=most.tipping.p90 or 0,
        share=_of_100(most.tipping.tips, language),
        step=last.name.text(language),
        count=_of_100(last.timing.reached, language),
    )


def _table(data: PathwayMapData, caption: str, language: Language) -> Table:
    columns = (
        *("map_step", "map_track", "map_decides", "map_earliest", "map_decided", "map_reached_head"),
        *("map_held_head", "map_ended_head", "map_waits", "map_tipping", "map_tips_head", "map_floor"),
    )
    names = {s.id: s.name.text(language) for s in data.stops}
    none = word("map_none", language)

    def row(stop: Stop) -> tuple[str, ...]:
        t, tip = stop.timing, stop.tipping
        waits = [*(names[w] for w in stop.waits), *(names[c] for c in stop.compensates)]
        return (
            f"{stop.number} {stop.label.text(language)}",
            word(f"track_{stop.track}", language),
            stop.decides.text(language),
            str(stop.start),
            _span(t.p10, t.median, t.p90, none),
            _of_100(t.reached, language),
            _of_100(t.held_ever, language),
            _of_100(t.ended, language),
            word("map_list", language).join(waits) or none,
            _span(tip.p10, tip.median, tip.p90, none),
            _of_100(tip.tips, language),
            _floor_words(stop, language) if tip.floor else none,
        )

    rows = tuple(row(stop) for stop in data.stops)
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset({3, 5, 6, 7, 10}))


def _span(low: int | None, middle: int | None, high: int | None, none: str) -> str:
    if low is None or middle is None or high is None:
        return none
    return str(middle) if low == high else f"{middle} ({low}–{high})"
