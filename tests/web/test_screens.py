"""What every screen is held to, in both languages: accessible, complete, nothing foreign, fits a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page
from tests.web.browser import FOREIGN, MISSED, REACHABLE, SIDEWAYS, SMALL_TEXT, violations

from stepdown.vocabulary.ids import LANGUAGES
from stepdown.web.assets import addresses
from stepdown.web.screens import SCREENS

PATHS = [f"/{language}{screen.path}" for screen in SCREENS for language in LANGUAGES]
FIRST_PAGE = 300_000

pytestmark = pytest.mark.usefixtures("prepared")


@pytest.mark.parametrize("path", PATHS)
def test_screen_is_accessible_and_stays_at_home(page: Page, address: str, path: str) -> None:
    page.goto(path)
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    assert {urlsplit(name).netloc for name in page.evaluate(FOREIGN)} <= {urlsplit(address).netloc}


@pytest.mark.parametrize("path", PATHS)
def test_screen_fits_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL_TEXT) == []


@pytest.mark.parametrize("screen", [screen.path for screen in SCREENS])
def test_everything_is_reached_by_keyboard_and_shows_that_it_is(page: Page, screen: str) -> None:
    page.goto(f"/en{screen}")
    stops = page.evaluate(REACHABLE)
    assert stops > len(SCREENS)
    for _ in range(stops + 2):
        page.keyboard.press("Tab")
    missed, unseen = page.evaluate(MISSED)
    assert missed == []
    assert unseen == []


@pytest.mark.parametrize("path", PATHS)
def test_screen_is_whole_without_script_and_light(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert "onclick" not in answer.text
    sent = int(answer.headers.get("content-length", len(answer.content)))
    for name in ("style", "htmx", "script"):
        sent += int(client.get(addresses()[name]).headers["content-length"])
    assert sent < FIRST_PAGE


def test_navigation_lists_exactly_the_screens(client: httpx.Client) -> None:
    text = client.get("/en/").text
    for screen in SCREENS:
        assert (f'href="/en{screen.path}"' in text) == screen.in_navigation
