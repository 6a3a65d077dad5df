"""The board: the page, the part that follows the sliders, changes by form, and the study file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from stepdown.study.board import HORIZON, study_file
from stepdown.vocabulary.ids import Condition, Language
from stepdown.web.board.asked import MeasureName, Replay, Sliders, State, Step, Tab, Whole
from stepdown.web.board.assemble import Board, moved
from stepdown.web.board.model import plan_of
from stepdown.web.board.panels import added, adding, edited, measure_page
from stepdown.web.board.state import BoardState
from stepdown.web.desk import SupersededError
from stepdown.web.pages import render
from stepdown.web.problems import Complaint, UnusableError

router = APIRouter()


@router.get("/board", response_class=HTMLResponse)
async def board(
    request: Request,
    language: Language,
    state: State,
    h: Step = 0,
    replay: Replay = False,
    whole: Whole = False,
) -> Response:
    """The whole board. Without script all futures are asked for with `whole`."""
    shown = Board(request, language, state, h, "")
    page, status = await shown.page(whole, replay)
    return render(request, "board/page.html.j2", page, status=status, here=shown.here)


@router.get("/board/picture", response_class=HTMLResponse, responses={204: {"description": "superseded"}})
async def picture(
    request: Request,
    language: Language,
    state: State,
    s: Sliders = None,
    h: Step = 0,
    t: Tab = "",
    replay: Replay = False,
    whole: Whole = False,
) -> Response:
    """The part of the board that follows the sliders; the new address comes in a header."""
    shown = Board(request, language, _moved(state, s), h, t)
    try:
        page, status = await shown.page(whole, replay)
    except SupersededError:
        return Response(status_code=204)
    headers = {"hx-replace-url": shown.here}
    return render(request, "board/part.html.j2", page, status=status, headers=headers, here=shown.here)


@router.get("/board/change", status_code=303, response_class=RedirectResponse)
def change(
    request: Request,
    language: Language,
    state: State,
    s: Sliders = None,
    h: Step = 0,
    t: Tab = "",
    add: MeasureName = "",
    drop: MeasureName = "",
    measure: MeasureName = "",
    percent: Annotated[int, Query(ge=0, le=100)] = 50,
    start: Annotated[int, Query(ge=HORIZON.start, le=HORIZON.end)] = HORIZON.start + 1,
    condition: Annotated[Condition, Query()] = "unilateral",
    who: Annotated[list[str] | None, Query(max_length=30)] = None,
) -> RedirectResponse:
    """The board after a form: sliders moved, a measure added, taken out or set."""
    catalogue = request.app.state.services.catalogue
    new = _moved(state, s)
    name = add or drop or measure
    if add:
        new = added(catalogue, new, add)
    if drop:
        new = new.with_package(tuple(c for c in new.package if c.measure != drop))
    elif measure:
        new = edited(catalogue, new, measure, percent, start, condition, tuple(who or ()))
    version = request.app.state.services.model_version
    place = f"#{name}" if name and not drop else ""
    return RedirectResponse(f"/{language}/board?{new.query(version)}&h={h}{place}", status_code=303)


@router.get("/board/measure", response_class=HTMLResponse)
def measure(
    request: Request, language: Language, state: State, measure: MeasureName, h: Step = 0
) -> HTMLResponse:
    """The settings of one measure: strength, first year, condition, actors; and where it comes from."""
    page = measure_page(request.app.state.services, language, state, measure, h)
    return render(request, "board/measure.html.j2", page)


@router.get("/board/add", response_class=HTMLResponse)
def add(
    request: Request,
    language: Language,
    state: State,
    h: Step = 0,
    track: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    """Measures to choose from: by track, or by words in their names."""
    page = adding(request.app.state.services, language, state, h, track, q)
    return render(request, "board/add.html.j2", page)


class YamlResponse(PlainTextResponse):
    """A study file."""

    media_type = "application/yaml"


@router.get("/board/study", response_class=YamlResponse)
def study(request: Request, language: Language, state: State, h: Step = 0) -> Response:
    """The board's packages as a study file for `stepdown run`."""
    services = request.app.state.services
    plan = plan_of(services, state)
    if plan is None:
        raise UnusableError([Complaint("a", key="board.empty_state")])
    comment = f"stepdown {services.model_version}\n/{language}/board?{state.query(services.model_version)}"
    disposition = {"content-disposition": 'attachment; filename="lever-board.yaml"'}
    return YamlResponse(study_file(plan, comment), headers=disposition)


def _moved(state: BoardState, sliders: list[int] | None) -> BoardState:
    if sliders is not None and (len(sliders) != len(state.package) or not set(sliders) <= set(range(5))):
        allowed = f"{len(state.package)} × 0–4"
        raise UnusableError([Complaint("s", ",".join(map(str, sliders))[:60], (allowed,))])
    return moved(state, sliders)
