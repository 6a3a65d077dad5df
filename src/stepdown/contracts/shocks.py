"""Shocks for stress tests: what happens to everybody in a given year, whatever the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from jaxtyping import Float

from stepdown.contracts.world import World

ShockKind = Literal["crisis", "leader", "confidence", "treaty"]

SHOCK_AXES: Mapping[str, str] = MappingProxyType(
    {"crisis": "theatre", "leader": "actor", "confidence": "actor", "treaty": "theatre"}
)
"""Whom a shock strikes. crisis: tension of a theatre rises; leader: domestic support of an actor falls;
confidence: the assurance an ally draws from its guarantees falls; treaty: crisis communication and
transparency of a theatre fall."""

SLOTS = 4
"""Shocks a run may hold; fixed so that every stress test shares one compilation."""


@dataclass(frozen=True)
class Shock:
    """At `start` (years after the first) the state jumps by `size` in log odds; for `lasting` years what it
    tends to is shifted by the same. `size` is positive; its direction is the kind's."""

    kind: ShockKind
    subject: str
    start: float
    size: float = 1.5
    lasting: float = 1.0


@dataclass(frozen=True)
class ShockPlan:
    """Shocks as arrays [shock, subject] of log odds, with zeros for empty slots."""

    start: Float[np.ndarray, " Z"]
    lasting: Float[np.ndarray, " Z"]
    tension: Float[np.ndarray, "Z T"]
    support: Float[np.ndarray, "Z A"]
    assurance: Float[np.ndarray, "Z G"]
    regime: Float[np.ndarray, "Z T"]

    @classmethod
    def build(cls, world: World, shocks: Sequence[Shock] = ()) -> ShockPlan:
        """Raises `ValueError` with every fault at once."""
        faults = [f for shock in shocks for f in _faults(world, shock)]
        if len(shocks) > SLOTS:
            faults.append(f"{len(shocks)} shocks; at most {SLOTS} can be run together")
        if faults:
            raise ValueError("shocks are inconsistent:\n  " + "\n  ".join(faults))
        size = {
            "tension": np.zeros((SLOTS, len(world.theatres))),
            "support": np.zeros((SLOTS, len(world.actors))),
            "assurance": np.zeros((SLOTS, len(world.guarantees))),
            "regime": np.zeros((SLOTS, len(world.theatres))),
        }
        start, lasting = np.full(SLOTS, -1.0), np.zeros(SLOTS)
        for z, shock in enumerate(shocks):
            start[z], lasting[z] = shock.start, shock.lasting
            if shock.kind == "crisis":
                size["tension"][z, world.theatres.index(shock.subject)] = shock.size
            elif shock.kind == "treaty":
                size["regime"][z, world.theatres.index(shock.subject)] = -shock.size
            elif shock.kind == "leader":
                size["support"][z, world.actors.index(shock.subject)] = -shock.size
            else:
                given = [i for i, g in enumerate(world.guarantees) if g.protege == shock.subject]
                size["assurance"][z, given] = -shock.size
        return cls(start=start, lasting=lasting, **size)


def _faults(world: World, shock: Shock) -> list[str]:
    axis = SHOCK_AXES.get(shock.kind)
    if axis is None:
        return [f"unknown shock {shock.kind}; allowed: {', '.join(SHOCK_AXES)}"]
    faults = []
    if shock.subject not in world.axis(axis):
        faults.append(f"{shock.kind}: no {axis} {shock.subject}; allowed: {', '.join(world.axis(axis))}")
    elif shock.kind == "confidence" and not world.guarantors(shock.subject):
        faults.append(f"confidence: {shock.subject} is under no guarantee")
    if not (shock.start >= 0 and 0 < shock.size <= 5 and shock.lasting > 0):
        faults.append(f"{shock.kind}: needs start >= 0, 0 < size <= 5, lasting > 0")
    return faults
