"""What makes a screen: an id, a path and its routes."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter


@dataclass(frozen=True)
class Screen:
    """`id` is the name of the folder and of its phrases (`<id>.nav`, `<id>.title`).

    `path` is the address after the language; every route of `router` starts with it. `of_board`: it shows the
    board's packages, and the navigation leads to those the reader has in view.
    """

    id: str
    path: str
    router: APIRouter
    in_navigation: bool = True
    of_board: bool = False
