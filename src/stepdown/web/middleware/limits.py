"""How much one reader may send, and how fast; which names the server answers to."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from time import monotonic

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stepdown.web.errors import error_response
from stepdown.web.settings import Settings

KNOWN = 10_000
SHARED = 10
"""Sessions behind one address together may ask for so many times the allowance of one."""


class TooLargeError(HTTPException):
    """The body grew beyond the limit while it was read; `detail` holds the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, str(limit))


class Buckets:
    """Token buckets by name: at most `burst` tokens, `rate` new ones a second; the oldest are forgotten."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate, self.burst = rate, burst
        self._level: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, now: float) -> float:
        """Take a token: 0, or the seconds until there is one."""
        level, then = self._level.pop(name, (float(self.burst), now))
        level = min(self.burst, level + (now - then) * self.rate)
        missing = max(0.0, 1 - level)
        self._level[name] = (level if missing else level - 1, now)
        if len(self._level) > KNOWN:
            self._level.popitem(last=False)
        return missing / self.rate


class Limits:
    """Answers 400, 413, 414 or 429 before anything is read or computed."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.sessions = Buckets(settings.rate, settings.burst)
        self.addresses = Buckets(SHARED * settings.rate, SHARED * settings.burst)
        self.strangers = Buckets(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.settings.body:
                raise TooLargeError(self.settings.body)
            return message

        await self.app(scope, counted, send)

    def _refusal(self, request: Request) -> Response | None:
        if request.url.hostname not in self.settings.hosts:
            return error_response(request, 400)
        if len(request.scope["query_string"]) + len(request.scope["path"]) > self.settings.query:
            return error_response(request, 414, limit=self.settings.query)
        length = request.headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.settings.body:
            return error_response(request, 413, limit=self.settings.body)
        seconds = self._wait(request)
        return error_response(request, 429, seconds=ceil(seconds)) if seconds else None

    def _wait(self, request: Request) -> float:
        if request.url.path.startswith("/static/"):
            return 0.0
        now = monotonic()
        address = request.client.host if request.client else ""
        session = request.state.session
        if session.fresh:
            return self.strangers.wait(address, now)
        return max(self.addresses.wait(address, now), self.sessions.wait(session.id, now))
