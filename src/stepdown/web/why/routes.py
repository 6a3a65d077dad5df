"""Why a package changes an outcome: by mechanism, by condition, and future by future."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from stepdown.charts import Figure, evidence_dot
from stepdown.charts.courses import course_chart
from stepdown.charts.element import Element
from stepdown.charts.numbers import changes, count, middle, share
from stepdown.contracts.effects import ALL_LENSES, DecidingInput
from stepdown.study.board import HORIZON, Look, dissenters
from stepdown.study.why import WhyReport, why_of
from stepdown.vocabulary.ids import Language
from stepdown.web.board.asked import State, Step
from stepdown.web.board.model import plan_of, uses
from stepdown.web.board.state import BoardState
from stepdown.web.board.view import Voice, package_name
from stepdown.web.desk import SupersededError
from stepdown.web.pages import Link, render
from stepdown.web.problems import Complaint, UnusableError, not_among
from stepdown.web.robustness.assemble import box
from stepdown.web.robustness.context import Box
from stepdown.web.robustness.tasks import conditions_task
from stepdown.web.services import Services
from stepdown.web.tasks import Task

router = APIRouter()
FUTURES = 256
"""Futures behind the parts by mechanism: each mechanism asks for a run of its own."""
PATIENCE = 1.5
"""Seconds after which the page is sent without the futures that disagree."""


@dataclass(frozen=True)
class Mechanisms:
    """The effect by mechanism, or what is still awaited."""

    figure: Figure | None
    notes: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    waiting: bool
    failure: str


@dataclass(frozen=True)
class ConditionRow:
    """An input that decides whether the package backfires."""

    condition: str
    importance: str
    low: str
    high: str
    evidence: Element


@dataclass(frozen=True)
class Conditions:
    """When the package backfires: `box` in words and, where there is one, drawn; inputs that decide by
    themselves; `more`: where all of it stands. `box` is None while it is searched for."""

    box: Box | None
    rows: tuple[ConditionRow, ...]
    more: str
    waiting: bool
    failure: str


@dataclass(frozen=True)
class Course:
    """One future that disagrees."""

    title: str
    lens: str
    figure: Figure


@dataclass(frozen=True)
class WhyPage:
    """`again` asks for the page again while parts of it are computed."""

    letter: str
    package: str
    outcome: str
    effect: str
    outcomes: tuple[Link, ...]
    lens: str
    mechanisms: Mechanisms
    conditions: Conditions
    courses: tuple[Course, ...]
    dissent: str
    again: str
    board: str


@router.get("/why", response_class=HTMLResponse)
async def why(
    request: Request,
    language: Language,
    state: State,
    h: Step = 0,
    outcome: Annotated[str, Query(max_length=40, description="The outcome that is explained.")] = "use_risk",
) -> Response:
    """One package and one outcome. What takes long is computed in the background."""
    services: Services = request.app.state.services
    known = [o.id for o in services.catalogue.outcomes]
    if outcome not in known:
        raise UnusableError([not_among("outcome", outcome, known)])
    looks: Look | None = None
    if services.ready:
        asked = services.desk.ask(f"{request.state.session.id} why", [uses(services, state.package)], True)
        try:
            (looks,) = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(asked)), PATIENCE)
        except SupersededError:
            return Response(status_code=204)
        except TimeoutError:
            pass  # the page comes without them and asks again; what was computed is remembered
    reader = request.state.session.id
    page = await run_in_threadpool(_page, services, language, state, outcome, looks, reader)
    failed = page.mechanisms.failure or page.conditions.failure
    here = f"/{language}/why?{state.query(services.model_version)}&outcome={outcome}"
    return render(request, "why/page.html.j2", page, status=500 if failed else 200, here=here)


def _page(
    services: Services, language: Language, state: BoardState, outcome: str, look: Look | None, reader: str
) -> WhyPage:
    voice = Voice(services.catalogue, language)
    query = state.query(services.model_version)
    here = f"/{language}/why?{query}"
    mechanisms = _mechanisms(services, voice, state, outcome, reader)
    conditions = _conditions(services, voice, state, outcome, reader)
    courses = _courses(voice, state, outcome, look) if look else ()
    waiting = mechanisms.waiting or conditions.waiting or look is None
    links = tuple(
        Link(voice.outcome(o.id), f"{here}&outcome={o.id}", o.id == outcome)
        for o in services.catalogue.outcomes
    )
    return WhyPage(
        state.edit.upper(),
        package_name(voice, state.package),
        voice.outcome(outcome),
        _effect(voice, state, outcome, look) if look else "",
        links,
        voice.say("board.all_lenses") if state.lens == ALL_LENSES else voice.lens(state.lens),
        mechanisms,
        conditions,
        courses,
        _dissent(voice, state, outcome, look) if look else "",
        f"{here}&outcome={outcome}" if waiting else "",
        f"/{language}/board?{query}",
    )


def _effect(voice: Voice, state: BoardState, outcome: str, look: Look) -> str:
    effect = look.effect(outcome, state.lens)
    label = voice.catalogue.outcome(outcome)
    median = middle(label.kind, effect)
    return voice.say("why.effect", median=median, share=share(effect.backfires), year=HORIZON.end)


def _dissent(voice: Voice, state: BoardState, outcome: str, look: Look) -> str:
    effect = look.effect(outcome, state.lens)
    opposite = look.opposite(outcome, state.lens)
    futures = count(effect.n, voice.language)
    return voice.say("why.dissent", opposite=count(opposite, voice.language), futures=futures)


def _mechanisms(services: Services, voice: Voice, state: BoardState, outcome: str, reader: str) -> Mechanisms:
    plan = plan_of(services, BoardState({"a": state.package}))
    if plan is None:
        raise UnusableError([Complaint("a", key="board.empty_state")])
    lens = None if state.lens == ALL_LENSES else state.lens
    package, seed = plan.packages[0].id, services.settings.seed
    futures = min(FUTURES, services.settings.futures)
    key = f"why {outcome} {lens} {BoardState({'a': state.package}).query('')}"
    task: Task[WhyReport] = services.tasks.get(
        key,
        f"{reader} why {outcome}",
        lambda report: why_of(plan, services.facts, package, outcome, futures, seed, lens),
    )
    if task.result is None:
        return Mechanisms(None, (), (), not task.over, task.failure)
    found, language = replace(task.result, letter=state.edit.upper()), voice.language
    return Mechanisms(found.figure(language), found.notes(language), found.pairs(language), False, "")


def _conditions(services: Services, voice: Voice, state: BoardState, outcome: str, reader: str) -> Conditions:
    query = state.query(services.model_version)
    more = f"/{voice.language}/robustness?{query}&outcome={outcome}&look={state.edit.upper()}"
    asked, letter = uses(services, state.package), state.edit.upper()
    task = conditions_task(services, asked, letter, outcome, reader)
    if task is None or task.result is None:
        return Conditions(None, (), more, not (task and task.over), task.failure if task else "")
    rows = tuple(_condition(voice, d) for d in task.result.deciding)
    return Conditions(box(voice, task.result, letter), rows, more, False, "")


def _condition(voice: Voice, found: DecidingInput) -> ConditionRow:
    def written(value: float | None) -> str:
        return "–" if value is None else share(value)

    return ConditionRow(
        found.condition.heading(voice.language),
        share(found.importance),
        written(found.backfires_low),
        written(found.backfires_high),
        evidence_dot(found.evidence, voice.language, visible_word=True),
    )


def _courses(voice: Voice, state: BoardState, outcome: str, look: Look) -> tuple[Course, ...]:
    years = tuple(range(HORIZON.start, HORIZON.end + 1))
    letter, kind = state.edit.upper(), voice.catalogue.outcome(outcome).kind
    found = []
    for dissent in dissenters(look, outcome, state.lens):
        (change,) = changes(kind, dissent.change)
        lens = voice.lens(dissent.lens)
        title = voice.say("why.future", number=dissent.future + 1, change=change)
        finding = voice.say("why.future_finding", change=change, lens=lens, year=HORIZON.end)
        figure = course_chart(
            years,
            dissent.baseline,
            dissent.package,
            letter,
            voice.language,
            figure_id=f"course-{dissent.future}",
            title=title,
            finding=finding,
        )
        found.append(Course(title, lens, figure))
    return tuple(found)
