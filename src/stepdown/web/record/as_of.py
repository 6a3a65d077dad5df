"""The date from which the record is looked at: read from the address, moved by slider, links or a field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stepdown.charts.numbers import day
from stepdown.vocabulary.dates import earliest, latest
from stepdown.vocabulary.ids import Language
from stepdown.web.problems import Complaint, UnusableError
from stepdown.web.record.places import at

FIRST = 1945
"""Nothing on record is older."""


@dataclass(frozen=True)
class AsOf:
    """The bar of a page. `given` is what the address says (empty: today), `iso` the day it means.

    The slider counts months from January of `first_year`; `ticks` are the months of changes, as shares of
    the slider in thousandths. `hidden`: settings that stay as they are.
    """

    given: str
    iso: str
    words: str
    month: int
    months: int
    ticks: tuple[int, ...]
    years: tuple[int, int, int]
    previous: str
    previous_words: str
    following: str
    following_words: str
    today: str
    move: str
    action: str
    hidden: tuple[tuple[str, str], ...]


def read_day(given: str, name: str = "as_of") -> date:
    """The last day that a date in an address can mean, today at the latest; empty means today.

    Raises UnusableError for what is no date, or lies before the record or after today.
    """
    today = date.today()
    if not given:
        return today
    try:
        first = earliest(given)
    except ValueError:
        raise UnusableError([_refused(name, given, "record.no_date")]) from None
    if not first.year >= FIRST or first > today:
        raise UnusableError(
            [_refused(name, given, "record.no_such_day", first=FIRST, today=today.isoformat())]
        )
    return min(latest(given), today)


def bar(
    language: Language,
    path: str,
    given: str,
    changes: Iterable[str],
    first_year: int,
    **settings: str,
) -> AsOf:
    """The bar of the page at `path`; `changes` are dates at which what it shows changes."""
    on, today = read_day(given), date.today()
    days = sorted({earliest(text) for text in changes if earliest(text) <= today})
    before = max((d for d in days if d < on and d != _document_at(days, on)), default=None)
    after = min((d for d in days if d > on), default=None)
    months = _month(today, first_year)
    shown = sorted({_month(d, first_year) for d in days if d.year >= first_year})

    def go(to: date | None) -> str:
        return at(language, path, as_of=to.isoformat(), **settings) if to else ""

    return AsOf(
        given,
        on.isoformat(),
        day(given or on.isoformat(), language),
        max(_month(on, first_year), 0),
        months,
        tuple(round(1000 * m / months) for m in shown),
        (first_year, (first_year + today.year) // 2, today.year),
        go(before),
        day(before.isoformat(), language) if before else "",
        go(after),
        day(after.isoformat(), language) if after else "",
        at(language, path, **settings),
        at(language, "move"),
        at(language, path),
        tuple((name, value) for name, value in settings.items() if value),
    )


def of_month(month: int, first_year: int) -> str:
    """The date of a slider's month as it stands in an address; empty from the current month on."""
    today = date.today()
    if month >= _month(today, first_year):
        return ""
    return f"{first_year + month // 12}-{month % 12 + 1:02}"


def _month(on: date, first_year: int) -> int:
    return 12 * (on.year - first_year) + on.month - 1


def _document_at(days: list[date], on: date) -> date | None:
    """The newest change by the day: what the page shows already."""
    return max((d for d in days if d <= on), default=None)


def _refused(name: str, given: str, key: str, **values: str | int) -> Complaint:
    return Complaint(name, key=key, values={"name": name, "found": given[:40], **values})
