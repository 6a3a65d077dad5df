"""The pathway map says what its data say: in the drawing, in the table, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from stepdown.charts.element import Element
from stepdown.charts.layout import text_width
from stepdown.charts.pathway_map import FEW, pathway_map
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.pathway_findings import PathwayMapData, StepTiming, Stop, TippingPoint
from stepdown.vocabulary.ids import LANGUAGES, Language


def stop(number: int, start: int, p90: int | None = None, tips: float = 0.0, **more: object) -> Stop:
    name = f"s{number}"
    tipping = (
        TippingPoint(name, tips, 2040, 2043, 2046, "assurance")
        if tips
        else TippingPoint(name, 0.0, None, None, None, None)
    )
    words = Bilingual(f"Step {number}", f"段階その{number}")
    timing = StepTiming(name, 0.84, start, start, p90 or start, 0.31, 0.02)
    return Stop(name, number, words, words, "doctrinal", words, start, timing, tipping, **more)  # type: ignore[arg-type]


DATA = PathwayMapData(
    Bilingual("A way", "ある道筋"),
    2026,
    2050,
    2026,
    200,
    (
        stop(1, 2027),
        stop(2, 2030, p90=2034, tips=0.12, waits=("s1",)),
        stop(3, 2048, waits=("s1", "s2")),
        stop(4, 2031, tips=FEW / 2, compensates=("s2",)),
    ),
)


def texts(svg: Element) -> list[str]:
    return ["".join(c for c in e.children if isinstance(c, str)) for e in svg.walk() if e.tag == "text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_on_the_lines_and_inside_the_picture(language: Language) -> None:
    figure = pathway_map(DATA, language, figure_id="m")
    for element in figure.svg().walk():
        if element.tag != "text":
            continue
        words = "".join(str(c) for c in element.children)
        size, x = float(element.get("font-size") or 12), float(element.get("x") or 0)
        width = text_width(words, size)
        left = {"end": x - width, "middle": x - width / 2}.get(element.get("text-anchor") or "", x)
        assert left >= -1, words
        assert left + width <= figure.width + 1, words
        assert size >= 12
    shown = texts(figure.svg())
    for s in DATA.stops:
        assert s.name.text(language) in shown


def test_bands_are_drawn_from_a_share_up_and_told_in_the_table_always() -> None:
    figure = pathway_map(DATA, "en", figure_id="m")
    bands = [e for e in figure.svg().walk() if e.tag == "rect" and "url(#m-tip)" in (e.get("fill") or "")]
    assert len(bands) == 1
    told = [t for t in texts(figure.svg()) if "may break a floor" in t]
    assert told == ["may break a floor 2040–2046, in 12 of 100: allied assurance"]
    assert [row[9] for row in figure.table.rows] == ["none", "2043 (2040–2046)", "none", "2043 (2040–2046)"]


def test_every_wait_is_a_transfer_and_calls_are_dotted() -> None:
    svg = pathway_map(DATA, "en", figure_id="m").svg()
    small = [e for e in svg.walk() if e.tag == "circle" and e.get("r") == "5.5"]
    assert len(small) == 4
    strokes = [e for e in svg.walk() if e.tag == "path" and re.match(r"M[\d.]+ [\d.]+V", e.get("d") or "")]
    assert len([e for e in strokes if e.get("stroke-dasharray")]) == 1


def test_no_transfer_comes_from_a_line_that_has_not_begun() -> None:
    late = replace(DATA, stops=(stop(1, 2027), stop(2, 2040), stop(3, 2031, compensates=("s1", "s2"))))
    svg = pathway_map(late, "en", figure_id="m").svg()
    assert len([e for e in svg.walk() if e.tag == "circle" and e.get("r") == "5.5"]) == 1


def test_sidings_stand_where_futures_hold_and_words_beside_their_station() -> None:
    calm = replace(DATA.stops[0], timing=replace(DATA.stops[0].timing, held_ever=0.0, ended=0.0))
    svg = pathway_map(replace(DATA, stops=(calm, *DATA.stops[1:])), "en", figure_id="m").svg()
    assert len([e for e in svg.walk() if e.get("stroke-dasharray") == "1 5"]) == 3
    station = next(e for e in svg.walk() if e.tag == "circle" and e.get("r") == "11")
    name = next(e for e in svg.walk() if e.tag == "text" and e.children == ("Step 1",))
    assert abs(float(name.get("x") or 0) - float(station.get("cx") or 0)) <= 11


def test_whose_floor_breaks_is_told() -> None:
    named = replace(DATA.stops[1], whose=Bilingual("Poland", "ポーランド"))
    figure = pathway_map(replace(DATA, stops=(DATA.stops[0], named)), "ja", figure_id="m")
    assert any("主にポーランド" in t for t in texts(figure.svg()))
    assert "主にポーランド" in figure.table.rows[1][-1]


def test_it_is_accessible_and_says_where_we_stand() -> None:
    for language, now in (("en", "now"), ("ja", "現在")):
        svg = pathway_map(DATA, language, figure_id="m").svg()  # type: ignore[arg-type]
        tags = [c.tag for c in svg.children if isinstance(c, Element)]
        assert tags[:2] == ["title", "desc"]
        assert svg.get("role") == "img"
        assert now in texts(svg)


def test_numbers_agree_between_languages() -> None:
    numbers = [
        [
            re.findall(r"\d+", cell)
            for row in pathway_map(DATA, lang, figure_id="m").table.rows
            for cell in row[3:8]
        ]
        for lang in LANGUAGES
    ]
    assert numbers[0] == numbers[1]


def test_it_stands_alone_in_light_colours() -> None:
    drawing = str(pathway_map(DATA, "ja", figure_id="m").svg(resolved=True))
    assert "class=" not in drawing
    assert "#8A5000" in drawing
