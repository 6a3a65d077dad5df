"""The record as it stood on a day."""

from __future__ import annotations

from datetime import date

from stepdown.contracts.facts.actors import Guarantee
from stepdown.contracts.facts.evidence import Source
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.forces import Arsenal
from stepdown.contracts.facts.roles import Doctrine
from stepdown.vocabulary.dates import earliest, latest


def doctrine_in_force(facts: Facts, state: str, on: date) -> Doctrine | None:
    """The newest coded document that had appeared by `on` and had not run out; None if there is none."""
    known = [d for d in facts.all(Doctrine) if d.state == state and earliest(d.valid_from) <= on]
    newest = max(known, key=lambda d: earliest(d.valid_from), default=None)
    if newest is not None and newest.valid_to is not None and latest(newest.valid_to) < on:
        return None
    return newest


def newest_doctrine(facts: Facts, state: str) -> Doctrine | None:
    """The state's newest coded document on record that has not run out; None if there is none."""
    return doctrine_in_force(facts, state, date.max)


def newest_arsenal(facts: Facts, holder: str) -> Arsenal | None:
    """The holder's latest estimate on record."""
    return arsenal_on(facts, holder, date.max)


def published(facts: Facts, arsenal: Arsenal) -> date:
    """First day on which the vintage may have appeared; the estimate's own date when that is unknown."""
    source = facts.get(Source, arsenal.vintage)
    return max(earliest(source.date_published or arsenal.as_of), earliest(arsenal.as_of))


def arsenal_on(facts: Facts, holder: str, on: date) -> Arsenal | None:
    """The holder's latest estimate published by `on`; of several for one date, the last published."""
    known = [a for a in facts.all(Arsenal) if a.holder == holder and published(facts, a) <= on]
    return max(known, key=lambda a: (earliest(a.as_of), published(facts, a)), default=None)


def guarantees_on(facts: Facts, on: date) -> tuple[Guarantee, ...]:
    """Guarantees in force on a day; one without a recorded start counts as in force."""
    return tuple(
        g
        for g in facts.all(Guarantee)
        if (g.valid_from is None or earliest(g.valid_from) <= on)
        and (g.valid_to is None or latest(g.valid_to) >= on)
    )
