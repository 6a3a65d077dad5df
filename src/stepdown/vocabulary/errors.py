"""One small tree of exceptions.

StepdownError
├── RecordError      the record cannot be served: one or many `Problem`s, all shown at once
├── UnknownNameError      a user asked for an id that does not exist (nearest valid names are offered)
├── StudyError       a study file or a request asks for something that cannot be run
└── ExplorationError      a design, a run's folder or a cluster cannot be used, or a run had to stop
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name closest to `name`, or None when none is close."""
    by_lower = {a.lower(): a for a in allowed}
    close = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.5)
    return by_lower[close[0]] if close else None


@dataclass(frozen=True, order=True)
class Problem:
    """One defect: where it is, what was found, what is allowed."""

    file: str
    line: int
    field: str
    message: str
    found: str = ""
    allowed: str = ""
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"]
        if self.found:
            parts.append(f"found {self.found}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.hint:
            parts.append(f"did you mean {self.hint}?")
        return "; ".join(parts)


class StepdownError(Exception):
    """Root of every error a user can cause; the command line turns it into exit code 2."""


class RecordError(StepdownError):
    """The record has defects; `problems` lists all of them in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        lines = "\n".join(str(p) for p in self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the record\n{lines}")


class UnknownNameError(StepdownError):
    """An id that nothing carries; says what kind was meant and which name is nearest."""

    def __init__(self, kind: str, name: str, allowed: Iterable[str]) -> None:
        names = sorted(allowed)
        self.kind, self.name, self.hint = kind, name, nearest(name, names)
        shown = ", ".join(names[:12]) + (f", … ({len(names)} in all)" if len(names) > 12 else "")
        hint = f" Did you mean {self.hint}?" if self.hint else ""
        super().__init__(f"unknown {kind} {name!r}.{hint} Allowed: {shown}.")


class StudyError(StepdownError):
    """A study that cannot be run; `problems` lists all its defects, none silently mended."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class ExplorationError(StepdownError):
    """An exploration that cannot start or had to stop; what its folder already holds stays as it is."""
