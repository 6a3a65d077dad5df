"""The worked pathways: a list, a page for each, and its file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BeforeValidator, Field

from stepdown.contracts.pathways import Pathway
from stepdown.study.pathways import PathwayRun, shipped_pathways
from stepdown.study.pathways.rivals import RivalCase, what_if_rivals
from stepdown.study.pathways.show import (
    Lines,
    StressTest,
    log_of,
    shocks_to_choose,
    simulated,
    stress_tests,
)
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import Language
from stepdown.web.pages import render
from stepdown.web.pathways.view import Asked, Parts, list_page, pathway_page
from stepdown.web.problems import UnusableError, not_among
from stepdown.web.services import Services
from stepdown.web.tasks import Task

router = APIRouter()
FUTURES = 500
"""Futures behind a pathway: it is run some thirty times, once for each variant, rival and shock."""
Name = Annotated[str, Path(max_length=80)]
Number = Annotated[Annotated[int, Field(ge=1, le=9999)] | None, BeforeValidator(lambda value: value or None)]
"""A whole number; a field that was left empty is none."""


@router.get("/pathways", response_class=HTMLResponse)
def pathways(request: Request, language: Language) -> HTMLResponse:
    """The worked pathways."""
    plans = request.app.state.services.pathways
    return render(request, "pathways/page.html.j2", list_page(plans, language))


@router.get("/pathways/{pathway}", response_class=HTMLResponse)
def pathway(
    request: Request,
    language: Language,
    pathway: Name,
    shock: Annotated[str, Query(max_length=60, description="A shock of your own: kind:subject.")] = "",
    year: Annotated[Number, Query(description="Year of the shock.")] = None,
    future: Annotated[Number, Query(description="One future, by number from 1.")] = None,
) -> HTMLResponse:
    """One pathway. What it does in the futures is computed in the background, part by part."""
    services: Services = request.app.state.services
    plan = _named(services, pathway)
    asked = _asked(services, plan, shock, year, future)
    parts = _parts(services, plan, asked, request.state.session.id)
    page = pathway_page(plan, services.facts, asked, parts, language)
    failed = any(task is not None and task.failure for task in parts.tasks)
    return render(request, "pathways/pathway.html.j2", page, status=500 if failed else 200)


@router.get("/pathways/{pathway}/file", response_class=Response)
def file(request: Request, language: Language, pathway: Name) -> Response:
    """The pathway as the file that `stepdown pathway` reads."""
    plan = _named(request.app.state.services, pathway)
    headers = {"content-disposition": f'attachment; filename="{plan.id}.yaml"'}
    return Response(
        shipped_pathways()[plan.id].read_bytes(),
        media_type="application/yaml; charset=utf-8",
        headers=headers,
    )


def _named(services: Services, name: str) -> Pathway:
    known = {plan.id: plan for plan in services.pathways}
    if name not in known:
        raise UnknownNameError("pathway", name, known)
    return known[name]


def _asked(services: Services, plan: Pathway, shock: str, year: int | None, future: int | None) -> Asked:
    """What the reader asks of the pathway; raises UnusableError."""
    choices = dict(shocks_to_choose(plan, services.facts))
    first, last = plan.horizon.start, plan.horizon.end
    wrong = []
    if shock and shock not in choices:
        wrong.append(not_among("shock", shock, choices))
    if year is not None and not first < year < last:
        wrong.append(not_among("year", str(year), (f"{first + 1}–{last - 1}",)))
    futures = _futures(services)
    if future is not None and future > futures:
        wrong.append(not_among("future", str(future), (f"1–{futures}",)))
    if wrong:
        raise UnusableError(wrong)
    return Asked(shock, year or (first + last) // 2, future, futures, services.settings.seed, choices)


def _futures(services: Services) -> int:
    return min(FUTURES, services.settings.futures)


def _parts(services: Services, plan: Pathway, asked: Asked, reader: str) -> Parts:
    """The tasks of a page: the run, and once it is there what starts from it."""
    facts, tasks = services.facts, services.tasks
    run: Task[PathwayRun] = tasks.get_or_wait(
        f"pathway {plan.id}",
        f"{reader} pathway",
        lambda report: simulated(plan, facts, asked.futures, asked.seed, report),
    )
    found = run.result
    if found is None:
        return Parts(run)
    own: Task[Lines] | None = None
    if asked.shock or asked.future:
        text = f"{asked.shock}:{asked.year}" if asked.shock else ""
        future = asked.future - 1 if asked.future else None
        own = tasks.get_or_wait(
            f"pathway {plan.id} {text} {future}",
            f"{reader} pathway own",
            lambda report: log_of(found, future, text),
        )
    stress: Task[tuple[StressTest, ...]] = tasks.get_or_wait(
        f"pathway {plan.id} stress", f"{reader} pathway stress", lambda report: stress_tests(found, report)
    )
    rivals: Task[tuple[RivalCase, ...]] = tasks.get_or_wait(
        f"pathway {plan.id} rivals", f"{reader} pathway rivals", lambda report: what_if_rivals(found.setting)
    )
    return Parts(run, stress, rivals, own)
