"""One server and one browser for all tests of the web app."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.web.browser import CHROMIUM, chromium
from tests.web.server import serving

from stepdown.web import Settings, create_app
from stepdown.web.services import Services
from stepdown.web.tasks import Tasks

SETTINGS = Settings(secret="for tests only", rate=1000.0, burst=5000, futures=256)


class Waiting(Tasks):
    """Takes long computations and never begins them; the slow tier has those that do."""

    def _work(self) -> None:
        return


class Prepared(Services):
    """Nothing is begun in the background; `prepared` makes the laboratory ready."""

    def start(self) -> None:
        return


@pytest.fixture(scope="session")
def services() -> Services:
    made = Prepared(SETTINGS)
    made.tasks = Waiting()
    return made


@pytest.fixture(autouse=True, scope="module")
def _nobody_waits(services: Services) -> None:
    """What other tests asked for and nobody computes does not fill the queue."""
    services.tasks = Waiting()


@pytest.fixture(scope="session")
def prepared(services: Services) -> None:
    """The futures are drawn, the kernel is compiled (or found compiled), the baseline has been run."""
    services.laboratory.prepare()


@pytest.fixture(scope="session")
def address(services: Services) -> Iterator[str]:
    with serving(create_app(SETTINGS, services)) as where:
        yield where


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A reader without a browser; each test has its own cookies."""
    with httpx.Client(base_url=address, timeout=120) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed")
    with chromium() as running:
        yield running


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened.set_default_timeout(120_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test on any error or refused load."""
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    yield opened
    assert not troubles, troubles
