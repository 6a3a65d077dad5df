"""Pathways: readable from the file alone; results, shocks and refusals as a reader meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast

import httpx
import pytest
from playwright.sync_api import Page
from tests.web.browser import SIDEWAYS, SMALL_TEXT, violations
from tests.web.server import serving

from stepdown.assumptions import build_world
from stepdown.contracts.effects import ALL_LENSES, Bilingual, PairedEffect
from stepdown.contracts.pathway_findings import Instead, Reason, StepShare, StepTiming, TippingPoint
from stepdown.contracts.triggers import StepState
from stepdown.experiments import outcome_keys
from stepdown.pathways import Regret
from stepdown.study.pathways import PathwayRun, load_pathway, set_up
from stepdown.study.pathways.rivals import RIVALS, WHAT_IF, RivalCase
from stepdown.study.pathways.run import PATIENCE, WITH, WITHOUT
from stepdown.study.pathways.show import StressTest
from stepdown.web import Settings, create_app
from stepdown.web.services import Services
from stepdown.web.tasks import Report, Task, Tasks

KOREA = "korea-assurance-crisis-communication"
PAGE = f"/en/pathways/{KOREA}"
T = TypeVar("T")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/en/pathways/korea-assurance-crisis-comunication", 404, KOREA),
        ("/en/pathways/..%2F..%2Fpyproject", 404, ""),
        (f"{PAGE}?shock=crisis:mars", 422, "crisis:korea"),
        (f"{PAGE}?shock=crisis:korea&year=2090", 422, "2027–2049"),
        (f"{PAGE}?future=300", 422, "1–256"),
        (f"{PAGE}?shocks=crisis:korea", 422, "shock"),
        (f"/ja/pathways/{KOREA}?year=soon", 422, "「year」"),
    ],
)
def test_what_cannot_be_used_is_told(client: httpx.Client, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


def test_list_leads_to_every_worked_pathway(client: httpx.Client, services: Services) -> None:
    text = client.get("/ja/pathways").text
    assert len(services.pathways) == 3
    for plan in services.pathways:
        assert f'href="/ja/pathways/{plan.id}"' in text


def test_steps_are_readable_before_any_future(client: httpx.Client) -> None:
    text = client.get(PAGE).text
    assert "<b>Go back if</b> Assurance of the Republic of Korea: down by 0.1 or more" in text
    assert "a call from “Narrower role”" in text
    assert "being computed" in text
    assert 'hx-trigger="every 2500ms"' in text
    assert 'id="map-h"' not in text


def test_file_is_the_pathway_itself(client: httpx.Client, services: Services, tmp_path: Path) -> None:
    answer = client.get(f"{PAGE}/file")
    assert f'filename="{KOREA}.yaml"' in answer.headers["content-disposition"]
    saved = tmp_path / "mine.yaml"
    saved.write_bytes(answer.content)
    assert load_pathway(saved, services.facts, build_world(services.facts)).id == KOREA


class Found(Tasks):
    """Tasks whose results are planted; all others wait."""

    def __init__(self, results: dict[str, object]) -> None:
        super().__init__()
        self.results = results

    def get(self, key: str, reader: str, make: Callable[[Report], T]) -> Task[T]:
        return Task(key, reader, make, cast("T | None", self.results.get(key)))


def planted(services: Services) -> PathwayRun:
    """A run whose numbers are made up: what is tested is the page."""
    plan = next(p for p in services.pathways if p.id == KOREA)
    setting = set_up(plan, services.facts, 20, 1)
    keys = tuple(k for k in outcome_keys(setting.world) if k.headline)
    effects = tuple(
        PairedEffect(variant, key.id, ALL_LENSES, -0.1, -0.3, -0.2, 0.0, 0.1, 0.7, 0.1, 0.2, 20)
        for variant in (WITH, WITHOUT)
        for key in keys
    )
    timings = tuple(StepTiming(s.id, 0.71, 2030, 2032, 2036, 0.2, 0.05) for s in plan.steps)
    tipping = tuple(
        TippingPoint(s, 0.3, 2035, 2040, 2044, "assurance", (Instead("stop_before", 0.8),))
        for s in setting.main_steps
    )
    shares = (StepShare(2031, "shield", StepState.HOLDING, 0.4, Reason("signpost", 0), 0.9),)
    breaks = {WITH: 0.1, WITHOUT: 0.3, PATIENCE: 0.2}
    return PathwayRun(setting, {}, keys, effects, breaks, shares, timings, tipping, 0, 0.0)


def planted_rivals() -> tuple[RivalCase, ...]:
    bands = {WITH: dict.fromkeys(WHAT_IF, (-0.1, -0.05, 0.02))}
    backfires = {WITH: dict.fromkeys(WHAT_IF, 0.04)}
    regret = (Regret(WITH, "use_risk", 0.0, 0.01, 0.6),)
    return tuple(RivalCase(rival, bands, backfires, regret, {WITH: 0.1}) for rival in RIVALS)


@pytest.fixture
def found(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Bilingual("2036: “Shield” held, because it was seen", "2036年：「防御」は現状保持となった")
    stress = (StressTest(Bilingual("2034: shock: a crisis", "2034年：ストレス事象：危機"), (held,)),)
    results: dict[str, object] = {
        f"pathway {KOREA}": planted(services),
        f"pathway {KOREA} stress": stress,
        f"pathway {KOREA} rivals": planted_rivals(),
        f"pathway {KOREA} crisis:korea:2034 6": (held,),
    }
    monkeypatch.setattr(services, "tasks", Found(results))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_page_with_results_is_accessible_on_a_phone(page: Page, found: None, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{language}/pathways/{KOREA}?shock=crisis:korea&year=2034&future=7")
    assert page.locator("svg.chart").count() == 1
    assert page.locator("#own .year").inner_text() == "2036"
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL_TEXT) == []
    assert violations(page) == []


def test_results_stand_beside_their_backfire_and_in_order(client: httpx.Client, found: None) -> None:
    text = client.get(PAGE).text
    assert text.index('id="steps-t"') < text.index('id="map-h"') < text.index('id="rivals-t"')
    assert "71 of 100 futures" in text
    assert "in 30 of 100, 2035–2044: allied assurance" in text
    assert "backfires in 4\xa0%" in text
    assert "the triggers help" in text
    assert "hx-trigger" not in text


def test_shock_is_chosen_by_keyboard_and_stands_in_the_address(page: Page, found: None) -> None:
    page.goto(PAGE)
    page.locator("select[name=shock]").select_option("crisis:korea")
    page.locator("input[name=year]").fill("2034")
    page.locator("input[name=future]").fill("7")
    page.keyboard.press("Enter")
    page.wait_for_url("**shock=crisis*year=2034*future=7*")
    assert "held, because it was seen" in page.locator("#own").inner_text()


def test_empty_fields_of_the_form_are_no_error(client: httpx.Client) -> None:
    assert client.get(f"{PAGE}?shock=&year=2034&future=").status_code == 200


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    with serving(create_app(Settings(futures=40, rate=1000.0, burst=5000))) as address:
        yield address


@pytest.mark.slow
def test_pathway_is_simulated_struck_and_tried_against_rivals(small: str) -> None:
    from tests.web.test_slow_pages import finished

    with httpx.Client(base_url=small, timeout=300) as client:
        text = finished(client, f"{PAGE}?shock=confidence:KOR&year=2034&future=3")
        assert "of 100 futures" in text
        assert text.count('class="pathway-log"') >= 5
        assert "2034" in text.partition('id="own"')[2]
