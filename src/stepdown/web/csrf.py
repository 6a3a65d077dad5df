"""Changes come from our own pages: a token bound to the session, and the browser's word on the origin."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request

FIELD = "csrf"
HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ForgedError(Exception):
    """A change without a valid token, or from another site; answered with status 403."""


def token(secret: str, session: str) -> str:
    """A fresh token for a session; every call gives another one, so that compression reveals nothing."""
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_seal(secret, session, nonce)}"


def valid(secret: str, session: str, given: str) -> bool:
    """Whether a token was given out for this session."""
    nonce, _, seal = given.partition(".")
    return hmac.compare_digest(seal.encode(), _seal(secret, session, nonce).encode())


def _seal(secret: str, session: str, nonce: str) -> str:
    return hmac.new(secret.encode(), f"csrf {session} {nonce}".encode(), hashlib.sha256).hexdigest()


async def no_forgery(request: Request) -> None:
    """Raise `ForgedError` for a change that does not carry the token of its session."""
    if request.method in SAFE:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForgedError
    given = request.headers.get(HEADER)
    if given is None:
        form = await request.form()
        field = form.get(FIELD)
        given = field if isinstance(field, str) else ""
    session = request.state.session
    if session.fresh or not valid(request.state.secret, session.id, given):
        raise ForgedError
