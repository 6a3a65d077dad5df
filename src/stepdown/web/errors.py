"""Errors as pages in the reader's language: what happened, what was kept, what can be done, an id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from stepdown.vocabulary.errors import RecordError, StudyError, UnknownNameError
from stepdown.web.csrf import ForgedError
from stepdown.web.language import language_of
from stepdown.web.pages import render
from stepdown.web.problems import Complaint, NotReadyError, UnusableError
from stepdown.web.words import Say

WAIT = 10


@dataclass(frozen=True)
class ErrorPage:
    """`complaints` are sentences; `partial` where only a part of a page was asked for."""

    status: int
    title: str
    text: str
    number: str
    complaints: tuple[str, ...]
    partial: bool


def error_response(
    request: Request,
    status: int,
    complaints: tuple[str, ...] = (),
    number: str = "",
    headers: Mapping[str, str] | None = None,
    **values: int,
) -> Response:
    """The page for a status; JSON below /api, a fragment for htmx."""
    say = Say(language_of(request))
    known = status if say.has(f"error.title_{status}") else 400 if status < 500 else 500
    values = {"limit": 0, "seconds": WAIT} | values
    title, text = say(f"error.title_{known}"), say(f"error.text_{known}", **values)
    extra = dict(headers or {})
    if status in (429, 503):
        extra.setdefault("retry-after", str(values["seconds"]))
    if request.url.path.startswith("/api/"):
        told = {"title": title, "text": text, "complaints": list(complaints), "id": number}
        return JSONResponse(told, status, extra)
    partial = request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") is None
    if partial and request.headers.get("hx-target") == "div#work":
        extra |= {"hx-retarget": ".results", "hx-reswap": "innerHTML"}  # the levers stay where they are
    page = ErrorPage(status, title, text, number, complaints, partial)
    return render(request, "templates/error.html.j2", page, status=status, headers=extra)


def sentence(say: Say, complaint: Complaint) -> str:
    """A complaint in words."""
    if complaint.key:
        said = say(complaint.key, **complaint.values)
    elif complaint.found is None:
        said = say("error.unknown_parameter", name=complaint.name)
    elif complaint.found:
        said = say("error.bad_value", name=complaint.name, found=complaint.found)
    else:
        said = say("error.bad_value_bare", name=complaint.name)
    parts = [said]
    if complaint.hint:
        parts.append(say("error.did_you_mean", name=complaint.hint))
    if complaint.allowed:
        parts.append(say("error.allowed", allowed=", ".join(complaint.allowed)))
    return ("" if say.language == "ja" else " ").join(parts)


async def _unusable(request: Request, error: Exception) -> Response:
    assert isinstance(error, UnusableError)
    say = Say(language_of(request))
    return error_response(request, 422, tuple(sentence(say, c) for c in error.complaints))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(tuple(e["loc"]) == ("path", "language") for e in found):
        return error_response(request, 404)
    say = Say(language_of(request))
    return error_response(request, 422, tuple(sentence(say, _complaint(e)) for e in found))


def _complaint(error: Mapping[str, Any]) -> Complaint:
    name = ".".join(str(part) for part in error["loc"][1:])
    given = error.get("input")
    expected = error.get("ctx", {}).get("expected", "")
    allowed = (str(expected).replace("'", "").replace(" or ", ", "),) if expected else ()
    return Complaint(name[:80], given[:80] if isinstance(given, str) else "", allowed)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    limit = int(error.detail) if error.status_code == 413 and error.detail.isdigit() else 0
    return error_response(request, error.status_code, headers=error.headers, limit=limit)


async def _forged(request: Request, error: Exception) -> Response:
    return error_response(request, 403)


async def _not_ready(request: Request, error: Exception) -> Response:
    return error_response(request, 503)


async def _unknown_name(request: Request, error: Exception) -> Response:
    assert isinstance(error, UnknownNameError)
    say = Say(language_of(request))
    return error_response(
        request, 404, (sentence(say, Complaint(error.kind, error.name, (), error.hint or "")),)
    )


async def _defects(request: Request, error: Exception) -> Response:
    assert isinstance(error, StudyError | RecordError)
    return error_response(request, 422, tuple(str(problem) for problem in error.problems))


def error_handlers() -> dict[int | type[Exception], Callable[[Request, Exception], Any]]:
    """Handlers by exception, for the app."""
    return {
        UnusableError: _unusable,
        RequestValidationError: _invalid,
        HTTPException: _http,
        ForgedError: _forged,
        NotReadyError: _not_ready,
        UnknownNameError: _unknown_name,
        StudyError: _defects,
        RecordError: _defects,
    }
