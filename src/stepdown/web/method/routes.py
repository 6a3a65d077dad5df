"""Method: what the model is, how far it may be trusted, what it was checked against, what changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from stepdown.contracts.facts.facts import Facts
from stepdown.vocabulary.ids import Language
from stepdown.web.method import pages
from stepdown.web.method.backcasts import backcasts_page
from stepdown.web.pages import render

router = APIRouter()


def _facts(request: Request) -> Facts:
    facts: Facts = request.app.state.services.facts
    return facts


@router.get("/method", response_class=HTMLResponse)
def overview(request: Request, language: Language) -> HTMLResponse:
    """What the model is, what it cannot say, and where its quality is told."""
    return render(request, "method/page.html.j2", pages.overview_page(_facts(request), language))


@router.get("/method/credibility", response_class=HTMLResponse)
def credibility(request: Request, language: Language) -> HTMLResponse:
    """Nine factors, and what was counted."""
    return render(request, "method/credibility.html.j2", pages.credibility_page(_facts(request), language))


@router.get("/method/switches", response_class=HTMLResponse)
def switches(request: Request, language: Language) -> HTMLResponse:
    """What is disputed, who holds which side, what an option changes at the start."""
    return render(request, "method/switches.html.j2", pages.switches_page(_facts(request), language))


@router.get("/method/validation", response_class=HTMLResponse)
def validation(request: Request, language: Language) -> HTMLResponse:
    """Known answers of the literature beside what the code finds."""
    return render(request, "method/validation.html.j2", pages.validation_page(_facts(request), language))


@router.get("/method/calibration", response_class=HTMLResponse)
def calibration(request: Request, language: Language) -> HTMLResponse:
    """The report on the calibrated ensemble."""
    return render(request, "method/text.html.j2", pages.calibration_page(language))


@router.get("/method/backcasts", response_class=HTMLResponse)
def backcasts(request: Request, language: Language) -> HTMLResponse:
    """Periods of the past replayed, with hits and misses."""
    page = backcasts_page(request.app.state.services, language)
    return render(request, "method/backcasts.html.j2", page)


@router.get("/method/description", response_class=HTMLResponse)
def description(request: Request, language: Language) -> HTMLResponse:
    """The ODD description of the model."""
    return render(request, "method/text.html.j2", pages.description_page(_facts(request), language))


@router.get("/method/changes", response_class=HTMLResponse)
def changes(request: Request, language: Language) -> HTMLResponse:
    """What the baseline of this release is made of, and what changed."""
    return render(request, "method/changes.html.j2", pages.changes_page(_facts(request), language))


@router.get("/method/notes", response_class=HTMLResponse)
def notes(request: Request, language: Language) -> HTMLResponse:
    """Method notes and derivations."""
    return render(request, "method/notes.html.j2", pages.notes_page(language))


@router.get("/method/notes/{note}", response_class=HTMLResponse)
def note(request: Request, language: Language, note: Annotated[str, Path(max_length=40)]) -> HTMLResponse:
    """One note."""
    return render(request, "method/text.html.j2", pages.note_page(language, note))
