"""Claims: readable before any future is run, filtered by address, and each claim with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page
from tests.web.browser import SIDEWAYS, SMALL_TEXT, violations
from tests.web.server import serving

from stepdown.claims import claim_verdict, part_verdict, share_of
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.claim_tests import Simulated
from stepdown.contracts.verdicts import Guard, SimulatedOutcome
from stepdown.study.claims.book import ClaimBook, Judged
from stepdown.study.claims.page import claims_page
from stepdown.study.claims.run import ClaimsRun
from stepdown.study.claims.suite import Suite
from stepdown.study.claims.where import Decider, Where
from stepdown.vocabulary.ids import LENSES
from stepdown.web import Settings, create_app
from stepdown.web.services import Services

ASKED, ANSWERED = "C10", "C06"
"""A claim that asks for futures, and one that the record answers."""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/en/claims?verdict=sturdy", "verdict"),
        ("/ja/claims?section=S88", "「section」"),
        ("/en/claims?kind=rumour", "recommendation"),
        ("/en/claims?verdicts=robust", "Did you mean “verdict”"),
    ],
)
def test_filter_that_cannot_be_used_is_told(client: httpx.Client, path: str, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert said in answer.text


def test_unknown_claim_is_a_page_with_the_nearest(client: httpx.Client) -> None:
    answer = client.get("/en/claims/C640")
    assert answer.status_code == 404
    assert "C64" in answer.text


def test_list_is_readable_before_any_future_and_asks_again(client: httpx.Client, services: Services) -> None:
    text = client.get("/en/claims").text
    book = services.claims
    assert "256 futures" in text
    assert text.count('class="claim-id"') == len(book.claims)
    assert text.count("awaited</span>") == len(book.waiting)
    assert 'hx-trigger="every 3s"' in text


def test_filters_are_the_address(client: httpx.Client, services: Services) -> None:
    text = client.get("/ja/claims?section=S8&kind=conditional").text
    shown = re.findall(r'class="claim-id">(C\d+)<', text)
    wanted = [
        c.id for c in services.claims.claims if c.section.startswith("section.S8") and c.type == "conditional"
    ]
    assert shown == wanted
    untestable = client.get("/en/claims?verdict=untestable").text
    assert 'class="claim-id">C04<' in untestable
    assert f'class="claim-id">{ANSWERED}<' not in untestable


def test_claim_that_the_record_answers_shows_readings_and_sources(client: httpx.Client) -> None:
    text = client.get(f"/en/claims/{ANSWERED}").text
    assert "No future stands behind this" in text
    assert 'id="note-1"' in text
    assert "hx-trigger" not in text


def test_claim_that_waits_says_what_is_known(client: httpx.Client) -> None:
    text = client.get(f"/ja/claims/{ASKED}").text
    assert 'hx-trigger="every 1500ms"' in text
    assert "検証に使える証拠" in text


def planted(book: ClaimBook, name: str) -> Judged:
    """A judged claim whose shares are made up: what is tested is the page."""
    test = book.suite.tests[name]
    half, lens = np.arange(40) % 2 == 0, np.arange(40) % len(LENSES)
    everywhere = np.ones(40, dtype=bool)
    by_lens = {name: share_of(half[lens == i]) for i, name in enumerate(LENSES)}
    outcome = SimulatedOutcome(share_of(half), by_lens, (), half, everywhere)
    parts, where = [], {}
    for part in test.parts:
        assert isinstance(part, Simulated)
        guard = Guard(share_of(half[:20]), share_of(~everywhere))
        parts.append(part_verdict(part.id, part.hedge, outcome, guard, False))
        decider = Decider("input.x_N", Bilingual("weight of rivals", "対抗国の重み"), 0.4)
        where[part.id] = Where(Bilingual("It fails here.", "ここで成り立たない。"), None, (decider,))
    verdict = claim_verdict(test, parts)
    suite = Suite((book.claim(name),), {name: test}, {})
    run = ClaimsRun(suite, {name: verdict}, {}, (), LENSES, lens, everywhere, 40, 1, {})
    page = claims_page(book.facts, run, {(name, p): w for p, w in where.items()}, "0", "", "2026-01-01")
    return Judged(verdict, "group_mixed", page.sections[0].claims[0], page.sources, where, 40)


@pytest.fixture
def judged(services: Services, monkeypatch: pytest.MonkeyPatch) -> Judged:
    found = planted(services.claims, ASKED)
    monkeypatch.setitem(services.claims._known, ASKED, found)
    return found


@pytest.mark.parametrize("language", ["en", "ja"])
def test_claim_page_is_accessible_and_legible(page: Page, judged: Judged, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/{language}/claims/{ASKED}")
    assert page.locator("svg.chart").count() == 1
    assert page.locator(".decider").inner_text() == "40\xa0%"
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL_TEXT) == []
    assert violations(page) == []


def test_list_walks_to_a_claim_by_keyboard(page: Page, judged: Judged) -> None:
    page.goto("/en/claims?section=S3")
    row = page.locator(f"#{ASKED}")
    assert "50\xa0%" in row.inner_text()
    assert row.locator(".claim-lenses svg").count() == len(LENSES)
    row.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claims/{ASKED}")
    assert page.locator("h1").inner_text() == f"Claim {ASKED}"


def test_crash_costs_one_claim(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    book = ClaimBook(services.facts, 10, 1)
    first, second, third = book.waiting[:3]
    fine = replace(planted(services.claims, ASKED), group="group_fails")

    def judged(name: str, progress: object) -> Judged:
        if name == second:
            raise FloatingPointError("planted")
        return fine

    monkeypatch.setattr(book, "_judged", judged)
    told: list[tuple[int, int]] = []
    book.judge_some((first, second, third), lambda what, done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert book.failed == {second}
    assert book.known(first) is fine
    assert book.known(third) is fine
    assert book.waiting[0] not in (first, second, third)


def test_claim_that_is_opened_comes_first(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    book = ClaimBook(services.facts, 10, 1)
    order: list[str] = []

    def judged(name: str, progress: object) -> Judged:
        order.append(name)
        if len(order) == 1:
            book.want(book.asking[9])
        return planted(services.claims, ASKED)

    monkeypatch.setattr(book, "_judged", judged)
    book.judge_some(book.asking[:3], lambda what, done, total: None)
    assert order == [book.asking[i] for i in (0, 9, 1, 2)]


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    with serving(create_app(Settings(futures=60, rate=1000.0, burst=5000))) as address:
        yield address


@pytest.mark.slow
def test_claim_is_judged_beside_the_server_and_agrees_with_the_report(small: str) -> None:
    from tests.web.test_slow_pages import finished

    with httpx.Client(base_url=small, timeout=300) as client:
        text = finished(client, f"/en/claims/{ASKED}")
        assert "stated as" in text
        assert "Where it fails" in text
        found = Services(Settings(futures=60)).claims.judge(ASKED, lambda what, done, total: None)
        assert found.entry.shares in text
        listed = client.get("/en/claims?section=S3").text
        assert found.entry.shares in listed
