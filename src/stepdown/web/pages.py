"""From a typed page context to an answer: a template may use `page`, `frame` and `say`, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from stepdown import __version__
from stepdown.charts.numbers import day
from stepdown.vocabulary.ids import LANGUAGES, Language
from stepdown.web import csrf
from stepdown.web.assets import addresses
from stepdown.web.language import in_language, language_of
from stepdown.web.sessions import Session
from stepdown.web.words import Say

LANGUAGE_NAMES: Mapping[Language, str] = {"en": "English", "ja": "日本語"}


@dataclass(frozen=True)
class Link:
    """A place to go: its words, its address, whether the reader is there."""

    label: str
    href: str
    current: bool
    lang: str = ""


@dataclass(frozen=True)
class Frame:
    """What surrounds every page. `here` is the address without the server; `assets` by short name.

    `model` and `today` stand below a page on paper.

    `csrf` is empty where no session could be read; forms that change something are then left out.
    """

    language: Language
    navigation: tuple[Link, ...]
    languages: tuple[Link, ...]
    theme: str
    csrf: str
    here: str
    version: str
    digest: str
    model: str
    today: str
    assets: Mapping[str, str]


def render(
    request: Request,
    template: str,
    page: object,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    here: str = "",
) -> HTMLResponse:
    """The page as HTML in the language of its address. `template` is a path below this package.

    `here` replaces the address that the languages and the theme lead back to.
    """
    language = language_of(request)
    text = markup(template, page, language, frame_of(request, language, here))
    answer = HTMLResponse(text, status, dict(headers or {}))
    answer.headers.setdefault("cache-control", "private, no-cache")
    answer.headers.setdefault("content-language", language)
    answer.headers.setdefault("vary", "cookie, hx-request")
    return answer


def markup(template: str, page: object, language: Language, frame: Frame | None) -> str:
    """The rendered template."""
    return _environment().get_template(template).render(page=page, frame=frame, say=Say(language))


def frame_of(request: Request, language: Language, here: str = "") -> Frame:
    """The frame of a request."""
    from stepdown.web.screens import SCREENS

    path, query = request.url.path, request.url.query
    here = here or (f"{path}?{query}" if query else path)
    say = Say(language)
    session = getattr(request.state, "session", None)
    state = _board_state(here, session)
    navigation = tuple(
        Link(
            say(f"{s.id}.nav"),
            f"/{language}{s.path}{state if s.of_board else ''}",
            _inside(path, f"/{language}{s.path}"),
        )
        for s in SCREENS
        if s.in_navigation
    )
    languages = tuple(
        Link(LANGUAGE_NAMES[other], in_language(here, other), other == language, other) for other in LANGUAGES
    )
    token = csrf.token(request.state.secret, session.id) if session else ""
    services = getattr(request.app.state, "services", None) if "app" in request.scope else None
    digest = services.digest if services is not None else ""
    model = services.model_version if services is not None else ""
    today = day(date.today().isoformat(), language)
    theme = session.theme if session else ""
    return Frame(
        language, navigation, languages, theme, token, here, __version__, digest, model, today, addresses()
    )


def _board_state(here: str, session: Session | None) -> str:
    """The board's part of an address, else what the reader had on the board last; with its question mark."""
    from stepdown.web.board.history import History
    from stepdown.web.board.state import LETTERS, SETTINGS

    given = [(k, v) for k, v in parse_qsl(urlsplit(here).query, keep_blank_values=True) if k in SETTINGS]
    if not any(k in LETTERS for k, _ in given):
        last = session.of(History).last if session else ""
        return f"?{last}" if last else ""
    return f"?{urlencode(given, safe='~.-_')}"


def _inside(path: str, home: str) -> bool:
    return path == home or (not home.endswith("/") and path.startswith(f"{home}/"))


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("stepdown.web", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
