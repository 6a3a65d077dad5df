"""A workshop: how several groups work with the board, and the way from their addresses to one board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from stepdown.study.board import Catalogue
from stepdown.vocabulary.ids import LANGUAGES, Language
from stepdown.web.board.state import LETTERS, SETTINGS, BoardState, Package, read_state
from stepdown.web.pages import render
from stepdown.web.problems import Complaint, UnusableError
from stepdown.web.services import Services

router = APIRouter()
Address = Annotated[str, Query(max_length=8000, description="The address of a group's board.")]
SCREENS_USED = ("record", "board", "robustness", "why", "assumptions", "brief")


@dataclass(frozen=True)
class WorkshopPage:
    """The screens that the steps lead to, and the letters that groups get."""

    places: Mapping[str, str]
    letters: tuple[str, ...]


@router.get("/workshop", response_class=HTMLResponse)
def workshop(request: Request, language: Language) -> HTMLResponse:
    """How to run a workshop with the board."""
    places = {name: f"/{language}/{name}" for name in SCREENS_USED}
    return render(request, "start/workshop.html.j2", WorkshopPage(places, LETTERS))


@router.get("/workshop/board", status_code=303, response_class=RedirectResponse)
def together(
    request: Request,
    language: Language,
    a: Address = "",
    b: Address = "",
    c: Address = "",
    d: Address = "",
) -> RedirectResponse:
    """One board with the package of every group: of each address the package that was on the sliders."""
    services: Services = request.app.state.services
    state = gathered(dict(zip(LETTERS, (a, b, c, d), strict=True)), services.catalogue)
    version = state.version or services.model_version
    return RedirectResponse(f"/{language}/board?{state.query(version)}", status_code=303)


def gathered(addresses: Mapping[str, str], catalogue: Catalogue) -> BoardState:
    """The packages of boards, in the order given, without gaps; pinned to the version of the first address.

    Raises UnusableError with everything that is wrong in any of them, and where there is no address at all.
    """
    complaints: list[Complaint] = []
    packages: list[Package] = []
    version = ""
    for letter, address in addresses.items():
        if not address.strip():
            continue
        try:
            board = _board(letter, address.strip(), catalogue)
        except UnusableError as error:
            complaints += error.complaints
        else:
            packages.append(board.package)
            version = version or board.version
    if not packages and not complaints:
        complaints.append(Complaint("a", key="start.no_address"))
    if complaints:
        raise UnusableError(complaints)
    return BoardState(dict(zip(LETTERS, packages, strict=False)), version=version)


def _board(letter: str, address: str, catalogue: Catalogue) -> BoardState:
    parts = urlsplit(address)
    given = {k: v for k, v in parse_qsl(parts.query, keep_blank_values=True) if k in SETTINGS}
    boards = [f"/{language}/board" for language in LANGUAGES]
    if parts.path not in boards or not any(k in given for k in LETTERS):
        raise UnusableError([Complaint(letter, key="start.no_board", values={"letter": letter.upper()})])
    return read_state(given, catalogue)
