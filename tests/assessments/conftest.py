"""One small draw and one start, shared by the tests that ask it."""

from __future__ import annotations

from datetime import date

import pytest

from stepdown.contracts.answers import Answers
from stepdown.contracts.assessments import Finding
from stepdown.contracts.facts.facts import Facts
from stepdown.experiments.answers import StartingPoint
from stepdown.study.assess.ask import QUESTIONS, Question, Request
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.main import assess, assess_by
from stepdown.vocabulary.ids import LENSES

TODAY = date(2026, 11, 23)
FUTURES = 60


@pytest.fixture(scope="session")
def drawn(facts: Facts) -> Drawn:
    return Drawn(facts, FUTURES, 7, LENSES)


@pytest.fixture(scope="session")
def start(drawn: Drawn) -> StartingPoint:
    return StartingPoint(drawn.world, drawn.assumptions)


@pytest.fixture(scope="session")
def now(start: StartingPoint) -> Answers:
    return start.answers()


NARROWED: dict[Question, dict[str, object]] = {
    "roles": {"states": ("PAK",)},
    "substitution": {"states": ("USA",), "ally": "JPN"},
    "utility": {},
    "reduction": {"states": ("GBR",), "limit": 0.3},
    "alliance": {},
    "risk_reduction": {"theatres": ("south_asia", "korea")},
}
Told = dict[Question, tuple[Request, tuple[Finding, ...]]]


@pytest.fixture(scope="session")
def told(drawn: Drawn) -> Told:
    """Every question once, narrowed so that few runs are needed."""
    made: Told = {}
    for question in QUESTIONS:
        request = Request(question, on=TODAY, futures=FUTURES, seed=7, **NARROWED[question])  # type: ignore[arg-type]
        made[question] = request, assess_by(question)(request, drawn)
    return made


def ask(facts: Facts, question: Question, **more: object) -> tuple[Finding, ...]:
    request = Request(question, on=TODAY, futures=FUTURES, seed=7, **more)  # type: ignore[arg-type]
    return assess(request, facts, TODAY)[0]
