"""Language, theme, errors, limits and protection: what surrounds every page."""

from __future__ import annotations

import re

import httpx
import pytest
from tests.web.server import serving

from stepdown.web import Settings, create_app
from stepdown.web.services import Services
from stepdown.web.theme import own_address

FORM = {"content-type": "application/x-www-form-urlencoded"}


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/en/").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("wish", "language"),
    [("ja,en;q=0.5", "ja"), ("de", "en"), ("fr;q=0.9, ja;q=0.2, en;q=0.1", "ja"), ("en;q=x", "en")],
)
def test_front_door_leads_to_the_readers_language(client: httpx.Client, wish: str, language: str) -> None:
    answer = client.get("/", headers={"accept-language": wish})
    assert (answer.status_code, answer.headers["location"]) == (307, f"/{language}/")


def test_languages_link_the_same_page_with_its_settings(client: httpx.Client) -> None:
    assert 'href="/ja/nowhere?x=1&amp;y=2"' in client.get("/en/nowhere?x=1&y=2").text


@pytest.mark.parametrize(("path", "said"), [("/en/nowhere", "No such page"), ("/ja/nowhere", "ページがない")])
def test_unknown_page_is_told_in_the_readers_language(client: httpx.Client, path: str, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert said in answer.text


def test_unknown_setting_is_refused_with_help(client: httpx.Client) -> None:
    answer = client.get("/ja/?colour=red")
    assert answer.status_code == 422
    assert "「colour」" in answer.text


def test_every_answer_carries_the_security_headers(client: httpx.Client) -> None:
    for path in ("/en/", "/en/nowhere", "/static/x/y", "/"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/x/..%2f..%2fapp.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static//etc/passwd",
        "/en/..%2f..%2fetc/passwd",
    ],
)
def test_no_path_leaves_its_folder(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_theme_is_a_signed_choice(client: httpx.Client) -> None:
    form = {"theme": "dark", "csrf": token(client), "back": "/ja/"}
    answer = client.post("/en/theme", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ja/")
    assert 'data-theme="dark"' in client.get("/en/").text
    cookie = client.cookies["stepdown"]
    client.cookies.set("stepdown", cookie[:-2] + ("aa" if cookie[-2:] != "aa" else "bb"))
    assert "data-theme" not in client.get("/en/", headers={"cookie": f"stepdown={cookie[:-3]}xyz"}).text


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: httpx.Client) -> None:
    cookie = client.get("/en/").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("given", [None, "", "wrong", "a.b"])
def test_change_without_our_token_is_refused(client: httpx.Client, given: str | None) -> None:
    client.get("/en/")
    form = {"theme": "dark"} | ({"csrf": given} if given is not None else {})
    assert client.post("/en/theme", data=form).status_code in (403, 422)
    assert "data-theme" not in client.get("/en/").text


def test_token_of_one_reader_is_worth_nothing_to_another(client: httpx.Client, address: str) -> None:
    mine = token(client)
    with httpx.Client(base_url=address) as other:
        other.get("/en/")
        assert other.post("/en/theme", data={"theme": "dark", "csrf": mine}).status_code == 403


def test_change_from_another_site_is_refused(client: httpx.Client) -> None:
    form = {"theme": "dark", "csrf": token(client)}
    answer = client.post("/en/theme", data=form, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("back", "kept"),
    [("/ja/?a=1", True), ("//evil.example", False), ("https://evil.example", False), ("/\\evil", False)],
)
def test_way_back_stays_on_this_server(back: str, kept: bool) -> None:
    assert (own_address(back, "/en/") == back) == kept


def test_limits_of_size_and_rate(services: Services) -> None:
    tight = Settings(body=1000, query=200, rate=1.0, burst=5)
    with serving(create_app(tight, services)) as address, httpx.Client(base_url=address) as client:
        assert client.post("/en/theme", content=b"x" * 2000).status_code == 413
        assert (
            client.post("/en/theme", content=iter([b"x" * 800, b"y" * 800]), headers=FORM).status_code == 413
        )
        assert client.get(f"/en/?q={'x' * 300}").status_code == 414
        # On a busy machine the allowance refills between two questions: any refusal will do.
        answers = [client.get("/en/nowhere") for _ in range(12)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["retry-after"]) >= 1


def test_server_answers_to_its_own_names_only(client: httpx.Client) -> None:
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400


def test_crash_is_told_with_an_id_and_the_server_goes_on(services: Services) -> None:
    app = create_app(Settings(), services)

    @app.get("/{language}/crash")
    def crash(language: str) -> None:
        raise RuntimeError("secret detail")

    with serving(app) as address, httpx.Client(base_url=address) as client:
        answer = client.get("/ja/crash")
        assert answer.status_code == 500
        assert "エラー番号" in answer.text
        assert "secret detail" not in answer.text
        assert "content-security-policy" in answer.headers
        assert client.get("/ja/").status_code == 200
