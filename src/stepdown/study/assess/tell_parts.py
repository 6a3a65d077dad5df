"""Small parts that every teller uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from stepdown.contracts.assessments import Finding
from stepdown.contracts.effects import Bilingual
from stepdown.study.assess.words import said

F = TypeVar("F", bound=Finding)


def of_kind(findings: Sequence[Finding], kind: type[F]) -> list[F]:
    """The findings of one kind, in order."""
    return [f for f in findings if isinstance(f, kind)]


def rests_on(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Every origin of these findings, once."""
    return tuple(dict.fromkeys(i for f in findings for i in f.origin))


def heads(*keys: str) -> tuple[Bilingual, ...]:
    """Heads of columns."""
    return tuple(said(f"head.{key}") for key in keys)
