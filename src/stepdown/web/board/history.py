"""What a reader did on the board, step by step: the way back and forth, kept with the session."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 100


@dataclass
class _Step:
    state: str
    before: int | None
    after: int | None = None


class History:
    """States as they follow each other. Several tabs branch off; each goes back along its own way."""

    def __init__(self) -> None:
        self._steps: dict[int, _Step] = {}
        self._next = 1
        self._last: int | None = None

    def reach(self, state: str, came_from: int | None) -> int:
        """The number of a state reached from another step; a page opened anew finds its step again."""
        last = self._last
        if came_from is None and last is not None and self._steps[last].state == state:
            return last
        before = self._steps.get(came_from or 0)
        if before is not None and came_from is not None:
            for near in (came_from, before.before, before.after):
                if near in self._steps and self._steps[near].state == state:
                    self._last = near
                    return near
            before.after = self._next
        number = self._next
        self._next += 1
        self._steps[number] = _Step(state, came_from if before is not None else None)
        self._last = number
        while len(self._steps) > STEPS:
            del self._steps[next(iter(self._steps))]
        return number

    @property
    def last(self) -> str:
        """The state that was reached last; empty before the first."""
        return self._steps[self._last].state if self._last in self._steps else ""

    def before(self, number: int) -> tuple[int, str] | None:
        """The step before, with its number; None at the start."""
        return self._at(self._steps[number].before)

    def after(self, number: int) -> tuple[int, str] | None:
        """The step that was undone last, with its number."""
        return self._at(self._steps[number].after)

    def _at(self, number: int | None) -> tuple[int, str] | None:
        step = self._steps.get(number or 0)
        return (number, step.state) if number is not None and step is not None else None
