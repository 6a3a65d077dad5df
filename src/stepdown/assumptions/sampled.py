"""Sizes and rates of sampled events, drawn once per future from the record."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from jaxtyping import Float

from stepdown.assumptions.design import unit_cube
from stepdown.assumptions.quantile import quantile
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.facts import CodeMapping
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.sampled import Noise

SAMPLED_EVENTS = ("map.sampled_shifts", "map.sampled_rates")


def sampled_noise(facts: Facts, futures: int, seed: int) -> tuple[Noise, tuple[Coordinate, ...]]:
    """Noise with one value per future, and its coordinates; keyed by name like all draws."""
    amounts = {
        name: (record, amount)
        for record in SAMPLED_EVENTS
        for name, amount in facts.get(CodeMapping, record).values.items()
    }
    drawn: dict[str, Float[np.ndarray, " future"]] = {}
    coordinates = []
    for name in (f.name for f in fields(Noise)):
        record, amount = amounts[name]
        values = quantile(amount, unit_cube([f"{record}|{name}"], futures, seed))[0]
        drawn[name] = values
        coordinates.append(Coordinate(f"{record}|{name}", record, values))
    return Noise(**drawn), tuple(coordinates)
