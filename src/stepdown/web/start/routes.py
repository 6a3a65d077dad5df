"""The start page."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from stepdown.charts.numbers import count
from stepdown.study.board import Catalogue
from stepdown.vocabulary.ids import Language
from stepdown.web.board.state import LETTERS, BoardState, Chosen
from stepdown.web.pages import render
from stepdown.web.services import Services
from stepdown.web.start.workshop import router as workshop

router = APIRouter()
router.include_router(workshop)


@dataclass(frozen=True)
class Question:
    """A ready-made study: its name, its question, the board with its packages."""

    label: str
    question: str
    href: str


@dataclass(frozen=True)
class StartPage:
    """The doors: the board, and a board for each ready-made question."""

    board: str
    questions: tuple[Question, ...]
    futures: str


@router.get("/", response_class=HTMLResponse)
def start(request: Request, language: Language) -> HTMLResponse:
    """What stepdown is, its limits, and the doors."""
    services: Services = request.app.state.services
    page = StartPage(
        f"/{language}/board",
        _questions(services.catalogue, language, services.model_version),
        count(services.settings.futures, language),
    )
    return render(request, "start/page.html.j2", page)


def _questions(catalogue: Catalogue, language: Language, version: str) -> tuple[Question, ...]:
    found = []
    for study in catalogue.studies:
        packages = {
            letter: tuple(Chosen.of(use) for use in package.uses)
            for letter, package in zip(LETTERS, study.packages, strict=False)
        }
        query = BoardState(packages).query(version)
        found.append(
            Question(study.label.text(language), study.question.text(language), f"/{language}/board?{query}")
        )
    return tuple(found)
