"""The start page."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from stepdown.vocabulary.ids import Language
from stepdown.web.pages import render

router = APIRouter()


@dataclass(frozen=True)
class StartPage:
    """What the template of the start page may use."""

    title: str


@router.get("/", response_class=HTMLResponse)
def start(request: Request, language: Language) -> HTMLResponse:
    """What stepdown is, its limits, and the doors."""
    return render(request, "start/page.html.j2", StartPage("stepdown"))
