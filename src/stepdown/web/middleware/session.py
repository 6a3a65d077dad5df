"""The session cookie: a signed id and the chosen theme. Read before, written after, only when it changes."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stepdown.web.sessions import Session, SessionStore
from stepdown.web.settings import Settings

COOKIE = "stepdown"
AGE = 30 * 24 * 3600
THEMES = ("", "light", "dark")


class Sessions:
    """Puts the session on `request.state`; a cookie that we did not sign is as good as none."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.store = SessionStore()
        self.signer = URLSafeTimedSerializer(settings.secret, salt="session")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        session = self._read(HTTPConnection(scope))
        before = (session.id, session.theme) if not session.fresh else None
        state = scope.setdefault("state", {})
        state["session"], state["secret"] = session, self.settings.secret

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                page = headers.get("content-type", "").startswith("text/html")
                if before != (session.id, session.theme) and (page or message["status"] == 303):
                    headers.append("set-cookie", self._written(session))
            await send(message)

        await self.app(scope, receive, answered)

    def _read(self, request: HTTPConnection) -> Session:
        try:
            found = self.signer.loads(request.cookies.get(COOKIE, ""), max_age=AGE)
            session_id, theme = found["id"], found["theme"]
        except (BadSignature, KeyError, TypeError):
            return Session(secrets.token_urlsafe(18))
        session = self.store.get(str(session_id))
        session.fresh = False
        session.theme = theme if theme in THEMES else ""
        return session

    def _written(self, session: Session) -> str:
        cookie: SimpleCookie = SimpleCookie()
        cookie[COOKIE] = str(self.signer.dumps({"id": session.id, "theme": session.theme}))
        cookie[COOKIE].update({"path": "/", "max-age": str(AGE), "samesite": "Lax"})
        cookie[COOKIE]["httponly"] = True
        if self.settings.https:
            cookie[COOKIE]["secure"] = True
        return cookie.output(header="").strip()
