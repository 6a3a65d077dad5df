"""Long computations done while the test waits, so that a page shows its results at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from stepdown.web.tasks import Report, Task, Tasks

T = TypeVar("T")


QUICK = ("weigh", "priors", "compare", "conditions")
"""Keys of what takes a second or two; explanations by mechanism stay waiting."""


class Immediate(Tasks):
    """Computes what is quick when asked, remembers it, and leaves a crash to the test."""

    def get(self, key: str, reader: str, make: Callable[[Report], T]) -> Task[T]:
        """The task: finished, or never begun."""
        task = self._known.get(key)
        if task is None:
            task = Task(key, reader, cast("Callable[[Report], object]", make))
            if key.startswith(QUICK):
                task.result = make(task.report)
            self._known[key] = task
        return cast("Task[T]", task)
