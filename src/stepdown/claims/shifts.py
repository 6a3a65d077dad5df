"""Arms that change an assumption: the same futures with a symbol set, raised or scaled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from jaxtyping import Float

from stepdown.contracts.facts.claim_tests import Shift
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World

Draws = Mapping[str, Float[np.ndarray, "..."]]


def shifted(world: World, draws: Draws, shifts: Iterable[Shift]) -> dict[str, Float[np.ndarray, "..."]]:
    """The draws with every shift applied in turn; what leaves the admissible range is put on its edge."""
    changed = dict(draws)
    for shift in shifts:
        spec = PARAMETERS[shift.symbol]
        values = np.array(changed[shift.symbol], dtype=float)
        chosen = np.ix_(
            *([world.axis(a).index(p) for p in shift.of.get(a, world.axis(a))] for a in spec.axes),
            range(values.shape[-1]),
        )
        values[chosen] = np.clip(_apply(shift, values[chosen]), spec.low, spec.high)
        changed[shift.symbol] = values
    return changed


def _apply(shift: Shift, values: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    if shift.set is not None:
        return np.full_like(values, shift.set)
    return values + shift.add if shift.add is not None else values * (shift.times or 0.0)
