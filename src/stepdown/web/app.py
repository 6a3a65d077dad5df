"""The app factory: middleware from the outside in, screens, static files, errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from stepdown import __version__
from stepdown.vocabulary.ids import Language
from stepdown.web.assets import asset_routes, assets
from stepdown.web.csrf import no_forgery
from stepdown.web.errors import error_handlers
from stepdown.web.language import preferred
from stepdown.web.middleware.crash import CrashGuard
from stepdown.web.middleware.headers import SecurityHeaders
from stepdown.web.middleware.limits import Limits
from stepdown.web.middleware.session import Sessions
from stepdown.web.parameters import only_known_parameters
from stepdown.web.screens import SCREENS
from stepdown.web.services import Services
from stepdown.web.settings import Settings
from stepdown.web.theme import router as theme_router
from stepdown.web.words import phrases

_PAGE = {"content": {"text/html": {"schema": {"type": "string"}}}}
ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "What cannot be used, told in the reader's language", **_PAGE},
    "5XX": {"description": "What failed or is not ready, told in the reader's language", **_PAGE},
}


def create_app(settings: Settings | None = None, services: Services | None = None) -> FastAPI:
    """The app. `services`: what screens ask for facts and computations, by default built from `settings`."""
    phrases(), assets()  # what is wrong with words or files shows at the start, not to a reader
    chosen = settings or Settings()
    serving = services or Services(chosen)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        serving.start()
        yield
        serving.stop()

    app = FastAPI(
        title="stepdown",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        responses=ERRORS,
        dependencies=[Depends(only_known_parameters), Depends(no_forgery)],
        middleware=[
            Middleware(SecurityHeaders, https=chosen.https),
            Middleware(Sessions, settings=chosen),
            Middleware(CrashGuard),
            Middleware(Limits, settings=chosen),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=4),
        ],
        exception_handlers=error_handlers(),
    )
    app.state.services = serving
    app.router.routes.extend(asset_routes())

    @app.get("/", include_in_schema=False)
    def front(request: Request) -> RedirectResponse:
        """The start page in the reader's language."""
        return RedirectResponse(f"/{preferred(request)}/", status_code=307)

    @app.get("/{language}", include_in_schema=False)
    def front_in(language: Language) -> RedirectResponse:
        """The start page with the slash that belongs to it."""
        return RedirectResponse(f"/{language}/", status_code=307)

    app.include_router(theme_router)
    for screen in SCREENS:
        app.include_router(screen.router, prefix="/{language}")
    return app
