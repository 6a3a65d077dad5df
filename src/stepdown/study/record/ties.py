"""Who could attack whom and who guarantees whom, theatre by theatre, as two sides that face each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from stepdown.contracts.facts import Guarantee, Relation, TheatreRecord
from stepdown.contracts.facts.as_of import guarantees_on
from stepdown.contracts.facts.facts import Facts
from stepdown.vocabulary.ids import Theatre


@dataclass(frozen=True)
class Rivalry:
    """Two states of a theatre, with the relations between them (one for each direction on record)."""

    left: str
    right: str
    relations: tuple[Relation, ...]

    @property
    def nuclear(self) -> bool:
        """Whether a nuclear attack is possible in any direction."""
        return any(kind.startswith("nuclear") for r in self.relations for kind in r.attack_types)


@dataclass(frozen=True)
class Tie:
    """A guarantor and a protégé of one side, with the guarantees between them."""

    guarantor: str
    protege: str
    guarantees: tuple[Guarantee, ...]

    @property
    def nuclear(self) -> bool:
        """Whether one of the guarantees is nuclear."""
        return any(g.kind in ("formal_nuclear", "sharing_host") for g in self.guarantees)


@dataclass(frozen=True)
class TheatreTies:
    """One theatre: the two sides in order, the rivalries across, the ties within a side."""

    theatre: Theatre
    record: TheatreRecord
    left: tuple[str, ...]
    right: tuple[str, ...]
    rivalries: tuple[Rivalry, ...]
    ties: tuple[Tie, ...]


def theatre_ties(facts: Facts, on: date) -> tuple[TheatreTies, ...]:
    """Every theatre with the relations that are simulated and the guarantees in force on a day.

    Relations are coded for today alone; guarantees by their dates.
    """
    return tuple(_of_theatre(facts, record, guarantees_on(facts, on)) for record in facts.all(TheatreRecord))


def _of_theatre(facts: Facts, record: TheatreRecord, guarantees: Sequence[Guarantee]) -> TheatreTies:
    relations = [r for r in facts.all(Relation) if r.theatre == record.theatre and r.in_model]
    left, right = _sides(relations)
    pairs: dict[tuple[str, str], list[Relation]] = {}
    for r in relations:
        key = (r.challenger, r.defender) if r.challenger in left else (r.defender, r.challenger)
        pairs.setdefault(key, []).append(r)
    promises: dict[tuple[str, str], list[Guarantee]] = {}
    for g in guarantees:
        if any(g.guarantor in side and g.protege in side for side in (left, right)):
            promises.setdefault((g.guarantor, g.protege), []).append(g)
    return TheatreTies(
        record.theatre,
        record,
        _ordered(left, [a for a, _ in promises]),
        _ordered(right, [a for a, _ in promises]),
        tuple(Rivalry(a, b, tuple(found)) for (a, b), found in pairs.items()),
        tuple(Tie(a, b, tuple(found)) for (a, b), found in promises.items()),
    )


def _sides(relations: Sequence[Relation]) -> tuple[list[str], list[str]]:
    """The two sides: whoever has a rival stands opposite. The side with more states is the left one.

    Raises ValueError where three states are rivals of each other: two sides could not show them.
    """
    side: dict[str, int] = {}
    waiting = [(r.challenger, r.defender) for r in relations]
    while waiting:
        known = [pair for pair in waiting if pair[0] in side or pair[1] in side] or waiting[:1]
        for a, b in known:
            first = side.setdefault(a, 1 - side[b] if b in side else 0)
            if side.setdefault(b, 1 - first) == first:
                raise ValueError(f"{a} and {b} are rivals on one side")
        waiting = [pair for pair in waiting if pair not in known]
    sides = [[s for s, n in side.items() if n == k] for k in (0, 1)]
    small, large = sorted(sides, key=len)
    return large, small


def _ordered(states: Iterable[str], guarantors: Sequence[str]) -> tuple[str, ...]:
    """Those who guarantee most first, the others after them in the order of the record."""
    return tuple(sorted(states, key=lambda s: -guarantors.count(s)))
