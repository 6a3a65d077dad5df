"""The brief of the board's packages: computed once, shown on a sheet, downloaded as one file."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from stepdown.charts.numbers import count
from stepdown.study.board.report import BoardReport
from stepdown.vocabulary.ids import LANGUAGES, Language
from stepdown.web.board.asked import State, Step
from stepdown.web.board.state import BoardState
from stepdown.web.brief.report import report_task
from stepdown.web.pages import LANGUAGE_NAMES, Link, render
from stepdown.web.problems import NotReadyError
from stepdown.web.services import Services
from stepdown.web.tasks import Task
from stepdown.web.words import Say

router = APIRouter()
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class BriefPage:
    """`sheet` is empty until the brief is there; `again` asks whether it is. `failure` is an error's id."""

    packages: tuple[str, ...]
    sheet: str
    sheets: tuple[Link, ...]
    downloads: tuple[Link, ...]
    again: str
    progress: str
    failure: str
    board: str


@router.get("/brief", response_class=HTMLResponse)
def brief(
    request: Request,
    language: Language,
    state: State,
    h: Step = 0,
    sheet: Annotated[Language | None, Query(description="Language of the sheet.")] = None,
) -> Response:
    """Preview and export. The brief is computed in the background; the page asks again until it is there."""
    services: Services = request.app.state.services
    query = state.query(services.model_version)
    here = f"/{language}/brief?{query}"
    task = report_task(services, state, request.state.session.id, date.today())
    say, shown = Say(language), sheet or language
    page = BriefPage(
        packages=tuple(letter.upper() for letter in state.packages),
        sheet=f"/{shown}/brief/sheet?{query}" if task.result else "",
        sheets=tuple(Link(LANGUAGE_NAMES[x], f"{here}&sheet={x}", x == shown, x) for x in LANGUAGES),
        downloads=tuple(
            Link(say("brief.download", language=LANGUAGE_NAMES[x]), f"/{x}/brief/file?{query}", False, x)
            for x in sorted(LANGUAGES, key=lambda x: x != shown)
        ),
        again="" if task.over else f"{here}&sheet={shown}",
        progress=_progress(say, task),
        failure=task.failure,
        board=f"/{language}/board?{query}",
    )
    return render(request, "brief/page.html.j2", page, status=500 if task.failure else 200, here=here)


@router.get("/brief/sheet", response_class=HTMLResponse)
def sheet(request: Request, language: Language, state: State, h: Step = 0) -> Response:
    """The brief itself, to stand in a frame of our own page."""
    text = _finished(request, state).briefs[language]
    query = state.query(request.app.state.services.model_version)
    for other in LANGUAGES:
        address = f"/{other}/brief/sheet?{query}".replace("&", "&amp;")
        text = text.replace(f'href="brief.{other}.html"', f'href="{address}"')
    hashes = " ".join(f"'sha256-{_sha256(style)}'" for style in STYLE.findall(text))
    policy = f"default-src 'none'; img-src data:; style-src {hashes}; base-uri 'none'; frame-ancestors 'self'"
    headers = {"content-security-policy": policy, "x-frame-options": "SAMEORIGIN"}
    return HTMLResponse(text, headers=headers)


@router.get("/brief/file", response_class=HTMLResponse)
def file(request: Request, language: Language, state: State, h: Step = 0) -> Response:
    """The brief as one file that needs nothing else."""
    text = _finished(request, state).briefs[language]
    disposition = f'attachment; filename="stepdown-brief.{language}.html"'
    return HTMLResponse(text, headers={"content-disposition": disposition})


def _finished(request: Request, state: BoardState) -> BoardReport:
    task = report_task(request.app.state.services, state, request.state.session.id, date.today())
    if task.result is None:
        raise NotReadyError
    return task.result


def _progress(say: Say, task: Task[BoardReport]) -> str:
    if task.over:
        return ""
    if not task.begun:
        return say("brief.waiting")
    if not task.total:
        return say("brief.begun")
    done, total = count(task.done, say.language), count(task.total, say.language)
    return say("brief.under_way", done=done, total=total)


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
