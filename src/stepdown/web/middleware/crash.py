"""A crash in one request is that request's: logged with an id, answered with a page, the server goes on."""

from __future__ import annotations

import logging
import secrets

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stepdown.web.errors import error_response

log = logging.getLogger("stepdown.web")


class CrashGuard:
    """Answers with status 500 what nobody else answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            number = secrets.token_hex(4)
            log.exception("request failed, id %s", number)
            if started:
                raise
            await error_response(Request(scope), 500, number=number)(scope, receive, send)
