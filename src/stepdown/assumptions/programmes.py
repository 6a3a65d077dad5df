"""Documented capability programmes: fielded in every future, in the year and strength drawn for it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Int

from stepdown.assumptions.design import unit_cube
from stepdown.assumptions.quantile import ExactSource
from stepdown.assumptions.steps import expand
from stepdown.contracts.assumptions import Coordinate, Marginal, Source
from stepdown.contracts.facts import Programme
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import CapabilityProgramme
from stepdown.contracts.world import World


def documented_programmes(
    facts: Facts,
    world: World,
    first_year: int,
    futures: int,
    seed: int,
    only: Int[np.ndarray, " chosen"] | None = None,
    source: Source | None = None,
) -> tuple[tuple[CapabilityProgramme, ...], tuple[Coordinate, ...]]:
    """One driver per programme and owner in the model; owners of one programme share its draws.

    `only` keeps these of the `futures` drawn, as in `sample_futures`; `source` replaces the usual design.
    """
    source = source or ExactSource(lambda names: unit_cube(names, futures, seed, only=only))
    drivers, coordinates = [], []
    for record in facts.all(Programme):
        if not record.in_model or record.fielding is None or record.raises is None:
            continue
        names = [f"{record.id}|fielding", f"{record.id}|raises"]
        year, raised = source.values([Marginal(names[0], record.fielding), Marginal(names[1], record.raises)])
        fielded, strength = year - first_year, np.clip(raised, 0, 0.98)
        coordinates += [Coordinate(names[0], record.id, fielded), Coordinate(names[1], record.id, strength)]
        drivers += [
            CapabilityProgramme(owner, record.capability, strength, np.maximum(fielded, 0))
            for owner in expand(facts, world, record.owners)
        ]
    return tuple(drivers), tuple(coordinates)
