"""Comparisons and conditions, computed in the background and remembered; other screens ask for them too."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.facts.uses import MeasureUse
from stepdown.study.robustness import Compared, Conditions, compared, conditions
from stepdown.web.services import Services
from stepdown.web.tasks import Task

Uses = tuple[MeasureUse, ...]


def comparison_task(
    services: Services, packages: Mapping[str, Uses], outcome: str, reader: str
) -> Task[Compared] | None:
    """The comparison, begun when it is first asked for; None while the laboratory is not ready."""
    if not services.ready:
        return None
    return services.tasks.get(
        f"compare {outcome} {dict(packages)!r}",
        f"{reader} compare",
        lambda report: compared(services.laboratory, packages, outcome),
    )


def conditions_task(
    services: Services, asked: Uses, letter: str, outcome: str, reader: str
) -> Task[Conditions] | None:
    """The conditions of one package, likewise."""
    if not services.ready:
        return None
    return services.tasks.get(
        f"conditions {outcome} {letter} {asked!r}",
        f"{reader} conditions",
        lambda report: conditions(services.laboratory, asked, letter, outcome),
    )
