"""Readings of the record: the query language of claims that documents can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel

from stepdown.contracts.facts import KINDS, Doctrine, Record
from stepdown.contracts.facts.as_of import doctrine_in_force
from stepdown.contracts.facts.claim_tests import Bounds, Filter, FromRecord, Reading, RecordCheck
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.verdicts import ReadingOutcome
from stepdown.vocabulary.dates import earliest, latest


class ReadingError(ValueError):
    """A reading that asks for something the record does not have; names the reading and the path."""


def answer(facts: Facts, part: FromRecord) -> tuple[ReadingOutcome, ...]:
    """Every comparison of a part, with the records it rests on."""
    return tuple(_compare(facts, check) for check in part.checks)


def _compare(facts: Facts, check: RecordCheck) -> ReadingOutcome:
    left, records = read(facts, check.read)
    right, more = (check.than, ()) if isinstance(check.than, float) else read(facts, check.than)
    gap = left - right
    holds = {
        "higher": gap > check.by,
        "lower": gap < -check.by,
        "equal": abs(gap) <= check.by,
        "not_higher": gap <= check.by,
        "not_lower": gap >= -check.by,
    }[check.relation]
    return ReadingOutcome(left, right, bool(holds), tuple(dict.fromkeys((*records, *more))))


def read(facts: Facts, reading: Reading) -> tuple[float, tuple[str, ...]]:
    """The number a reading stands for, and the ids of the records it was taken from.

    Raises ReadingError for an unknown kind, a path no record has, or a code without a number; a reading that
    finds no record is 0 for a count and an error otherwise, since no number can be made of nothing.
    """
    if reading.kind not in KINDS:
        raise ReadingError(f"no kind of record is called {reading.kind}; allowed: {', '.join(KINDS)}")
    found = [r for r in _in_force(facts, reading) if _passes(r, reading.where)]
    ids = tuple(r.id for r in found)
    if reading.join == "count":
        return float(len(found)), ids
    if not found:
        raise ReadingError(f"no {reading.kind} passes {_told(reading.where)}")
    if reading.join == "share":
        return sum(_passes(r, reading.that) for r in found) / len(found), ids
    if reading.along is not None:
        along = reading.along
        found.sort(key=lambda r: str(_only(r, along)))
    values = [_number(_only(r, reading.take or ""), reading) for r in found]
    joined = {
        "sum": sum(values),
        "mean": float(np.mean(values)),
        "lowest": min(values),
        "highest": max(values),
        "first": values[0],
        "last": values[-1],
        "rise": values[-1] - values[0],
    }
    return float(joined[reading.join]), ids


def _in_force(facts: Facts, reading: Reading) -> list[Record]:
    kind = KINDS[reading.kind]
    records = list(facts.all(kind))
    if reading.on is None:
        return records
    on = latest(reading.on)
    if kind is Doctrine:
        states = dict.fromkeys(r.state for r in facts.all(Doctrine))
        return [d for state in states if (d := doctrine_in_force(facts, state, on)) is not None]
    return [r for r in records if _covers(r, on)]


def _covers(record: Record, on: date) -> bool:
    starts = getattr(record, "valid_from", None) or getattr(record, "as_of", None)
    ends = getattr(record, "valid_to", None)
    return (starts is None or earliest(starts) <= on) and (ends is None or latest(ends) >= on)


def _passes(record: Record, where: Filter) -> bool:
    return all(_matches(list(_at(record, path)), wanted) for path, wanted in where.items())


def _matches(found: list[Any], wanted: Any) -> bool:
    """One of the values at the path is (one of) the wanted; for a list in the record, one entry is enough."""
    if isinstance(wanted, Bounds):
        low, high = wanted.at_least, wanted.at_most
        return any((low is None or v >= low) and (high is None or v <= high) for v in found if v is not None)
    options = wanted if isinstance(wanted, tuple) else (wanted,)
    return any(v in options for v in found)


def _at(value: Any, path: str) -> Iterator[Any]:
    """Everything a dotted path leads to; a list on the way is followed into all its entries."""
    head, _, rest = path.partition(".")
    if isinstance(value, tuple):
        for part in value:
            yield from _at(part, path)
        return
    if isinstance(value, Mapping):
        key = int(head) if head.isdigit() and head not in value else head
        step = value.get(key)
    elif isinstance(value, BaseModel) and head in type(value).model_fields:
        step = getattr(value, head)
    elif value is None:
        return
    else:
        raise ReadingError(f"{type(value).__name__} has no field {head}")
    if rest:
        yield from _at(step, rest)
    elif isinstance(step, tuple):
        yield from step
    else:
        yield step


def _only(record: Record, path: str) -> Any:
    found = list(_at(record, path))
    if len(found) != 1:
        raise ReadingError(f"{record.id}: {path} leads to {len(found)} values, wanted one")
    return found[0]


def _number(value: Any, reading: Reading) -> float:
    if isinstance(value, str) and value in reading.codes:
        return reading.codes[value]
    if isinstance(value, bool | int | float):
        return float(value)
    raise ReadingError(f"{reading.take}: {value!r} is no number, and `codes` gives none for it")


def _told(where: Filter) -> str:
    return ", ".join(f"{path} = {value}" for path, value in where.items()) or "an empty filter"
