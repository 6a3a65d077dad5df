"""Scrambled Sobol points by their place in the sequence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from jaxtyping import Float, UInt64

from stepdown.experiments.designs.keyed import key_of


def sobol(
    dimensions: Sequence[int], total: int, seed: int, stream: str, place: UInt64[np.ndarray, " place"]
) -> Float[np.ndarray, "dimension place"]:
    """Points of the scrambled sequence of `total` dimensions at the given places, in (0, 1).

    x_i = shift xor the direction numbers at the bits of gray(i) = i xor i/2 (Antonov & Saleev 1979), with the
    directions of Joe & Kuo (2008), linear matrix scrambling and a digital shift (Matousek 1998; Owen 1998):
    the points of `scipy.stats.qmc.Sobol`, which can only go forward.
    """
    directions, shift, bits = _scrambled(total, seed, stream)
    gray = place ^ (place >> np.uint64(1))
    chosen = np.asarray(dimensions, dtype=np.intp)
    x = np.repeat(shift[chosen, None], len(place), axis=1)
    for bit in range(int(gray.max(initial=0)).bit_length()):
        on = np.flatnonzero(gray >> np.uint64(bit) & np.uint64(1))
        x[:, on] ^= directions[chosen, bit, None]
    points: Float[np.ndarray, "dimension place"] = (x + 0.5) * 2.0**-bits
    return points


@lru_cache(maxsize=16)
def _scrambled(total: int, seed: int, stream: str) -> tuple[np.ndarray, np.ndarray, int]:
    """Direction numbers [dimension, bit], shift [dimension] and number of bits, for one stream.

    Read from SciPy's engine, whose scrambled tables have no public name; a test compares the points made
    from them with those the engine gives.
    """
    from scipy.stats import qmc

    rng = np.random.default_rng(list(key_of(seed, stream, "sobol")))
    engine = qmc.Sobol(total, scramble=True, rng=rng)
    return np.array(engine._sv), np.array(engine._shift), int(engine.bits)
