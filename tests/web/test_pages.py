"""Refusals, downloads and failures of the board, why and brief, as a reader without script meets them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from stepdown.study.board import Laboratory
from stepdown.study.facts import load_facts
from stepdown.study.load import load_study
from stepdown.web.services import Services

PACKAGE = "M15.50.2031.u.USA-GBR-FRA~M24.25.2028.u.USA-GBR-FRA"

pytestmark = pytest.mark.usefixtures("prepared")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/en/board?a=M99.50.2030.u.USA", "M99"),
        ("/ja/board?lens=wrong", "「lens」"),
        ("/en/board?lense=balanced", "Did you mean “lens”"),
        ("/en/board?a=M15.50.2031.u.USA&h=x", "h"),
        (f"/en/board/picture?a={PACKAGE}&s=1", "2 × 0–4"),
        (f"/en/board/picture?a={PACKAGE}&s=1&s=9", "2 × 0–4"),
        (f"/en/board/change?a={PACKAGE}&add=M61", "M61"),
        (f"/en/board/change?a={PACKAGE}&measure=M01", "M01"),
        (f"/en/board/change?a={PACKAGE}&measure=M15&who=XXX", "XXX"),
        ("/en/why?outcome=happiness", "happiness"),
        ("/en/why?a=", "No package yet"),
        ("/ja/brief?a=M15.0.2031.u.USA", "政策パッケージはまだない"),
        ("/en/board/study?a=", "No package yet"),
    ],
)
def test_what_cannot_be_used_is_told(client: httpx.Client, path: str, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert said in answer.text


def test_board_without_script_shows_all_futures_and_applies_sliders(client: httpx.Client) -> None:
    text = client.get(f"/en/board?a={PACKAGE}&whole=true").text
    assert "256 futures" in text
    assert 'id="refine"' not in text
    answer = client.get(f"/en/board/change?a={PACKAGE}&s=4&s=1", follow_redirects=False)
    assert answer.status_code == 303
    assert "a=M15.100.2031.u.USA-GBR-FRA~M24.25.2028" in answer.headers["location"]


def test_measure_can_be_taken_out_from_its_settings(client: httpx.Client) -> None:
    form = f"/en/board/change?a={PACKAGE}&measure=M15&percent=10&drop=M15"
    answer = client.get(form, follow_redirects=False)
    assert answer.status_code == 303
    assert "a=M24.25" in answer.headers["location"]


def test_preview_is_labelled_and_refined(client: httpx.Client) -> None:
    text = client.get("/en/board?a=M12.33.2029.u.USA").text
    assert "Preview: 128 futures" in text
    assert "whole=true" in text


def test_address_of_another_version_is_told_and_not_silently_recomputed(client: httpx.Client) -> None:
    text = client.get(f"/en/board?a={PACKAGE}&v=0.0.9-old").text
    assert "This address was made with model 0.0.9-old" in text
    assert "This address was made" not in client.get(f"/en/board?a={PACKAGE}").text


def test_obstacle_is_said_beside_the_measure(client: httpx.Client) -> None:
    text = client.get("/en/board?a=M43.50.2030.u.USA").text
    assert "needs Cut non-strategic weapons or forgo new nuclear systems" in text


def test_study_file_of_the_board_loads(client: httpx.Client, tmp_path: Path) -> None:
    answer = client.get(f"/ja/board/study?a={PACKAGE}&b=M49.75.2028.r.USA-RUS&lens=balanced")
    assert "attachment" in answer.headers["content-disposition"]
    path = tmp_path / "board.yaml"
    path.write_bytes(answer.content)
    facts = load_facts()
    plan = load_study(path, facts, Laboratory(facts).world)
    assert [p.id for p in plan.packages] == ["package-a", "package-b"]
    assert plan.lenses == ("balanced",)


def test_crash_of_one_computation_leaves_the_board_and_the_server(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.laboratory.run

    def crash(uses: object, part: int) -> object:
        if uses:
            raise FloatingPointError("planted")
        return run((), part)

    monkeypatch.setattr(services.laboratory, "run", crash)
    answer = client.get("/ja/board?a=M20.45.2033.u.USA")
    assert answer.status_code == 500
    assert "この政策パッケージは計算できなかった" in answer.text
    assert 'name="s"' in answer.text
    assert "planted" not in answer.text
    monkeypatch.undo()
    assert client.get("/ja/board?a=M20.45.2033.u.USA").status_code == 200


def test_unprepared_laboratory_is_said_and_asked_again(client: httpx.Client, services: Services) -> None:
    services.laboratory.ready = False
    try:
        text = client.get(f"/en/board?a={PACKAGE}").text
    finally:
        services.laboratory.ready = True
    assert "The model is being prepared" in text
    assert 'hx-trigger="every 2s"' in text


def test_brief_waits_in_the_readers_language(client: httpx.Client) -> None:
    text = client.get(f"/ja/brief?a={PACKAGE}").text
    assert 'hx-trigger="every 2s"' in text
    assert client.get(f"/ja/brief/sheet?a={PACKAGE}").status_code == 503
