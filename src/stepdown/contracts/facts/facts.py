"""The whole record, loaded and checked, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from stepdown.contracts.facts.base import Record
from stepdown.vocabulary.errors import UnknownNameError

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Facts:
    """Records by type and id, in file order; `digest` is the SHA-256 of the files they came from."""

    by_type: Mapping[type[Record], Mapping[str, Record]]
    digest: str

    def __len__(self) -> int:
        return sum(len(records) for records in self.by_type.values())

    def __iter__(self) -> Iterator[Record]:
        return (record for records in self.by_type.values() for record in records.values())

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """All records of one type, in file order."""
        return tuple(self.by_type.get(kind, {}).values())  # type: ignore[arg-type]

    def get(self, kind: type[R], record_id: str) -> R:
        """The record with this id; raises UnknownNameError with the nearest id."""
        records = self.by_type.get(kind, {})
        if record_id not in records:
            raise UnknownNameError(kind.__name__.lower(), record_id, records)
        return records[record_id]  # type: ignore[return-value]

    def find(self, record_id: str) -> Record:
        """The record with this id, whatever its kind; raises UnknownNameError with the nearest id."""
        for records in self.by_type.values():
            if record_id in records:
                return records[record_id]
        raise UnknownNameError("record", record_id, (i for r in self.by_type.values() for i in r))
