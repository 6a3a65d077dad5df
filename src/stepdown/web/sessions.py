"""What the server remembers of a reader: little, in memory, for a while, and never an identity."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

T = TypeVar("T")
LIMIT = 1000


@dataclass
class Session:
    """`fresh` until the reader comes back with the cookie. `theme`: "", "light" or "dark".

    Screens keep their own things by type (`of`); all of it is gone when the server stops.
    """

    id: str
    theme: str = ""
    fresh: bool = True
    _kept: dict[type, object] = field(default_factory=dict)

    def of(self, kind: type[T]) -> T:
        """This session's own value of a class, made without arguments when it is first asked for."""
        if kind not in self._kept:
            self._kept[kind] = kind()
        return self._kept[kind]  # type: ignore[return-value]


class SessionStore:
    """The sessions met last, at most `LIMIT`; the one not seen for longest makes room."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def get(self, session_id: str) -> Session:
        """The session with this id, remembered or begun."""
        with self._lock:
            session = self._known.setdefault(session_id, Session(session_id))
            self._known.move_to_end(session_id)
            while len(self._known) > LIMIT:
                self._known.popitem(last=False)
            return session
