"""What all findings share: a spread over futures, a label of how it came about, one flat row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

from stepdown.contracts.effects import Bilingual

RUN = "run"
COMPUTED = "computed"
Origin = tuple[str, ...]
Label = Literal["record", "judgement", "found", "mixed", "assumed"]
"""record: read from documents; judgement: a coder's reading; found: one-sided in the futures, and so at every
admissible value of the inputs it was tried at; mixed: futures disagree; assumed: one-sided because the prior
makes it so, and turned round by other admissible values."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Quantiles over futures (or over readings), in order."""

    median: float
    p05: float
    p25: float
    p75: float
    p95: float

    def __post_init__(self) -> None:
        if not self.p05 <= self.p25 <= self.median <= self.p75 <= self.p95:
            raise ValueError(f"quantiles are not in order: {self}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: plain fields, `Spread`s and words. `kind` names its table in the dataset."""

    kind: ClassVar[str] = "finding"
    origin: Origin

    def __post_init__(self) -> None:
        if not self.origin:
            raise ValueError(f"a finding without origin: {self!r}")


def flat(finding: Finding) -> dict[str, Any]:
    """The finding as one row of plain values: spreads and bilingual words become columns of their own."""
    return dict(_cells(finding))


def _cells(finding: Finding) -> Iterator[tuple[str, Any]]:
    for field in fields(finding):
        value = getattr(finding, field.name)
        if isinstance(value, Spread):
            yield from ((f"{field.name}_{f.name}", getattr(value, f.name)) for f in fields(value))
        elif isinstance(value, Bilingual):
            yield f"{field.name}_en", value.en
            yield f"{field.name}_ja", value.ja
        elif isinstance(value, tuple):
            yield field.name, " ".join(map(str, value))
        else:
            yield field.name, value
