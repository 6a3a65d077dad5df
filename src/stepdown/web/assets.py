"""Styles and scripts: read once, served from memory under an address that changes with their content.

One stylesheet for all pages: the charts' tokens and classes, then the frame, then each screen's own rules.
No fonts are sent; the reader's own are used (see the tokens).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stepdown.charts import stylesheet

SCRIPTS = {"htmx": "htmx-4.0.1.min.js", "script": "stepdown.js"}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str
    digest: str


@lru_cache
def assets() -> Mapping[str, Asset]:
    """Every file that is served, by name; there is no other way to a file."""
    home = files("stepdown.web")
    styles = [home.joinpath("static", "frame.css").read_text(encoding="utf-8")]
    for folder in sorted(home.iterdir(), key=lambda entry: entry.name):
        file = folder.joinpath("style.css") if folder.is_dir() else None
        if file is not None and file.is_file():
            styles.append(file.read_text(encoding="utf-8"))
    found = {"stepdown.css": _asset("\n".join([stylesheet(), *styles]), "text/css")}
    for name in SCRIPTS.values():
        found[name] = _asset(home.joinpath("static", name).read_text(encoding="utf-8"), "text/javascript")
    icon = home.joinpath("static", "icon.svg").read_text(encoding="utf-8")
    found["icon.svg"] = _asset(icon, "image/svg+xml")
    return found


@lru_cache
def addresses() -> Mapping[str, str]:
    """Short names of templates to addresses: style, icon, htmx, script."""
    names = {"style": "stepdown.css", "icon": "icon.svg", **SCRIPTS}
    return {short: f"/static/{assets()[name].digest}/{name}" for short, name in names.items()}


def asset_routes() -> Iterable[Route]:
    """The routes of all assets."""
    return [Route("/static/{digest}/{name}", _serve)]


async def _serve(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None or asset.digest != request.path_params["digest"]:
        raise HTTPException(404)
    return Response(
        asset.content,
        media_type=asset.media_type,
        headers={"cache-control": f"public, max-age={YEAR}, immutable"},
    )


def _asset(text: str, media_type: str) -> Asset:
    content = text.encode()
    return Asset(content, media_type, hashlib.sha256(content).hexdigest()[:12])
