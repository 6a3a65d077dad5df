"""Reference problems: load them, solve each, say whether the answer is the expected one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from stepdown.contracts.effects import Bilingual
from stepdown.games.solve import Found, solve


class Problem(BaseModel):
    """A question with a known answer and its source. Numbers may be fractions, such as 4/7."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    check: int | None = None
    """Number in the list of public checks, if it is on it."""
    title: Bilingual
    question: str
    input: dict[str, Any] = {}
    expected: dict[str, bool | int | float | str]
    tolerance: float = Field(ge=0)
    source: str
    origin: Literal["published", "derived"]
    """Published: the source gives the order or the number. Derived: worked out from its assumptions."""
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, next to what was expected."""

    problem: Problem
    found: Found
    passed: bool


@cache
def problems() -> tuple[Problem, ...]:
    """All reference problems, in the order of their file."""
    text = files("stepdown.games").joinpath("problems.yaml").read_text(encoding="utf-8")
    loaded = tuple(Problem.model_validate(entry) for entry in yaml.safe_load(text))
    if len({p.id for p in loaded}) != len(loaded):
        raise ValueError("problems.yaml gives an id twice")
    return loaded


def number(written: float | str) -> float:
    """A number as written in the file, fractions included."""
    return float(Fraction(str(written)))


def agrees(found: Found, expected: Mapping[str, bool | int | float | str], tolerance: float) -> bool:
    """Same keys; words and truth values equal, numbers within the absolute tolerance."""

    def same(key: str) -> bool:
        value, wanted = found[key], expected[key]
        if isinstance(value, bool | str):
            return value == wanted and type(value) is type(wanted)
        return abs(value - number(wanted)) <= tolerance

    return found.keys() == expected.keys() and all(same(key) for key in expected)


def answer(problem: Problem) -> Answer:
    """Solve one problem."""
    found = solve(problem.question, problem.input)
    return Answer(problem, found, agrees(found, problem.expected, problem.tolerance))


def check() -> tuple[Answer, ...]:
    """Solve every problem."""
    return tuple(answer(problem) for problem in problems())
