"""Brief and why to the end: the computation runs beside the server, the page comes, both languages agree."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic, sleep

import httpx
import pytest
from playwright.sync_api import Browser
from tests.web.browser import violations
from tests.web.server import serving

from stepdown.web import Settings, create_app

PACKAGE = "a=M15.50.2031.u.USA-GBR-FRA~M24.25.2028.u.USA-GBR-FRA"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    with serving(create_app(Settings(futures=128, rate=1000.0, burst=5000))) as address:
        yield address


def finished(client: httpx.Client, path: str) -> str:
    """The page once nothing on it is awaited any more."""
    end = monotonic() + 900
    while monotonic() < end:
        text = client.get(path).text
        if 'hx-trigger="every' not in text:
            return text
        sleep(2)
    raise AssertionError(f"{path} is still waiting")


def test_brief_is_shown_and_saved_in_both_languages(small: str, browser: Browser) -> None:
    with httpx.Client(base_url=small, timeout=300) as client:
        finished(client, f"/en/brief?{PACKAGE}")
        for language, said in (("en", "does not forecast"), ("ja", "予測ではない")):
            sheet = client.get(f"/{language}/brief/sheet?{PACKAGE}")
            assert said in sheet.text
            assert "sha256-" in sheet.headers["content-security-policy"]
            saved = client.get(f"/{language}/brief/file?{PACKAGE}")
            assert "attachment" in saved.headers["content-disposition"]
    page = browser.new_page(base_url=small)
    page.goto(f"/en/brief?{PACKAGE}")
    assert violations(page) == []
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "From the lever board"
    assert frame.locator("body").evaluate("b => getComputedStyle(b).margin") == "0px"
    page.close()


def test_why_takes_the_effect_apart(small: str, browser: Browser) -> None:
    with httpx.Client(base_url=small, timeout=300) as client:
        text = finished(client, f"/en/why?{PACKAGE}&outcome=adequacy")
    assert "Future " in text
    page = browser.new_page(base_url=small)
    for language in ("en", "ja"):
        page.goto(f"/{language}/why?{PACKAGE}&outcome=adequacy")
        assert page.locator(".why-grid svg.chart").count() >= 1
        assert violations(page) == []
    page.close()
