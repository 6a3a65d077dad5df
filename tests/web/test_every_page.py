"""Every page inside the screens, held to axe, the phone and legible charts: both languages, both themes."""

from __future__ import annotations

from typing import Any, cast

import pytest
from playwright.sync_api import Browser
from tests.web.browser import SIDEWAYS, SMALL_TEXT, violations

from stepdown.vocabulary.ids import LANGUAGES
from stepdown.web.screens import SCREENS

INSIDE = (
    *("/workshop", "/board/measure?measure=M01", "/board/add", "/board?a=", "/nowhere", "/board?x=1"),
    *("/record/cells/USA/respond_cbw", "/record?as_of=2010-12", "/record/thresholds", "/record/ties"),
    *("/record/arsenals", "/record/programmes", "/record/events", "/record/sources", "/record/all"),
    *("/record/states/USA", "/record/states/NATO", "/record/sources/src.paper", "/record/list/actors"),
    *("/record/list/relations", "/record/entries/input.perception_markup", "/record/entries/M14"),
    *("/assumptions/input/share_cause", "/assumptions/input/a_u", "/assumptions/lenses"),
    *("/assumptions/changes", "/pathways/euro-atlantic-sole-purpose", "/claims/C01"),
    *("/method/credibility", "/method/switches", "/method/validation", "/method/calibration"),
    *("/method/backcasts", "/method/description", "/method/changes", "/method/notes"),
    "/method/notes/mechanisms",
)
WAYS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prepared")]


@pytest.mark.parametrize("path", [*INSIDE, *(screen.path for screen in SCREENS)])
def test_page_in_both_languages_and_themes(browser: Browser, address: str, path: str) -> None:
    found = {}
    for width, colours in WAYS:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 900}, color_scheme=cast("Any", colours)
        )
        for language in LANGUAGES:
            page = context.new_page()
            page.goto(f"/{language}{path}", timeout=120_000)
            troubles = [*violations(page), *page.evaluate(SMALL_TEXT)]
            sideways = page.evaluate(SIDEWAYS)
            if troubles or sideways > 0:
                found[(language, width, colours)] = (troubles, sideways)
            page.close()
        context.close()
    assert found == {}
