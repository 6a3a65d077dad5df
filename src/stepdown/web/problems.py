"""A request that cannot be met, told in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from stepdown.vocabulary.errors import nearest


@dataclass(frozen=True)
class Complaint:
    """One setting that cannot be used: its name, what was found, what is possible, the nearest possibility.

    `found` is None where the setting itself is unknown. `said` are keys of phrases with their values, for
    anything that names and values alone do not say.
    """

    name: str
    found: str | None = None
    allowed: tuple[str, ...] = ()
    hint: str = ""
    key: str = ""
    values: dict[str, str | int] = field(default_factory=dict)


class UnusableError(Exception):
    """Settings of a request that cannot be used; answered with status 422 and every complaint."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__(", ".join(c.name for c in self.complaints))


class NotReadyError(Exception):
    """What the page needs is still being prepared; answered with status 503."""


def not_among(name: str, found: str, allowed: Iterable[str]) -> Complaint:
    """The value of a setting is none of those possible."""
    names = tuple(allowed)
    return Complaint(name, found[:80], names[:12], nearest(found, names) or "")
