"""Pages and words: both languages, every origin resolves, charts and tables say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from string import Formatter

import pytest
from tests.assessments.conftest import FUTURES, TODAY, Told

from stepdown.brief.assessment import render_assessment
from stepdown.charts.bands import SEVERAL, band_chart, band_charts, written
from stepdown.contracts.assessments import Spread, flat
from stepdown.contracts.assessments.page import BandChart, BandRow, Sheet
from stepdown.contracts.assessments.shared import COMPUTED, RUN
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Doctrine
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RunCard
from stepdown.contracts.parameters import PARAMETERS
from stepdown.study.assess.alliance import assess_alliance
from stepdown.study.assess.ask import QUESTIONS, Question
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.main import plain
from stepdown.study.assess.output import tables
from stepdown.study.assess.page import tell_page
from stepdown.study.assess.words import wording
from stepdown.vocabulary.ids import LANGUAGES, LENSES, Language


def card(facts: Facts) -> RunCard:
    return RunCard("0.1", "r", TODAY.isoformat(), 7, FUTURES, 0, facts.digest, 100, LENSES)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_origin_leads_somewhere(question: Question, told: Told, facts: Facts) -> None:
    known = {i for records in facts.by_type.values() for i in records}
    for finding in told[question][1]:
        for name in finding.origin:
            head, _, cell = name.partition("#")
            derived = head.startswith("input.") and head.removeprefix("input.") in PARAMETERS
            assert head in (RUN, COMPUTED) or head in known or derived, name
            if cell and head in facts.by_type[Doctrine]:
                assert cell in facts.get(Doctrine, head).roles


@pytest.mark.parametrize("question", QUESTIONS)
def test_pages_say_the_same_in_both_languages(question: Question, told: Told, facts: Facts) -> None:
    request, findings = told[question]
    page = tell_page(request, facts, findings, card(facts))
    assert page.short
    assert page.sheets
    for sheet in page.sheets:
        assert sheet.rests_on
        assert sheet.rows
        assert len(sheet.groups) in (0, len(sheet.rows))
    for language in LANGUAGES:
        html = render_assessment(page, language)
        assert html.count("<section") == len(page.sheets) + 4
        for sheet in page.sheets:
            assert sheet.heading.text(language) in unescape(html)
        assert "http-equiv" not in html
        assert "<script" not in html
        assert not re.search(r"\{[a-z_]+\}", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    assert any(sheet.chart for sheet in page.sheets)


@pytest.mark.parametrize("question", QUESTIONS)
def test_datasets_are_rectangular_and_lose_nothing(question: Question, told: Told) -> None:
    _, findings = told[question]
    made = tables(findings)
    assert sum(len(rows) for rows in made.values()) == len(findings)
    for rows in made.values():
        assert len({tuple(row) for row in rows}) == 1
        assert all(not isinstance(v, Spread | Bilingual | tuple) for row in rows for v in row.values())


def test_same_request_same_content(told: Told, facts: Facts) -> None:
    """Drawn again from nothing but the request, the findings are the same bit for bit."""
    request, findings = told["alliance"]
    again = assess_alliance(request, Drawn(facts, FUTURES, 7, LENSES))
    assert plain(request, again, card(facts)) == plain(request, findings, card(facts))


def test_words_exist_in_both_languages_with_the_same_placeholders() -> None:
    for group, entries in wording().items():
        for key, texts in entries.items():
            assert set(texts) == set(LANGUAGES), (group, key)
            fields = [{f for _, f, _, _ in Formatter().parse(text) if f} for text in texts.values()]
            assert fields[0] == fields[1], (group, key)
            assert not re.search("forecast|winner|optimal|threat level", texts["en"], re.IGNORECASE)
            assert not re.search("予測|勝敗|最適解|危険度", texts["ja"])


CHART = BandChart(
    "c",
    Bilingual("Chart", "図"),
    Bilingual("A finding", "所見"),
    "index",
    0,
    1,
    (Bilingual("with", "あり"), Bilingual("without", "なし")),
    (
        BandRow(Bilingual("one", "一"), (Spread(0.5, 0.1, 0.3, 0.6, 0.9), None), Bilingual("group", "群")),
        BandRow(Bilingual("two", "二"), (None, Spread(0.2, 0.2, 0.2, 0.2, 0.2)), Bilingual("group", "群")),
    ),
    floor=(0.7, Bilingual("floor", "下限")),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_band_chart_and_its_table_hold_the_same(language: Language) -> None:
    figure = band_chart(CHART, language)
    assert figure.title == CHART.title.text(language)
    assert len(figure.table.rows) == 2
    assert figure.table.rows[0][2] == "–"
    assert figure.table.rows[1][2] == "0.20"
    drawing = str(figure.svg())
    assert "style=" not in drawing
    assert CHART.rows[0].label.text(language) in drawing
    assert drawing.count(f">{CHART.series[0].text(language)}<") == 0
    assert f"A {CHART.series[0].text(language)}" in drawing
    for element in shapes(figure.svg()):
        assert 0 <= float(element) <= figure.width


def shapes(svg: object) -> Iterator[str]:
    for element in svg.walk():  # type: ignore[attr-defined]
        for name in ("x", "x1", "x2"):
            value = element.get(name)
            if value is not None:
                yield value


def test_units_of_bands() -> None:
    assert written("year", 2031.4) == ("2031",)
    assert written("share", 0.5) == ("50\u00a0%",)
    assert written("change", -0.184) == ("−18\u00a0%",)


def test_a_sheet_refuses_rows_that_do_not_fit() -> None:
    word = Bilingual("a", "あ")
    with pytest.raises(ValueError, match="do not fit"):
        Sheet("s", word, (word, word), ((word,),), ("run",))


def test_a_finding_needs_an_origin(told: Told) -> None:
    finding = told["utility"][1][0]
    assert flat(finding)["label_ja"]
    with pytest.raises(ValueError, match="without origin"):
        replace(finding, origin=())


def test_rows_of_several_groups_fold_and_their_charts_stand_side_by_side() -> None:
    names = [Bilingual(f"state {i}", f"国{i}") for i in range(SEVERAL)]
    rows = tuple(BandRow(Bilingual("one", "一"), (Spread(0.5, 0.1, 0.3, 0.6, 0.9),), n) for n in names)
    drawings = band_charts(replace(CHART, rows=rows), "en")
    assert [d.title for d in drawings] == [n.en for n in names]
    assert len({d.id for d in drawings}) == SEVERAL
    assert len(band_charts(replace(CHART, rows=rows[:1]), "en")) == 1
    word = Bilingual("a", "あ")
    with pytest.raises(ValueError, match="groups for"):
        Sheet("s", word, (word,), ((word,), (word,)), ("run",), groups=(word,))
