"""What a server is started with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """`secret` signs cookies; a fresh one ends all sessions. `hosts` are the names the server answers to.

    Limits: `body` and `query` in bytes; `rate` in requests a second and `burst` at once, for one session;
    an address without a session shares one allowance of the same size, with sessions ten times that.
    """

    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    https: bool = False
    data: Path | None = None
    futures: int = 1000
    preview: int = 128
    seed: int = 2026
    body: int = 64 * 1024
    query: int = 16 * 1024
    rate: float = 20.0
    burst: int = 80
