"""The record: from a cell of the role matrix to its source, as of any date, and what is refused."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.web.browser import SIDEWAYS, SMALL_TEXT, violations

from stepdown.charts.words import word
from stepdown.contracts.facts import ArsenalSeries, Doctrine, Source
from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import codings, resting_on, theatre_ties
from stepdown.vocabulary.ids import LANGUAGES, ROLES
from stepdown.web.record.as_of import of_month, read_day
from stepdown.web.record.forces import arsenals_page, events_page, programmes_page
from stepdown.web.record.ties import ties_page

PARTS = (
    *("/record?state=USA&role=respond_cbw&since=2010-12", "/record/cells/USA/respond_cbw"),
    *("/record/thresholds", "/record/ties", "/record/arsenals", "/record/programmes", "/record/events"),
    *("/record/states/FRA", "/record/sources/src.npr22", "/record/entries/M15", "/record/all?q=norm"),
)


def test_matrix_leads_by_keyboard_to_a_source(page: Page) -> None:
    page.goto("/en/record")
    cell = page.locator("table.roles tbody tr").first.locator("td a").nth(2)
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"state=USA&role=respond_cbw"))
    panel = page.locator("#cell")
    expect(panel).to_contain_text("One reader only has coded this passage")
    assert page.locator("table.roles a[aria-current]").count() == 1
    source = panel.locator('a[href*="/record/sources/"]').first
    source.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/record/sources/src\."))
    expect(page.get_by_role("heading", name="What rests on it")).to_be_visible()
    assert page.locator('.resting a[href*="/record/entries/doc.USA"]').count() >= 1


def test_slider_moves_the_date_the_address_and_the_matrix(page: Page) -> None:
    page.goto("/en/record?as_of=2013-01")
    cell = page.locator("table.roles tbody tr").first.locator("td a").nth(4)
    assert cell.inner_text().startswith(word("code_I", "en"))
    slider = page.locator("#as-of")
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_url(re.compile(r"/en/record$"))
    expect(page.locator("label[for=as-of]")).to_contain_text("2026")
    expect(cell).to_have_text(re.compile(f"^{word('code_Y', 'en')}"))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(r"as_of=\d{4}-\d{2}$"))
    assert slider.evaluate("s => s === document.activeElement")
    address = page.url
    page.reload()
    assert page.url == address


def test_comparison_marks_what_changed(client: httpx.Client, facts: Facts) -> None:
    before, after = (facts.get(Doctrine, f"doc.USA.{day}").roles for day in ("2010-04-06", "2018-02-02"))
    changed = sum(before[role].code != after[role].code for role in ROLES)
    text = client.get("/en/record?as_of=2018-03&since=2010-05").text
    usa = text.split("</tr>")[2]
    assert usa.count("code-") == len(ROLES)
    assert usa.count(" changed") == changed > 0


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/en/record?as_of=yesterday", 422, "is not a date"),
        ("/ja/record?as_of=2012-13", 422, "日付ではない"),
        ("/en/record?as_of=2999", 422, "lies outside the record"),
        ("/ja/record?as_of=1700", 422, "記録の範囲外"),
        ("/en/record?as_of=2010&since=2020", 422, "does not lie before"),
        ("/en/record?state=US&role=coercion", 404, "Did you mean “USA”"),
        ("/ja/record?state=USA&role=coercing", 404, "「coercion」ではないか"),
        ("/en/record/states/FRAN", 404, "Did you mean “FRA”"),
        ("/en/record/sources/src.npr2", 404, "Did you mean “src.npr"),
        ("/en/record/entries/../../etc/passwd", 404, "No such page"),
        ("/ja/record/list/arsenal", 422, "「arsenals」ではないか"),
        ("/en/record?as_off=2012", 422, "Did you mean “as_of”"),
        ("/en/record/events?state=JPM", 404, "Did you mean “JPN”"),
    ],
)
def test_what_cannot_be_used_is_told(client: httpx.Client, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


@pytest.mark.parametrize("path", PARTS)
def test_parts_fit_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for language in LANGUAGES:
        page.goto(f"/{language}{path}")
        assert page.evaluate(SIDEWAYS) <= 0
        assert page.evaluate(SMALL_TEXT) == []
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    "path", [PARTS[0], *(pytest.param(path, marks=pytest.mark.slow) for path in PARTS[1:])]
)
def test_parts_are_accessible(page: Page, path: str) -> None:
    for language in LANGUAGES:
        page.goto(f"/{language}{path}")
        assert violations(page) == []


def test_every_source_has_a_page_and_every_record_an_entry(facts: Facts, client: httpx.Client) -> None:
    """One record of each kind and some sources, in both languages in turn."""
    kinds = {type(r): r.id for r in facts if not isinstance(r, Source)}
    sources = [s.id for s in facts.all(Source)][::40]
    for i, path in enumerate([*(f"sources/{s}" for s in sources), *(f"entries/{r}" for r in kinds.values())]):
        assert client.get(f"/{LANGUAGES[i % 2]}/record/{path}").status_code == 200, path


def test_source_names_all_that_rest_on_it(facts: Facts, client: httpx.Client) -> None:
    rest = resting_on(facts, "src.paper", "en")
    text = client.get("/en/record/sources/src.paper").text
    assert len(rest) > 100
    assert all(f"/en/record/entries/{r.id}" in text for r in rest)


def test_downloaded_codings_are_those_of_the_record(facts: Facts, client: httpx.Client) -> None:
    answer = client.get("/en/record/codings")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert len(rows) == 10 * len(facts.all(Doctrine))
    found = {(r["document"], r["role"]): r["code"] for r in rows}
    for document in facts.all(Doctrine):
        assert all(found[document.id, role] == cell.code for role, cell in document.roles.items())


def test_codings_of_a_cell_follow_each_other(facts: Facts) -> None:
    found = codings(facts, "RUS", "damage_limitation_termination", "en")
    for before, after in pairwise(found):
        assert before.until == after.valid_from
        assert after.earlier_code == before.code
    assert found[-1].until == ""


def test_ties_of_a_theatre_join_its_states(facts: Facts) -> None:
    early, late = (theatre_ties(facts, read_day(day)) for day in ("1970", ""))
    for theatre in late:
        assert not set(theatre.left) & set(theatre.right)
        assert all(r.left in theatre.left and r.right in theatre.right for r in theatre.rivalries)
    assert sum(len(t.ties) for t in early) < sum(len(t.ties) for t in late)


def test_figures_stand_alone_and_say_what_they_show(facts: Facts) -> None:
    figures = [
        *(theatre.figure for theatre in ties_page(facts, "ja", "").theatres),
        *(pile.figure for pile in arsenals_page(facts, "en", "1990").stockpiles),
        events_page(facts, "en", "", "USA").figure,
        programmes_page(facts, "ja", "").figure,
    ]
    for figure in figures:
        assert figure is not None
        assert figure.finding
        assert figure.table.rows or "No stockpile" in figure.finding
        assert "class" not in str(figure.svg(resolved=True)).replace('class="chart"', "")
    known = arsenals_page(facts, "en", "1990").stockpiles[0].figure.table.rows
    assert known[-1] == ("1990", f"{facts.get(ArsenalSeries, 'ser.USA').values[1990]:,}")


def test_months_of_the_slider_are_dates() -> None:
    assert of_month(0, 2000) == "2000-01"
    assert of_month(185, 2000) == "2015-06"
    assert of_month(1500, 2000) == ""
