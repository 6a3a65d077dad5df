"""Robustness: packages under every lens, and conditions of backfire that hold when they are counted again."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page
from tests.web.browser import SIDEWAYS, SMALL_TEXT, violations
from tests.web.immediate import Immediate

from stepdown.charts.numbers import changes
from stepdown.contracts.effects import ALL_LENSES
from stepdown.study.robustness import Conditions, compared, conditions
from stepdown.study.robustness.inputs import inputs_of, look_at
from stepdown.web.services import Services

A = "a=M15.50.2031.u.USA-GBR-FRA~M24.25.2028.u.USA-GBR-FRA"
AB = f"{A}&b=M49.100.2028.r.USA-RUS-GBR-FRA-CHN"

pytestmark = pytest.mark.usefixtures("prepared")
_TASKS = Immediate()


@pytest.fixture
def at_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is computed before the page is sent."""
    monkeypatch.setattr(services, "tasks", _TASKS)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/en/robustness?outcome=happiness", "happiness"),
        ("/ja/robustness?study=right-size", "right-sizing"),
        (f"/en/robustness?{A}&look=B", "look"),
        ("/en/robustness?a=", "No package yet"),
    ],
)
def test_what_cannot_be_used_is_told(client: httpx.Client, path: str, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert said in answer.text


def test_without_results_the_page_waits(client: httpx.Client) -> None:
    text = client.get(f"/ja/robustness?{A}").text
    assert 'hx-trigger="every' in text
    assert "すべての将来で政策パッケージを比べている" in text


@pytest.fixture(scope="module")
def found(services: Services, prepared: None) -> Conditions:
    """Conditions of the first ready-made package on domestic support."""
    return conditions(services.laboratory, services.catalogue.first.uses, "A", "domestic_support")


def test_box_counts_again_to_what_is_told(services: Services, found: Conditions) -> None:
    """The limits alone, applied to the inputs, give the counts; nothing else of the search is used."""
    assert found.finding is not None
    assert found.finding.box is not None
    uses = services.catalogue.first.uses
    columns = {c.name: c for c in inputs_of(services.laboratory, uses)}
    way = look_at(services.laboratory, uses).way("domestic_support")
    hits = way < -found.outcome.little_change
    inside = np.ones(len(way), dtype=bool)
    for limit in found.finding.box.limits:
        column = columns[limit.name]
        if limit.options:
            inside &= np.isin(column.values, [column.options.index(o) for o in limit.options])
        else:
            low, high = limit.ends
            inside &= (column.values >= (-np.inf if low is None else low)) & (
                column.values <= (np.inf if high is None else high)
            )
    counted = found.finding.box.count
    assert (counted.n, counted.hits) == (int(inside.sum()), int((inside & hits).sum()))
    assert counted.density > counted.elsewhere
    assert found.backfires == pytest.approx(hits.mean())


def test_strands_are_futures_of_the_run(services: Services, found: Conditions) -> None:
    assert found.strands is not None
    way = look_at(services.laboratory, services.catalogue.first.uses).way("domestic_support")
    for strand in found.strands.strands:
        assert strand.backfires == bool(way[strand.future] < -found.outcome.little_change)
        assert all(0 <= place <= 1 for place in strand.places)
    assert {s.backfires for s in found.strands.strands} == {True, False}


def test_drivers_are_medians_of_thirds_above_chance(services: Services, found: Conditions) -> None:
    """Counted again with sorted halves of the plain draws; the strongest is told first."""
    uses = services.catalogue.first.uses
    change = look_at(services.laboratory, uses).change("domestic_support")
    columns = [c for c in inputs_of(services.laboratory, uses) if not c.options]
    assert found.drivers
    assert [d.influence for d in found.drivers] == sorted((d.influence for d in found.drivers), reverse=True)
    strongest = next(d for d in found.drivers if "(" not in d.low.en)
    third = len(change) // 3
    told = set()
    for column in columns:
        order = np.argsort(column.values, kind="stable")
        ends = np.median(change[order[:third]]), np.median(change[order[-third:]])
        told.add(changes(found.outcome.kind, *(float(e) for e in ends)))
    assert (strongest.low.en, strongest.high.en) in told


def test_deciding_inputs_pull_the_way_they_say(found: Conditions) -> None:
    assert found.deciding
    for decides in found.deciding:
        if decides.backfires_low is None or decides.backfires_high is None:
            continue
        rises = decides.backfires_high > decides.backfires_low
        assert decides.condition.en.endswith("high" if rises else "low")


def test_regret_is_against_the_best_of_the_same_future(services: Services) -> None:
    first = services.catalogue.first.uses
    packages = {"A": first, "B": first[:4]}
    table = compared(services.laboratory, packages, "reliance")
    ways = {k: look_at(services.laboratory, u).way("reliance") for k, u in packages.items()}
    best = np.max([*ways.values(), np.zeros_like(ways["A"])], axis=0)
    for letter, way in ways.items():
        for i, lens in enumerate(services.laboratory.lenses):
            inside = services.laboratory.lens == i
            expected = np.quantile((best - way)[inside], 0.95)
            assert table.regret(letter, lens) == pytest.approx(expected, abs=1e-9)
    assert table.worst_regret("A") == max(table.regret("A", x) for x in services.laboratory.lenses)


@pytest.mark.usefixtures("at_once")
def test_page_shows_packages_and_says_the_condition(client: httpx.Client, found: Conditions) -> None:
    text = unescape(client.get("/en/robustness?outcome=domestic_support").text)
    assert found.finding is not None
    assert found.finding.sentence.en in text
    assert 'id="box-t"' in text
    why = unescape(client.get("/ja/why?outcome=domestic_support").text)
    assert found.finding.sentence.ja in why
    rare = unescape(client.get("/en/robustness?outcome=reliance").text)
    assert re.search(r"backfires in no future|too few, or too many|No simple condition|backfires on", rare)


@pytest.mark.usefixtures("at_once")
def test_page_says_plainly_that_no_condition_was_found(
    client: httpx.Client, services: Services, found: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found.finding is not None
    none = replace(found, finding=replace(found.finding, box=None, support=()))
    monkeypatch.setattr("stepdown.web.robustness.tasks.conditions", lambda *asked: none)
    monkeypatch.setattr(services, "tasks", Immediate())
    for path, said in (
        ("/en/robustness", "No simple condition was found"),
        ("/ja/why", "単純な条件は見いだせなかった"),
    ):
        text = client.get(f"{path}?outcome=domestic_support").text
        assert said in text
        assert 'id="box-t"' not in text
        assert text.count('id="movers-t"') == 1
        assert none.drivers[0].label.text("ja" if path.startswith("/ja") else "en") in unescape(text)


@pytest.mark.usefixtures("at_once")
def test_two_packages_in_both_languages_on_a_phone(page: Page) -> None:
    page.goto(f"/en/robustness?{AB}")
    assert page.locator("table.matrix tbody tr").count() == 3
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/ja/robustness?{AB}&look=B")
    assert violations(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL_TEXT) == []
    page.goto(f"/ja/why?{AB}&outcome=assurance&lens={ALL_LENSES}")
    assert page.evaluate(SIDEWAYS) <= 0
