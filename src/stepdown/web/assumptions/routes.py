"""Inputs, disputes, and other priors for a session."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from stepdown.charts.numbers import count
from stepdown.study.assumptions import (
    Fault,
    Shifts,
    Weights,
    faults,
    input_cards,
    lens_cards,
    shifts,
    switch_cards,
    weights,
)
from stepdown.vocabulary.ids import Language
from stepdown.web.assumptions.assemble import Sort, inputs_page
from stepdown.web.assumptions.changed import change_rows, effect_rows, effects_table
from stepdown.web.assumptions.context import ChangesPage, LensesPage, Tabs
from stepdown.web.assumptions.details import input_page
from stepdown.web.assumptions.disputes import disputes, schools
from stepdown.web.assumptions.session import MOST, Priors, Typed
from stepdown.web.board.asked import State, Step
from stepdown.web.board.model import uses
from stepdown.web.board.state import BoardState, code_of
from stepdown.web.board.view import Voice, package_name
from stepdown.web.pages import Link, render
from stepdown.web.problems import UnusableError, not_among
from stepdown.web.services import Services
from stepdown.web.tasks import Task
from stepdown.web.words import Say

router = APIRouter()
Outcome = Annotated[str, Query(max_length=40, description="The outcome whose change is weighed.")]
Symbol = Annotated[str, Path(max_length=40, description="Symbol of an input.")]
Field = Annotated[str, Form(max_length=60)]
Token = Annotated[str, Form(max_length=200)]
View = Literal["inputs", "lenses", "changes"]


@router.get("/assumptions", response_class=HTMLResponse)
def assumptions(
    request: Request,
    language: Language,
    state: State,
    h: Step = 0,
    outcome: Outcome = "use_risk",
    part: Annotated[str, Query(max_length=40, description="Part of the model.")] = "",
    sort: Sort = "influence",
    every: Annotated[bool, Query(description="All inputs instead of the first.")] = False,
) -> HTMLResponse:
    """Every input with its basis, beside its influence on what a package does."""
    services: Services = request.app.state.services
    known = _known(services, outcome)
    cards = input_cards(services.facts, services.laboratory.world)
    parts = sorted({card.part for card in cards})
    if part and part not in parts:
        raise UnusableError([not_among("part", part, parts)])
    query = state.query(services.model_version)
    voice = Voice(services.catalogue, language)
    kept = f"&part={part}&sort={sort}" if part else f"&sort={sort}"
    links = tuple(
        Link(voice.outcome(name), f"/{language}/assumptions?{query}&outcome={name}{kept}", name == outcome)
        for name in known
    )
    task = _weights(services, state, outcome, request.state.session.id)
    page = inputs_page(
        language,
        _tabs(request, language, state, "inputs"),
        links,
        cards,
        task,
        request.state.session.of(Priors),
        query,
        outcome,
        part,
        sort,
        every,
    )
    return render(request, "assumptions/page.html.j2", page, status=500 if page.failure else 200)


@router.get("/assumptions/lenses", response_class=HTMLResponse)
def lenses(request: Request, language: Language, state: State, h: Step = 0) -> HTMLResponse:
    """The schools of thought, and both sides of every dispute with their references."""
    facts, say = request.app.state.services.facts, Say(language)
    found = lens_cards(facts)
    page = LensesPage(
        _tabs(request, language, state, "lenses"),
        schools(say, found),
        disputes(say, switch_cards(facts), found),
    )
    return render(request, "assumptions/lenses.html.j2", page)


@router.get("/assumptions/input/{symbol}", response_class=HTMLResponse)
def one_input(
    request: Request,
    language: Language,
    symbol: Symbol,
    state: State,
    h: Step = 0,
    outcome: Outcome = "use_risk",
) -> HTMLResponse:
    """One input: distribution, basis, pedigree, and a form to try another prior."""
    _known(request.app.state.services, outcome)
    kept = request.state.session.of(Priors).last(symbol)
    return _input(request, language, symbol, state, Typed.of(kept) if kept else None, (), outcome)


@router.post("/assumptions/change", response_class=HTMLResponse, responses={303: {"description": "kept"}})
def change(
    request: Request,
    language: Language,
    state: State,
    csrf: Token,
    symbol: Field,
    kind: Field,
    cell: Field = "*",
    low: Field = "",
    middle: Field = "",
    high: Field = "",
    h: Step = 0,
) -> Response:
    """Keep another prior for this session; what cannot be used is said beside the form, nothing is lost."""
    services: Services = request.app.state.services
    priors: Priors = request.state.session.of(Priors)
    typed = Typed(cell, kind, low, middle, high)
    edit, wrong = typed.edit(symbol)
    if edit is not None:
        wrong = faults(services.facts, services.laboratory.world, edit)
        if not wrong and len(priors.edits) >= MOST and (symbol, edit.cell) not in priors.edits:
            wrong = (Fault("symbol", "many"),)
    if edit is None or wrong:
        return _input(request, language, symbol, state, typed, wrong)
    priors.put(edit)
    return _to_changes(services, language, state)


@router.post("/assumptions/reset", status_code=303, response_class=RedirectResponse)
def reset(
    request: Request,
    language: Language,
    state: State,
    csrf: Token,
    symbol: Field = "",
    cell: Field = "*",
    h: Step = 0,
) -> RedirectResponse:
    """Take one change back, or all of them where no symbol is given."""
    request.state.session.of(Priors).drop(symbol, cell)
    return _to_changes(request.app.state.services, language, state)


@router.get("/assumptions/changes", response_class=HTMLResponse)
def changes(request: Request, language: Language, state: State, h: Step = 0) -> HTMLResponse:
    """What this session has changed, and what that changes in the package's effects, future by future."""
    services: Services = request.app.state.services
    priors: Priors = request.state.session.of(Priors)
    say, query = Say(language), state.query(services.model_version)
    asked = uses(services, state.package)
    task: Task[Shifts] | None = None
    if priors.edits and asked and services.ready:
        edits = tuple(priors.edits.values())
        task = services.tasks.get(
            f"priors {code_of(state.package)} {edits!r}",
            f"{request.state.session.id} priors",
            lambda report: shifts(services.laboratory, edits, asked),
        )
    cards = {card.symbol: card for card in input_cards(services.facts, services.laboratory.world)}
    found = task.result if task else None
    waits = bool(priors.edits and asked) and not (task and task.over)
    page = ChangesPage(
        _tabs(request, language, state, "changes"),
        change_rows(say, cards, priors.edits, query),
        f"/{language}/assumptions/reset?{query}",
        effect_rows(say, found.shifts, state.edit.upper()) if found else (),
        effects_table(say, found.shifts) if found else None,
        _told(say, found) if found else "",
        f"/{language}/assumptions/changes?{query}" if waits else "",
        task.failure if task else "",
        not asked,
        f"/{language}/assumptions?{query}",
    )
    return render(request, "assumptions/changes.html.j2", page, status=500 if page.failure else 200)


def _told(say: Say, found: Shifts) -> str:
    futures, failed = (count(n, say.language) for n in (found.futures, found.failed))
    told = say("assumptions.effects_told", futures=futures)
    return f"{told} {say('assumptions.failed', failed=failed)}" if found.failed else told


def _input(
    request: Request,
    language: Language,
    symbol: str,
    state: BoardState,
    typed: Typed | None,
    wrong: tuple[Fault, ...],
    outcome: str = "use_risk",
) -> HTMLResponse:
    services: Services = request.app.state.services
    query = state.query(services.model_version)
    task = _weights(services, state, outcome, request.state.session.id)
    page = input_page(
        Say(language),
        services.facts,
        services.laboratory.world,
        symbol,
        _tabs(request, language, state, "inputs"),
        query,
        task.result if task else None,
        typed,
        wrong,
    )
    here = f"/{language}/assumptions/input/{symbol}?{query}"
    return render(request, "assumptions/input.html.j2", page, status=422 if wrong else 200, here=here)


def _known(services: Services, outcome: str) -> list[str]:
    """The outcomes that can be asked for; raises UnusableError where this is none of them."""
    known = [o.id for o in services.catalogue.outcomes]
    if outcome not in known:
        raise UnusableError([not_among("outcome", outcome, known)])
    return known


def _weights(services: Services, state: BoardState, outcome: str, reader: str) -> Task[Weights] | None:
    """None where there is nothing to weigh yet: the laboratory is not ready."""
    if not services.ready:
        return None
    asked = uses(services, state.package)
    return services.tasks.get(
        f"weigh {outcome} {code_of(state.package)}",
        f"{reader} weigh",
        lambda report: weights(services.laboratory, asked, outcome),
    )


def _to_changes(services: Services, language: Language, state: BoardState) -> RedirectResponse:
    query = state.query(services.model_version)
    return RedirectResponse(f"/{language}/assumptions/changes?{query}", status_code=303)


def _tabs(request: Request, language: Language, state: BoardState, view: View) -> Tabs:
    services: Services = request.app.state.services
    query = state.query(services.model_version)
    say = Say(language)
    kept = len(request.state.session.of(Priors).edits)
    paths = {"inputs": "", "lenses": "/lenses", "changes": "/changes"}
    links = tuple(
        Link(
            say(f"assumptions.tab_{name}", **({"count": kept} if name == "changes" else {})),
            f"/{language}/assumptions{path}?{query}",
            name == view,
        )
        for name, path in paths.items()
    )
    package = package_name(Voice(services.catalogue, language), state.package)
    told = say("assumptions.package", letter=state.edit.upper(), name=package)
    return Tabs(links, told, f"/{language}/board?{query}")
