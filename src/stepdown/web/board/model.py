"""From a package on the board to what the model is asked."""

from __future__ import annotations

from stepdown.contracts.facts.uses import MeasureUse
from stepdown.study.board import Obstacle
from stepdown.web.board.state import Package
from stepdown.web.services import Services


def obstacles(services: Services, package: Package) -> dict[str, Obstacle | None]:
    """By measure: why it could not act in this package, or None."""
    together = {c.measure for c in package if c.percent}
    return {c.measure: services.obstacle(c.use, together) if c.percent else None for c in package}


def uses(services: Services, package: Package) -> tuple[MeasureUse, ...]:
    """Measures above *as now* that nothing stands in the way of."""
    in_the_way = obstacles(services, package)
    return tuple(c.use for c in package if c.percent and in_the_way[c.measure] is None)
