"""The reader's choice of colours: a change like any other, with token and way back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from stepdown.vocabulary.ids import Language
from stepdown.web.csrf import FIELD

router = APIRouter()


@router.post("/{language}/theme", status_code=303, response_class=RedirectResponse)
def choose_theme(
    request: Request,
    language: Language,
    theme: Annotated[Literal["system", "light", "dark"], Form()],
    csrf: Annotated[str, Form(alias=FIELD)],
    back: Annotated[str, Form(max_length=8192)] = "",
) -> RedirectResponse:
    """Remember the colours in the session's cookie and go back to the page."""
    request.state.session.theme = "" if theme == "system" else theme
    return RedirectResponse(own_address(back, f"/{language}/"), status_code=303)


def own_address(back: str, otherwise: str) -> str:
    """An address on this server, or another where `back` leads away from it."""
    local = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if local else otherwise
