"""Inverse distribution functions as tables: which probabilities their columns stand for.

A table has two halves, one for each tail, and measures probability from the nearer end: v = min(u, 1 - u).
Every halving of v is one octave of `CELLS` equal cells, so that steep tails are followed as closely as the
middle. With a hundred cells every whole per cent is an edge of a cell: a distribution that is linear between
whole per cents loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float32

END = 1e-9
"""Probabilities are at least so far from 0 and from 1, where quantiles may be infinite."""
LOWEST, OCTAVES = -30, 29
"""Octaves of v from 2^-30, which is below `END`, up to 1/2."""
CELLS = 100
SIDE = OCTAVES * CELLS + 2
"""Columns of one half: the edges of all cells, the last of them (v = 1/2) twice, as its own neighbour."""


@dataclass(frozen=True)
class Tables:
    """`values[t, j]`: the quantile of distribution t at probability `edges()[j]`."""

    values: Float32[np.ndarray, "table edge"]


def edges() -> Float[np.ndarray, " edge"]:
    """Probabilities of the columns: the lower half, rising to 1/2, then the upper, falling to it."""
    octave = 2.0 ** np.arange(LOWEST, LOWEST + OCTAVES)
    cells = (octave[:, None] * (1 + np.arange(CELLS) / CELLS)).ravel()
    v = np.append(cells, (0.5, 0.5))
    return np.concatenate([v, 1 - v])
