"""Dates as sources give them: a year, a month or a day, never more precise than the source."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_PARTIAL = re.compile(PARTIAL_DATE)


@lru_cache(maxsize=4096)
def earliest(text: str) -> date:
    """First day that a partial date can mean; raises ValueError when it is no date."""
    if not _PARTIAL.match(text):
        raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    parts = [int(p) for p in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@lru_cache(maxsize=4096)
def latest(text: str) -> date:
    """Last day that a partial date can mean; raises ValueError when it is no date."""
    start = earliest(text)
    match text.count("-"):
        case 0:
            return date(start.year, 12, 31)
        case 1:
            return date(start.year, start.month, monthrange(start.year, start.month)[1])
        case _:
            return start
