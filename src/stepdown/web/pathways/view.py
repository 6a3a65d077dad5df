"""The pages of pathways: what the file says at once, what futures say as soon as they are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stepdown.charts.numbers import count, share
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import Pathway
from stepdown.study.pathways import PathwayRun
from stepdown.study.pathways.rivals import RivalCase
from stepdown.study.pathways.show import Lines, StressTest
from stepdown.vocabulary.ids import Language
from stepdown.web.pathways.results import (
    RivalRow,
    Simulated,
    dated,
    in_words,
    results,
    rival_heads,
    rival_rows,
    rival_sentences,
    stops_of,
)
from stepdown.web.pathways.steps import LETTER, SignpostView, StepView, signpost_views, step_views
from stepdown.web.tasks import Task
from stepdown.web.words import Say


@dataclass(frozen=True)
class Asked:
    """What the reader asks beside the pathway itself. `shock`: "kind:subject" or empty."""

    shock: str
    year: int
    future: int | None
    futures: int
    seed: int
    choices: Mapping[str, Bilingual]


@dataclass(frozen=True)
class Parts:
    """The computations of a page; those that start from the run are None until it is there."""

    run: Task[PathwayRun]
    stress: Task[tuple[StressTest, ...]] | None = None
    rivals: Task[tuple[RivalCase, ...]] | None = None
    own: Task[Lines] | None = None

    @property
    def tasks(self) -> tuple[Task[Any] | None, ...]:
        """All of them."""
        return (self.run, self.stress, self.rivals, self.own)


@dataclass(frozen=True)
class Card:
    """A pathway in the list."""

    href: str
    label: str
    question: str
    why: str
    steps: tuple[tuple[str, str], ...]
    facts: str


@dataclass(frozen=True)
class ListPage:
    """The worked pathways."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Awaited:
    """How a computation stands: its progress, or the id of its failure; both empty when it is there."""

    progress: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Stress:
    """One stress test: the shock and how the steps react."""

    year: str
    shock: str
    reactions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PathwayPage:
    """`again` asks for the page again while any part of it is computed."""

    title: str
    question: str
    why: str
    file: str
    home: str
    here: str
    floors: str
    behind: str
    steps: tuple[StepView, ...]
    signposts: tuple[SignpostView, ...]
    scope: tuple[str, ...]
    found: Simulated | None
    awaited: Awaited
    stress: tuple[Stress, ...]
    stress_awaited: Awaited
    rival_heads: tuple[str, ...]
    rivals: tuple[RivalRow, ...]
    rival_sentences: tuple[str, ...]
    rivals_awaited: Awaited
    choices: tuple[tuple[str, str, bool], ...]
    year: int
    years: tuple[int, int]
    future: str
    futures: int
    own_title: str
    own: tuple[tuple[str, str], ...]
    own_awaited: Awaited
    again: str


def list_page(plans: tuple[Pathway, ...], language: Language) -> ListPage:
    """The list in file order."""
    say = Say(language)

    def card(plan: Pathway) -> Card:
        span = {"first": plan.horizon.start, "last": plan.horizon.end}
        return Card(
            f"/{language}/pathways/{plan.id}",
            plan.label.bilingual.text(language),
            plan.question.bilingual.text(language),
            plan.why.bilingual.text(language),
            tuple((LETTER[s.track], s.short.bilingual.text(language)) for s in plan.steps),
            say("pathways.card", steps=len(plan.steps), signposts=len(plan.signposts), **span),
        )

    return ListPage(tuple(card(plan) for plan in plans))


def pathway_page(plan: Pathway, facts: Facts, asked: Asked, parts: Parts, language: Language) -> PathwayPage:
    """The page as far as it is known."""
    say, home = Say(language), f"/{language}/pathways"
    here, run = f"{home}/{plan.id}", parts.run.result
    cases = parts.rivals.result if parts.rivals else None
    own = parts.own.result if parts.own else None
    waits = any(task is not None and not task.over for task in parts.tasks)
    return PathwayPage(
        plan.label.bilingual.text(language),
        plan.question.bilingual.text(language),
        plan.why.bilingual.text(language),
        f"{here}/file",
        home,
        here,
        _floors(plan, say),
        say("pathways.behind", futures=count(asked.futures, language), seed=asked.seed),
        step_views(plan, facts, stops_of(run) if run else {}, language),
        signpost_views(plan, language),
        tuple(text.bilingual.text(language) for text in plan.scope),
        results(run, language) if run else None,
        _awaited(parts.run, say),
        _stress(parts.stress, language),
        _awaited(parts.stress, say),
        rival_heads(language),
        rival_rows(cases, language) if cases else (),
        rival_sentences(run, cases, language) if run and cases else (),
        _awaited(parts.rivals, say),
        tuple((v, words.text(language), v == asked.shock) for v, words in asked.choices.items()),
        asked.year,
        (plan.horizon.start + 1, plan.horizon.end - 1),
        str(asked.future or ""),
        asked.futures,
        _own_title(asked, say),
        tuple(dated(line) for line in in_words(own, language)) if own else (),
        _awaited(parts.own, say),
        _again(here, asked) if waits else "",
    )


def _again(here: str, asked: Asked) -> str:
    if not asked.shock and asked.future is None:
        return here
    future = f"&future={asked.future}" if asked.future else ""
    return f"{here}?shock={asked.shock}&year={asked.year}{future}"


def _floors(plan: Pathway, say: Say) -> str:
    floors = plan.floors
    return say(
        "pathways.floors",
        assurance=share(floors.assurance),
        adequacy=share(floors.adequacy),
        use_risk=share(floors.use_risk),
        most=share(floors.most),
    )


def _awaited(task: Task[Any] | None, say: Say) -> Awaited:
    if task is None:
        return Awaited(say("pathways.after"))
    if task.over:
        return Awaited(failure=task.failure)
    if not task.begun:
        return Awaited(say("pathways.queued"))
    if not task.total:
        return Awaited(say("pathways.begun"))
    return Awaited(say("pathways.runs", done=task.done, total=task.total))


def _stress(task: Task[tuple[StressTest, ...]] | None, language: Language) -> tuple[Stress, ...]:
    if task is None or task.result is None:
        return ()
    return tuple(
        Stress(
            *dated(test.shock.text(language)),
            tuple(sorted(dated(r) for r in in_words(test.reactions, language))),
        )
        for test in task.result
    )


def _own_title(asked: Asked, say: Say) -> str:
    if not asked.shock and asked.future is None:
        return ""
    shock = asked.choices[asked.shock].text(say.language) if asked.shock else ""
    if not asked.future:
        return say("pathways.own_all", shock=shock, year=asked.year)
    if not shock:
        return say("pathways.own_future", future=asked.future)
    return say("pathways.own_both", shock=shock, year=asked.year, future=asked.future)
