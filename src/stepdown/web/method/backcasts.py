"""The back-casts: replayed beside the server when first asked for, shown with hits and misses."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts.numbers import count
from stepdown.study.method import BackcastReport, report_backcast
from stepdown.vocabulary.ids import Language
from stepdown.web.method.pages import parts
from stepdown.web.pages import Link
from stepdown.web.services import Services
from stepdown.web.tasks import Task

FUTURES, SEED = 500, 2026


@dataclass(frozen=True)
class Replayed:
    """One period in one way: its table, and the sentences below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BackcastsPage:
    """All replays; empty while they are computed (`again`: where to look again) or after a `failure`."""

    parts: tuple[Link, ...]
    futures: str
    replays: tuple[Replayed, ...]
    hits: int
    misses: int
    unclear: int
    again: str
    failure: str


def backcasts_page(services: Services, lang: Language) -> BackcastsPage:
    """The page; the replays are begun when they are first asked for."""
    task: Task[BackcastReport] = services.tasks.get(
        "backcasts", "backcasts", lambda report: report_backcast(FUTURES, SEED, data=services.settings.data)
    )
    here, futures = parts(lang, "backcasts"), count(FUTURES, lang)
    again = "" if task.over else f"/{lang}/method/backcasts"
    if task.result is None:
        return BackcastsPage(here, futures, (), 0, 0, 0, again, task.failure)
    summary = task.result.summary
    replays = tuple(
        Replayed(title, tuple(heads), tuple(map(tuple, rows)), tuple(notes))
        for title, heads, rows, notes in task.result.tables[lang]
    )
    counts = (summary["hits"], summary["misses"], summary["unclear"])
    return BackcastsPage(here, futures, replays, *counts, again, "")
