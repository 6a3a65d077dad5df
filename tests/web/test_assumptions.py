"""Assumptions: every input, both sides of every dispute, and other priors for a session."""

from __future__ import annotations

import re

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page
from tests.web.browser import SIDEWAYS, SMALL_TEXT, violations
from tests.web.immediate import Immediate

from stepdown.assumptions import sample_futures
from stepdown.contracts.facts import Lens, ModelInput, Switch
from stepdown.contracts.parameters import PARAMETERS
from stepdown.study.assumptions import Edit, faults, input_cards, shifts, weights, with_edits
from stepdown.vocabulary.ids import LENSES
from stepdown.web.services import Services

PACKAGE = "a=M49.100.2028.r.USA-RUS-GBR-FRA-CHN-IND-PAK-ISR-PRK"

pytestmark = pytest.mark.usefixtures("prepared")


@pytest.fixture
def at_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is computed before the page is sent."""
    monkeypatch.setattr(services, "tasks", _TASKS)


_TASKS = Immediate()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/en/assumptions?outcome=happiness", 422, "happiness"),
        ("/ja/assumptions?part=hazard", 422, "hazards"),
        ("/en/assumptions?sort=size", 422, "influence"),
        ("/en/assumptions?prat=hazards", 422, "Did you mean “part”"),
        ("/en/assumptions/input/b_chy", 404, "b_chi"),
    ],
)
def test_what_cannot_be_used_is_told(client: httpx.Client, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


def rows(text: str) -> list[str]:
    return re.findall(r"<code>(\w+)</code>", text)


def test_every_symbol_of_the_model_is_in_the_table_and_the_filter_keeps_its_part(
    client: httpx.Client,
) -> None:
    assert sorted(rows(client.get("/en/assumptions?every=true").text)) == sorted(PARAMETERS)
    kept = {s for s, spec in PARAMETERS.items() if spec.mechanism == "domestic"}
    assert set(rows(client.get("/ja/assumptions?every=true&part=domestic").text)) == kept


def test_first_rows_are_the_weakest_when_sorted_by_pedigree(client: httpx.Client, services: Services) -> None:
    strength = {c.symbol: c.strength for c in input_cards(services.facts, services.laboratory.world)}
    shown = rows(client.get("/en/assumptions?sort=pedigree&every=true").text)
    assert [strength[s] for s in shown] == sorted(strength.values())


def test_without_results_the_page_waits_and_asks_again(client: httpx.Client) -> None:
    text = client.get("/ja/assumptions").text
    assert 'hx-trigger="every' in text
    assert "すべての前提の影響を計算している" in text


@pytest.mark.usefixtures("at_once")
def test_diagram_names_what_stands_out(client: httpx.Client, services: Services) -> None:
    text = client.get(f"/en/assumptions?{PACKAGE}").text
    assert 'hx-trigger="every' not in text
    found = next(t.result for t in _TASKS._known.values() if t.key.startswith("weigh use_risk"))
    first = found.records[0]  # type: ignore[union-attr]
    assert first.share > found.chance  # type: ignore[union-attr]
    diagram = text[text.index('id="nusap-t"') : text.index('id="inputs-t"')]
    assert first.label.heading("en") in diagram
    assert rows(text)[0] == first.id.removeprefix("input.")


def test_influence_finds_what_the_measure_works_through(services: Services) -> None:
    """Crisis communication moves use risk through b_chi; hiding the effect of b_chi hides its influence."""
    uses = _uses(services, "M49")
    found = weights(services.laboratory, uses, "use_risk")
    assert found.of("input.b_chi") is not None
    assert found.of("input.b_chi").share > found.chance  # type: ignore[union-attr]
    assert weights(services.laboratory, (), "use_risk").records == ()


def _uses(services: Services, measure: str) -> tuple:
    return tuple(u for u in services.catalogue.first.uses if u.measure == measure)


@pytest.mark.parametrize(
    ("edit", "wrong"),
    [
        (Edit("b_chi", "*", "uniform", low=0, high=2), ()),
        (Edit("b_chi", "*", "uniform", low=2, high=2), (("high", "order"),)),
        (Edit("b_chi", "*", "uniform", low=0, high=50), (("high", "outside"),)),
        (Edit("b_chi", "*", "loguniform", low=0, high=2), (("low", "positive"),)),
        (Edit("b_chi", "*", "quantiles", low=1, middle=1, high=2), (("high", "order"),)),
        (Edit("b_chi", "*", "pert", low=1, middle=1, high=2), ()),
        (Edit("b_chi", "*", "point"), (("middle", "missing"),)),
        (Edit("b_chi", "USA", "point", middle=1), (("cell", "cell"),)),
        (Edit("V0", "USA>RUS", "point", middle=0.5), ()),
        (Edit("share_cause", "*", "point", middle=0.5), (("symbol", "fixed"),)),
        (Edit("R0", "*", "point", middle=0.5), (("symbol", "fixed"),)),
    ],
)
def test_edit_is_checked(services: Services, edit: Edit, wrong: tuple[tuple[str, str], ...]) -> None:
    found = faults(services.facts, services.laboratory.world, edit)
    assert tuple((f.where, f.key) for f in found) == wrong


def test_edit_changes_its_own_numbers_and_no_other_draw(services: Services) -> None:
    facts, world = services.facts, services.laboratory.world
    edits = [
        Edit("V0", "USA>RUS", "point", middle=0.5),
        Edit("b_chi", "*", "uniform", low=0, high=1),
        Edit("q", "biological", "point", middle=0.2),
    ]
    before, after = (
        sample_futures(f, world, 20, 1, LENSES).symbols for f in (facts, with_edits(facts, edits))
    )
    place = world.axis("relation").index("USA>RUS")
    assert np.all(after["V0"][place] == 0.5)
    assert after["b_chi"].max() <= 1
    moved = {s for s in before if not np.array_equal(before[s], after[s])}
    assert moved == {"V0", "b_chi", "q"}
    assert np.array_equal(np.delete(before["V0"], place, 0), np.delete(after["V0"], place, 0))
    assert facts.get(ModelInput, "input.b_chi").amount != (
        with_edits(facts, edits).get(ModelInput, "input.b_chi").amount
    )


def test_shift_is_none_without_edits_and_goes_the_way_the_model_says(services: Services) -> None:
    uses = _uses(services, "M49")
    assert all(s.moved == 0 for s in shifts(services.laboratory, (), uses).shifts)
    idle = Edit("b_chi", "*", "point", middle=0)
    risk = shifts(services.laboratory, [idle], uses).shifts[0]
    assert risk.outcome.id == "use_risk"
    assert risk.median > 0  # less is saved
    assert risk.after.median > risk.before.median


def _form(client: httpx.Client, symbol: str) -> tuple[str, dict[str, str]]:
    text = client.get(f"/en/assumptions/input/{symbol}?{PACKAGE}").text
    form = text[text.index('class="prior"') :]
    action = re.search(r'action="([^"]+)"', form)
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    assert action is not None
    return action.group(1).replace("&amp;", "&"), dict(hidden)


def test_prior_that_cannot_be_used_is_refused_with_what_is_allowed(client: httpx.Client) -> None:
    action, hidden = _form(client, "b_chi")
    asked = {**hidden, "kind": "uniform", "low": "abc", "high": "50"}
    answer = client.post(action, data=asked)
    assert answer.status_code == 422
    assert "give a number" in answer.text
    assert 'value="abc"' in answer.text
    answer = client.post(action, data={**asked, "low": "1"})
    assert "must lie from 0 to 20" in answer.text
    assert "Your changes (0)" in answer.text
    assert client.post(action, data={**asked, "csrf": "x"}).status_code == 403


@pytest.mark.usefixtures("at_once")
def test_prior_is_kept_shown_and_taken_back(client: httpx.Client) -> None:
    action, hidden = _form(client, "b_chi")
    answer = client.post(action, data={**hidden, "kind": "point", "middle": "0"}, follow_redirects=True)
    assert answer.url.path == "/en/assumptions/changes"
    assert "Your changes (1)" in answer.text
    assert answer.text.count('id="before-') >= 7
    assert "moves in" in answer.text
    kept = dict(re.findall(r'type="hidden" name="(csrf|symbol|cell)" value="([^"]*)"', answer.text))
    reset = re.search(r'action="([^"]*reset[^"]*)"', answer.text)
    assert reset is not None
    answer = client.post(reset.group(1).replace("&amp;", "&"), data=kept, follow_redirects=True)
    assert "Nothing is changed" in answer.text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_both_sides_of_every_dispute_stand_with_their_references(
    client: httpx.Client, services: Services, language: str
) -> None:
    text = client.get(f"/{language}/assumptions/lenses").text
    facts = services.facts
    for switch in facts.all(Switch):
        block = text[text.index(f'id="{switch.id}"') :]
        block = block[: block.index("</article>")]
        grounds = [ground for option in switch.options.values() for ground in option.basis]
        listed = re.findall(r'<ul class="references small">(.*?)</ul>', block, re.DOTALL)
        assert sum(part.count("<li>") for part in listed) == len(grounds), switch.id
    for lens in facts.all(Lens):
        assert lens.summary[language] in text  # type: ignore[index]


@pytest.mark.usefixtures("at_once")
def test_prior_is_changed_by_keyboard_and_all_views_are_accessible(page: Page) -> None:
    page.goto(f"/ja/assumptions/lenses?{PACKAGE}")
    assert violations(page) == []
    page.goto(f"/en/assumptions?{PACKAGE}")
    assert violations(page) == []
    page.goto(f"/en/assumptions/input/M?{PACKAGE}")
    assert violations(page) == []
    page.focus("#kind")
    page.keyboard.type("one")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("0.4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assumptions/changes?**")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert page.locator("table.changes tbody tr").count() == 1
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL_TEXT) == []
