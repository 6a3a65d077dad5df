"""Long computations: one at a time, beside the answers to everybody else; results are remembered."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Generic, TypeVar, cast

from stepdown.web.problems import NotReadyError

T = TypeVar("T")
Report = Callable[[str, int, int], None]
KEPT, WAITING = 24, 8

log = logging.getLogger("stepdown.web.tasks")


@dataclass
class Task(Generic[T]):
    """A computation: `result` when done, `failure` (an id) when it crashed; till then `done` of `total`."""

    key: str
    reader: str
    make: Callable[[Report], T]
    result: T | None = None
    failure: str = ""
    begun: bool = False
    done: int = 0
    total: int = 0

    @property
    def over(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.result is not None or bool(self.failure)

    def report(self, what: str, done: int, total: int) -> None:
        """Progress, as the study tells it."""
        self.done, self.total = done, total


class Tasks:
    """One worker. A reader's newest question replaces one of the same reader that has not begun."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Task[object]] = OrderedDict()
        self._changed = Condition()
        self._worker: Thread | None = None

    def get(self, key: str, reader: str, make: Callable[[Report], T]) -> Task[T]:
        """The task with this key, begun now if it is new. Raises NotReadyError when too many wait."""
        with self._changed:
            task = self._known.get(key)
            if task is None or task.failure:
                waiting = [t for t in self._known.values() if not t.begun]
                for old in [t for t in waiting if t.reader == reader]:
                    del self._known[old.key]
                if len([t for t in waiting if t.reader != reader]) >= WAITING:
                    raise NotReadyError
                task = Task(key, reader, cast("Callable[[Report], object]", make))
                self._known[key] = task
                if self._worker is None:
                    self._worker = Thread(target=self._work, name="tasks", daemon=True)
                    self._worker.start()
                self._changed.notify()
            self._known.move_to_end(key)
            return cast("Task[T]", task)

    def get_or_wait(self, key: str, reader: str, make: Callable[[Report], T]) -> Task[T]:
        """As `get`; where too many wait, a task that has not begun: the page is readable and asks again."""
        try:
            return self.get(key, reader, make)
        except NotReadyError:
            return Task(key, reader, make)

    def _next(self) -> Task[object] | None:
        return next((t for t in self._known.values() if not t.begun), None)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._next() is not None)
                task = self._next()
                assert task is not None
                task.begun = True
            try:
                task.result = task.make(task.report)
            except Exception:
                task.failure = secrets.token_hex(4)
                log.exception("task failed, id %s", task.failure)
            with self._changed:
                over = [key for key, t in self._known.items() if t.over]
                for key in over[:-KEPT]:
                    del self._known[key]
