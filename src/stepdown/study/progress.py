"""How far a computation has come, told run by run."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what was finished, how many runs are done, how many there are."""


class RunCounter:
    """Counts finished runs and tells `progress` of each."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def done(self, what: str) -> None:
        """One more run is finished."""
        self._done += 1
        self._progress(what, self._done, self._total)
