"""Was the conclusion built in? The same futures, with the coupling that could produce it free in sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zlib import crc32

import numpy as np
from jaxtyping import Float

Draws = Mapping[str, Float[np.ndarray, "..."]]


def symmetric_draws(draws: Draws, couplings: Iterable[str], seed: int) -> dict[str, Float[np.ndarray, "..."]]:
    """Each coupling times +1 or -1 with even odds, one sign per future, keyed by (seed, symbol).

    A prior symmetric around zero with the spread of the original one.
    """
    changed = dict(draws)
    for symbol in couplings:
        rng = np.random.default_rng([seed, crc32(symbol.encode()), crc32(b"sign")])
        values = np.asarray(changed[symbol])
        changed[symbol] = values * np.where(rng.random(values.shape[-1]) < 0.5, -1.0, 1.0)
    return changed


def mirrored_draws(draws: Draws, couplings: Iterable[str]) -> dict[str, Float[np.ndarray, "..."]]:
    """Each coupling with the opposite sign in every future: the mechanism turned round."""
    return {**draws, **{symbol: -np.asarray(draws[symbol]) for symbol in couplings}}
