"""The settings of the board's addresses, declared once for all its routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from stepdown.web.board.state import BoardState, read_state

PackageCode = Annotated[str | None, Query(max_length=3500, description="A package; see the README of web/.")]
Name = Annotated[str | None, Query(max_length=40)]


def asked_state(
    request: Request,
    a: PackageCode = None,
    b: PackageCode = None,
    c: PackageCode = None,
    d: PackageCode = None,
    edit: Name = None,
    lens: Name = None,
    left: Name = None,
    right: Name = None,
    v: Annotated[str | None, Query(max_length=80)] = None,
    h: Annotated[int, Query(ge=0, le=10**9, description="Step of the reader's own history.")] = 0,
) -> BoardState:
    """The state in the address."""
    given = {"a": a, "b": b, "c": c, "d": d, "edit": edit, "lens": lens, "left": left, "right": right, "v": v}
    return read_state(given, request.app.state.services.catalogue)


State = Annotated[BoardState, Depends(asked_state)]
Step = Annotated[int, Query(ge=0, le=10**9)]
Tab = Annotated[str, Query(max_length=20, pattern=r"^[A-Za-z0-9_-]*$")]
Replay = Annotated[bool, Query(description="Show the picture before the last change, then the present.")]
Whole = Annotated[bool, Query(description="All futures at once instead of a preview first.")]
Sliders = Annotated[
    list[int] | None, Query(max_length=32, description="Steps 0 to 4 of the sliders, in order.")
]
MeasureName = Annotated[str, Query(max_length=10)]
