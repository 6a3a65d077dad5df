"""The record for the doors, which do not reach into rooms themselves."""

from __future__ import annotations

from pathlib import Path

from stepdown.contracts.facts.facts import Facts
from stepdown.record import load_record


def load_facts(data: Path | None = None) -> Facts:
    """The shipped record, or the one in `data`; raises RecordError with every defect."""
    return load_record(data)
