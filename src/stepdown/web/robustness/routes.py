"""Packages beside one another under every lens, and the conditions under which one of them backfires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.vocabulary.ids import Language
from stepdown.web.board.asked import State, Step
from stepdown.web.board.model import name_of, uses
from stepdown.web.board.state import BoardState
from stepdown.web.board.view import Voice
from stepdown.web.pages import Link, render
from stepdown.web.problems import Complaint, UnusableError, not_among
from stepdown.web.robustness.assemble import box, matrix
from stepdown.web.robustness.context import RobustnessPage
from stepdown.web.robustness.tasks import comparison_task, conditions_task
from stepdown.web.services import Services

router = APIRouter()
Uses = tuple[MeasureUse, ...]
LETTERS = "ABCDE"


@router.get("/robustness", response_class=HTMLResponse)
def robustness(
    request: Request,
    language: Language,
    state: State,
    h: Step = 0,
    outcome: Annotated[str, Query(max_length=40, description="The outcome that is compared.")] = "use_risk",
    study: Annotated[str, Query(max_length=60, description="A ready-made study; else the board's.")] = "",
    look: Annotated[str, Query(max_length=1, description="Letter of the package to look into.")] = "",
) -> HTMLResponse:
    """The tray of the board, or the packages of a ready-made study. Computed in the background."""
    services: Services = request.app.state.services
    packages, names = _packages(services, state, study)
    chosen = look or (state.edit.upper() if state.edit.upper() in packages else next(iter(packages), ""))
    _refuse(services, packages, outcome, study, chosen)
    here = f"/{language}/robustness?{state.query(services.model_version)}"
    voice, reader = Voice(services.catalogue, language), request.state.session.id
    table = comparison_task(services, packages, outcome, reader)
    found = conditions_task(services, packages[chosen], chosen, outcome, reader)
    waits = not all(task is not None and task.over for task in (table, found))
    kept = f"{here}&study={study}" if study else here
    page = RobustnessPage(
        _studies(voice, here, study, outcome),
        tuple(
            Link(voice.outcome(o.id), f"{kept}&outcome={o.id}&look={chosen}", o.id == outcome)
            for o in services.catalogue.outcomes
        ),
        tuple(Link(x, f"{kept}&outcome={outcome}&look={x}", x == chosen) for x in packages),
        chosen,
        len(packages) == 1,
        matrix(voice, table.result, names) if table and table.result else None,
        table.failure if table else "",
        box(voice, found.result, chosen) if found and found.result else None,
        found.failure if found else "",
        f"{kept}&outcome={outcome}&look={chosen}" if waits else "",
        f"/{language}/board?{state.query(services.model_version)}",
    )
    failed = page.matrix_failure or page.box_failure
    canonical = f"{kept}&outcome={outcome}&look={chosen}"
    return render(request, "robustness/page.html.j2", page, status=500 if failed else 200, here=canonical)


def _packages(
    services: Services, state: BoardState, study: str
) -> tuple[dict[str, Uses], dict[str, Bilingual]]:
    """What is compared, by letter, with names."""
    if study:
        ready = [p for s in services.catalogue.studies if s.id == study for p in s.packages]
        lettered = dict(zip(LETTERS, ready, strict=False))
        return {x: p.uses for x, p in lettered.items()}, {x: p.label for x, p in lettered.items()}
    acting = {
        letter.upper(): asked
        for letter, package in sorted(state.packages.items())
        if (asked := uses(services, package))
    }
    return acting, {letter: name_of(services.catalogue, letter, state) for letter in acting}


def _refuse(services: Services, packages: Mapping[str, Uses], outcome: str, study: str, look: str) -> None:
    known, studies = [o.id for o in services.catalogue.outcomes], [s.id for s in services.catalogue.studies]
    complaints = [not_among("outcome", outcome, known)] if outcome not in known else []
    if study and study not in studies:
        complaints.append(not_among("study", study, studies))
    elif not packages:
        complaints.append(Complaint("a", key="board.empty_state"))
    elif look not in packages:
        complaints.append(not_among("look", look, packages))
    if complaints:
        raise UnusableError(complaints)


def _studies(voice: Voice, here: str, study: str, outcome: str) -> tuple[Link, ...]:
    tray = Link(voice.say("robustness.tray"), f"{here}&outcome={outcome}", not study)
    ready = (
        Link(s.label.heading(voice.language), f"{here}&study={s.id}&outcome={outcome}", s.id == study)
        for s in voice.catalogue.studies
    )
    return (tray, *ready)
