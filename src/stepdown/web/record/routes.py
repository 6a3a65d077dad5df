"""The record: matrix and cells, thresholds, ties, forces, events, states, sources, any entry."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from stepdown.contracts.facts.facts import Facts
from stepdown.study.record import coded_states, codings
from stepdown.vocabulary.ids import ROLES, Language
from stepdown.web.pages import render
from stepdown.web.record.as_of import FIRST, of_month
from stepdown.web.record.entries import entry_page, source_page
from stepdown.web.record.forces import arsenals_page, events_page, programmes_page
from stepdown.web.record.lists import all_page, list_page
from stepdown.web.record.matrix import FIRST_YEAR, cell_page, matrix_page
from stepdown.web.record.places import at
from stepdown.web.record.state import state_page
from stepdown.web.record.ties import thresholds_page, ties_page

router = APIRouter()

When = Annotated[str, Query(max_length=10, description="YYYY, YYYY-MM or YYYY-MM-DD; empty: today")]
Name = Annotated[str, Query(max_length=40)]
Words = Annotated[str, Query(max_length=80)]
Id = Annotated[str, Path(max_length=80)]
View = Literal["", "thresholds", "ties", "arsenals", "programmes", "events", "state"]


def _facts(request: Request) -> Facts:
    facts: Facts = request.app.state.services.facts
    return facts


@router.get("/record", response_class=HTMLResponse)
def record(
    request: Request,
    language: Language,
    as_of: When = "",
    state: Name = "",
    role: Name = "",
    since: When = "",
) -> HTMLResponse:
    """The role matrix; `state` and `role` open a cell, `since` shows what changed from that day."""
    page = matrix_page(_facts(request), language, as_of, state, role, since)
    return render(request, "record/page.html.j2", page)


@router.get("/record/move", status_code=307, response_class=RedirectResponse)
def move(
    language: Language,
    month: Annotated[int, Query(ge=0, le=1500)] = 0,
    view: View = "",
    state: Name = "",
    role: Name = "",
    since: When = "",
) -> RedirectResponse:
    """From a slider's month to the page with that date in its address."""
    first = FIRST if view in ("ties", "arsenals", "programmes", "events") else FIRST_YEAR
    path = f"states/{state}" if view == "state" else view
    kept = {"role": role, "since": since} | ({} if view == "state" else {"state": state})
    return RedirectResponse(at(language, path, as_of=of_month(month, first), **kept), status_code=307)


@router.get("/record/cells/{state}/{role}", response_class=HTMLResponse)
def cell(request: Request, language: Language, state: Id, role: Id, as_of: When = "") -> HTMLResponse:
    """All codings of one cell over time."""
    return render(request, "record/cell.html.j2", cell_page(_facts(request), language, as_of, state, role))


@router.get("/record/thresholds", response_class=HTMLResponse)
def thresholds(request: Request, language: Language, as_of: When = "") -> HTMLResponse:
    """Declared and perceived thresholds side by side."""
    page = thresholds_page(_facts(request), language, as_of)
    return render(request, "record/thresholds.html.j2", page)


@router.get("/record/ties", response_class=HTMLResponse)
def ties(request: Request, language: Language, as_of: When = "") -> HTMLResponse:
    """Rivalries and guarantees by theatre."""
    return render(request, "record/ties.html.j2", ties_page(_facts(request), language, as_of))


@router.get("/record/arsenals", response_class=HTMLResponse)
def arsenals(request: Request, language: Language, as_of: When = "") -> HTMLResponse:
    """Arsenals over time and by vintage."""
    return render(request, "record/forces.html.j2", arsenals_page(_facts(request), language, as_of))


@router.get("/record/programmes", response_class=HTMLResponse)
def programmes(request: Request, language: Language, as_of: When = "", state: Name = "") -> HTMLResponse:
    """Non-nuclear capability programmes."""
    page = programmes_page(_facts(request), language, as_of, state)
    return render(request, "record/forces.html.j2", page)


@router.get("/record/events", response_class=HTMLResponse)
def events(request: Request, language: Language, as_of: When = "", state: Name = "") -> HTMLResponse:
    """Crises, threats, false alarms and accidents."""
    page = events_page(_facts(request), language, as_of, state)
    return render(request, "record/forces.html.j2", page)


@router.get("/record/states/{state}", response_class=HTMLResponse)
def state(request: Request, language: Language, state: Id, as_of: When = "") -> HTMLResponse:
    """Everything on record about one state."""
    return render(request, "record/state.html.j2", state_page(_facts(request), language, as_of, state))


@router.get("/record/sources", response_class=HTMLResponse)
def sources(request: Request, language: Language, q: Words = "", as_of: When = "") -> HTMLResponse:
    """All sources."""
    page = list_page(_facts(request), language, "sources", as_of, q)
    return render(request, "record/list.html.j2", page)


@router.get("/record/sources/{source}", response_class=HTMLResponse)
def source(request: Request, language: Language, source: Id) -> HTMLResponse:
    """One source, and every record that rests on it."""
    return render(request, "record/source.html.j2", source_page(_facts(request), language, source))


@router.get("/record/entries/{entry}", response_class=HTMLResponse)
def entry(request: Request, language: Language, entry: Id) -> HTMLResponse:
    """One record of any kind, down to its basis."""
    return render(request, "record/entry.html.j2", entry_page(_facts(request), language, entry))


@router.get("/record/all", response_class=HTMLResponse)
def everything(request: Request, language: Language, q: Words = "", as_of: When = "") -> HTMLResponse:
    """Kinds of records, and a search over all."""
    return render(request, "record/all.html.j2", all_page(_facts(request), language, q))


@router.get("/record/list/{kind}", response_class=HTMLResponse)
def one_kind(request: Request, language: Language, kind: Id, q: Words = "", as_of: When = "") -> HTMLResponse:
    """All records of one kind."""
    page = list_page(_facts(request), language, kind, as_of, q)
    return render(request, "record/list.html.j2", page)


class CsvResponse(PlainTextResponse):
    """A table for spreadsheets."""

    media_type = "text/csv"


@router.get("/record/codings", response_class=CsvResponse)
def all_codings(request: Request, language: Language) -> Response:
    """Every coding of every cell as CSV, with passage, source and coders."""
    facts, text = _facts(request), StringIO()
    fields = (
        *(
            "document",
            "label",
            "valid_from",
            "until",
            "code",
            "alternative_code",
            "second_code",
            "second_coder",
        ),
        *("coder", "coded_on", "method", "codebook", "source", "place", "anchor", "evidence"),
    )
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("state", "role", *fields))
    for holder in coded_states(facts):
        for role in ROLES:
            for found in codings(facts, holder, role, language):
                table.writerow((holder, role, *(getattr(found, name) for name in fields)))
    disposition = {"content-disposition": 'attachment; filename="role-codings.csv"'}
    return CsvResponse(text.getvalue(), headers=disposition)
