"""Thresholds of first use: what documents declare, and what each rival is taken to read into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stepdown.contracts.assessments.roles import ThresholdView
from stepdown.contracts.facts.facts import Facts
from stepdown.study.assess.ask import Request
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.roles import assess_roles
from stepdown.study.assess.words import said
from stepdown.vocabulary.ids import LENSES, Language

Span = tuple[float, float, float]


@dataclass(frozen=True)
class Reading:
    """The threshold of `state`, 0 low to 1 high, as declared and as `observer` reads it: 5 %, median, 95 %.

    `attitude`: the class of the relation that says how much the observer reads in; `origin`: the records
    that both rest on.
    """

    state: str
    observer: str
    attitude: str
    declared: Span
    perceived: Span
    origin: tuple[str, ...]


def readings(facts: Facts, on: date, lang: Language, states: tuple[str, ...] = ()) -> tuple[Reading, ...]:
    """One reading for every state with a document in force and every rival that could attack it.

    `states` narrows it to some states, which is quicker; a state without nuclear weapons has none.
    """
    drawn = Drawn(facts, 1, 2026, LENSES)
    found = assess_roles(Request("roles", states, on=on, record_only=True), drawn)
    return tuple(
        Reading(
            v.state,
            v.observer,
            said(f"attitude.{v.attitude}").text(lang),
            (v.declared.p05, v.declared.median, v.declared.p95),
            (v.perceived.p05, v.perceived.median, v.perceived.p95),
            v.origin,
        )
        for v in found
        if isinstance(v, ThresholdView)
    )
