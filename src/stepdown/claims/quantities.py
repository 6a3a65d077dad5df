"""From yearly series to one number per future."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from jaxtyping import Float

from stepdown.contracts.facts.claim_tests import Quantity
from stepdown.contracts.trajectories import SERIES, Trajectories
from stepdown.contracts.world import World

_JOIN: Mapping[str, Callable[..., Any]] = {
    "mean": np.mean,
    "sum": np.sum,
    "lowest": np.min,
    "highest": np.max,
}


def series_needed(quantities: Iterable[Quantity]) -> tuple[str, ...]:
    """Names of the series that these quantities read, in the order of `SERIES`."""
    wanted = {q.series for q in quantities}
    return tuple(name for name in SERIES if name in wanted)


def value_of(run: Trajectories, quantity: Quantity) -> Float[np.ndarray, " future"]:
    """The quantity in every future: places joined first, then years. The places must exist (`misplaced`)."""
    values = run[quantity.series]
    if quantity.at in ("start", "end", "rise"):
        values = values[[0, -1]]
    for axis, name in enumerate(SERIES[quantity.series], start=1):
        if name in quantity.of:
            ids = run.coordinates[name]
            values = np.take(values, [ids.index(place) for place in quantity.of[name]], axis=axis)
    values = np.asarray(values, dtype=float)
    places = tuple(range(1, values.ndim - 1))
    yearly = _JOIN[quantity.over](values, axis=places) if places else values
    if quantity.at == "start":
        return np.asarray(yearly[0])
    if quantity.at == "end":
        return np.asarray(yearly[-1])
    if quantity.at == "rise":
        return np.asarray(yearly[-1] - yearly[0])
    return np.asarray(_JOIN[quantity.at](yearly, axis=0))


def misplaced(of: Mapping[str, tuple[str, ...]], world: World) -> list[tuple[str, str, tuple[str, ...]]]:
    """(axis, place, allowed places) of every place that its axis does not have."""
    return [
        (axis, place, world.axis(axis))
        for axis, places in of.items()
        for place in places
        if place not in world.axis(axis)
    ]
