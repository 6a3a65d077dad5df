"""Inverse distribution functions by table, for millions of draws: a PERT costs half a microsecond without."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from jaxtyping import Float
from pydantic import TypeAdapter

from stepdown.assumptions.quantile import Values, quantile
from stepdown.contracts.facts.amounts import Beta, Pert, Range, ScalarAmount

CELLS = 4096
"""Equal steps of probability; values between them are interpolated in a straight line."""
TAIL = 64
"""So many cells at either end are computed exactly: there the inverse is too steep for a line."""
_AMOUNT: TypeAdapter[ScalarAmount] = TypeAdapter(ScalarAmount)


def tabulated(amount: ScalarAmount, u: Values) -> Values:
    """`quantile`, within 3e-6 of the width of the distribution where it goes through the beta distribution.

    All others are exact. About thirty times as fast. A number depends on its own probability alone, not on
    what is drawn beside it.
    """
    drawn_by_beta = isinstance(amount, Beta | Pert) or (isinstance(amount, Range) and amount.best is not None)
    if not drawn_by_beta:
        return quantile(amount, u)
    table = _table(_AMOUNT.dump_json(amount))
    place = u * CELLS
    cell = place.astype(np.intp)
    values = table[cell] + (place - cell) * (table[cell + 1] - table[cell])
    outside = (cell < TAIL) | (cell >= CELLS - TAIL)
    values[outside] = quantile(amount, u[outside])
    return np.asarray(values)


@lru_cache(maxsize=4096)
def _table(amount: bytes) -> Float[np.ndarray, " edge"]:
    """Values at the edges of the cells; the outermost are never read."""
    edges = np.linspace(0, 1, CELLS + 1).clip(1e-9, 1 - 1e-9)
    return quantile(_AMOUNT.validate_json(amount), edges)
