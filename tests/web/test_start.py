"""The start page's doors, and a workshop: addresses of several boards become one board."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page
from tests.web.browser import SIDEWAYS, violations

from stepdown.web.services import Services
from stepdown.web.start.workshop import gathered

ONE = "M15.50.2031.u.USA-GBR-FRA"
TWO = "M49.100.2028.r.USA-RUS-GBR-FRA-CHN"

pytestmark = pytest.mark.usefixtures("prepared")


def test_start_has_three_doors(client: httpx.Client) -> None:
    for language in ("en", "ja"):
        text = client.get(f"/{language}/").text
        assert text.count('class="card door"') == 3
        assert f'href="/{language}/workshop"' in text


def test_every_group_brings_the_package_on_its_sliders(services: Services) -> None:
    """Of a board with several packages the one being changed counts; a missing group leaves no gap."""
    addresses = {
        "a": f"http://localhost:8000/en/board?a={ONE}&v=1",
        "b": "  ",
        "c": f"http://10.0.0.7:8000/ja/board?a={ONE}&b={TWO}&edit=b&v=2&h=7",
    }
    state = gathered(addresses, services.catalogue)
    query = parse_qs(state.query("1"))
    assert query["a"] == [ONE]
    assert query["b"] == [TWO]
    assert "c" not in query
    assert state.version == "1"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "There is no address yet"),
        ("?a=https://example.org/en/board", "Group A: this is not the address of a lever board"),
        ("?a=/en/record?a=M15", "Group A: this is not the address of a lever board"),
        (f"?a=/en/board?a={ONE}%26lens=happiness", "happiness"),
        ("?a=/en/board?a=M99.50.2031.u.USA", "M99"),
        ("?e=/en/board", "“e” is not a setting"),
    ],
)
def test_what_is_no_board_is_told(client: httpx.Client, query: str, said: str) -> None:
    answer = client.get(f"/en/workshop/board{query}")
    assert answer.status_code == 422
    assert said in answer.text


def test_addresses_become_one_board_by_keyboard(page: Page) -> None:
    page.goto("/en/workshop")
    assert violations(page) == []
    page.get_by_label("Address of group A").fill(f"http://localhost:8000/en/board?a={ONE}")
    page.get_by_label("Address of group B").fill(f"http://localhost:8000/ja/board?a={TWO}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/board?**")
    query = parse_qs(urlsplit(page.url).query)
    assert (query["a"], query["b"]) == ([ONE], [TWO])
    assert page.locator(".tray .slot:not(.empty)").count() == 2


def test_workshop_reads_on_a_phone_in_the_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/ja/workshop")
    assert page.evaluate(SIDEWAYS) <= 0
    assert violations(page) == []
