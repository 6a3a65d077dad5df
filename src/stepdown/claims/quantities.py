"""The quantities of tests as reductions of the model's yearly series."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.facts.claim_tests import Quantity
from stepdown.contracts.reductions import Reduction
from stepdown.contracts.trajectories import SERIES
from stepdown.contracts.world import World


def reduction_of(world: World, quantity: Quantity) -> Reduction:
    """The quantity with the indices of its places, which must exist (`misplaced`)."""
    places = tuple(
        tuple(world.axis(axis).index(place) for place in quantity.of[axis]) if axis in quantity.of else None
        for axis in SERIES[quantity.series]
    )
    return Reduction(quantity.series, places, quantity.over, quantity.at)


def misplaced(of: Mapping[str, tuple[str, ...]], world: World) -> list[tuple[str, str, tuple[str, ...]]]:
    """(axis, place, allowed places) of every place that its axis does not have."""
    return [
        (axis, place, world.axis(axis))
        for axis, places in of.items()
        for place in places
        if place not in world.axis(axis)
    ]
