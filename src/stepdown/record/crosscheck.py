"""Checks that need more than one record: ids, references, validity, dates, completeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from stepdown.contracts.facts import KINDS, Doctrine, Effect, Guarantee, Measure
from stepdown.contracts.facts.base import Ref
from stepdown.record.validate import Placed
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.errors import Problem, nearest

DATED = ("as_of", "valid_from", "date", "date_from", "date_to", "date_published")


def crosscheck(placed: Sequence[Placed], known: Iterable[tuple[str, str]], today: date) -> Iterator[Problem]:
    """All problems between records. `known`: (kind, id) of every record, valid or not."""
    ids: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for kind, record_id in known:
        ids[kind].add(record_id)
    yield from _duplicates(placed)
    for item in placed:
        yield from _dangling(item, ids)
        yield from _future_dates(item, today)
    yield from _overlaps(placed, Doctrine, ("state",))
    yield from _overlaps(placed, Guarantee, ("guarantor", "protege", "kind"))
    yield from _measures_without_effect(placed)


def _duplicates(placed: Sequence[Placed]) -> Iterator[Problem]:
    seen: dict[str, Placed] = {}
    for item in placed:
        first = seen.setdefault(item.record.id, item)
        if first is not item:
            yield item.problem(("id",), f"id is already taken in {first.file.name}", found=item.record.id)


def _dangling(item: Placed, ids: Mapping[str, set[str]]) -> Iterator[Problem]:
    for path, kind, value in references(item.record):
        if value not in ids[kind]:
            yield item.problem(
                path, f"no {kind} has this id", found=value, hint=nearest(value, ids[kind]) or ""
            )


def references(model: BaseModel) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """(path, kind, id) of every id of another record that a record holds, at any depth."""
    for name, annotation in _annotations(type(model)):
        yield from _walk(getattr(model, name), annotation, (name,))


@cache
def _annotations(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        for name, field in model.model_fields.items()
    )


def _walk(value: Any, annotation: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, str, str]]:
    if isinstance(value, str):
        kind = _ref_kind(annotation)
        if kind is not None:
            yield path, kind, value
    elif isinstance(value, BaseModel):
        for sub_path, kind, found in references(value):
            yield (*path, *sub_path), kind, found
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _walk(part, annotation, (*path, i))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(part, None, (*path, key))


@cache
def _ref_kind(annotation: Any) -> str | None:
    if get_origin(annotation) is Annotated:
        for extra in get_args(annotation)[1:]:
            if isinstance(extra, Ref):
                return extra.kind
    for part in get_args(annotation):
        kind = _ref_kind(part) if not isinstance(part, Ref) and get_args(part) else None
        if kind is not None:
            return kind
    return None


def _future_dates(item: Placed, today: date) -> Iterator[Problem]:
    dates: list[tuple[tuple[str, ...], object]] = []
    dates += [((name,), getattr(item.record, name, None)) for name in DATED]
    verified = getattr(item.record, "verified", None)
    dates.append((("verified", "on"), verified.on if verified is not None else None))
    for path, text in dates:
        if isinstance(text, str) and earliest(text) > today:
            yield item.problem(path, f"date lies after today ({today})", found=text)


def _overlaps(placed: Sequence[Placed], kind: type, keys: tuple[str, ...]) -> Iterator[Problem]:
    """A record runs until the next one of its key; an explicit `valid_to` beyond that is an overlap."""
    groups: dict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for item in placed:
        if isinstance(item.record, kind) and getattr(item.record, "valid_from", None):
            groups[tuple(getattr(item.record, k) for k in keys)].append(item)
    for key, items in groups.items():
        items.sort(key=lambda p: earliest(getattr(p.record, "valid_from")))  # noqa: B009
        for a, b in pairwise(items):
            start, end = getattr(b.record, "valid_from"), getattr(a.record, "valid_to")  # noqa: B009
            same = start == getattr(a.record, "valid_from")  # noqa: B009
            if same or (end is not None and earliest(end) > earliest(start)):
                message = f"validity overlaps with {a.record.id} of {' '.join(key)}"
                yield b.problem(("valid_from",), message, found=start, allowed=f"after {end or start}")


def _measures_without_effect(placed: Sequence[Placed]) -> Iterator[Problem]:
    covered = [p for p in placed if isinstance(p.record, Effect)]
    counts: dict[str, int] = defaultdict(int)
    for item in covered:
        assert isinstance(item.record, Effect)
        counts[item.record.measure] += 1
        if counts[item.record.measure] > 1:
            yield item.problem(("measure",), "a measure has one effect record", found=item.record.measure)
    for item in placed:
        if isinstance(item.record, Measure) and not counts[item.record.id]:
            yield item.problem((), "measure has no effect record; add one, or say evidence_only there")
