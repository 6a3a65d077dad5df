"""Was the conclusion built in? The same futures, with the couplings that could produce it free in sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zlib import crc32

import numpy as np
from jaxtyping import Bool, Float

Draws = Mapping[str, Float[np.ndarray, "..."]]


def turned_round(futures: int, couplings: Iterable[str], seed: int) -> Bool[np.ndarray, " future"]:
    """Futures in which the couplings take the opposite sign: half of them, keyed by (seed, couplings)."""
    name = "|".join(sorted(couplings))
    rng = np.random.default_rng([seed, crc32(name.encode()), crc32(b"sign")])
    return np.asarray(rng.permutation(futures) < futures // 2)


def symmetric_draws(
    draws: Draws, couplings: Iterable[str], turned: Bool[np.ndarray, " future"]
) -> dict[str, Float[np.ndarray, "..."]]:
    """The couplings with their sign turned in the given futures, together: all other draws stay.

    With every other future turned this is a prior symmetric around zero with the spread of the original one.
    """
    sign = np.where(turned, -1.0, 1.0)
    return {**draws, **{symbol: np.asarray(draws[symbol]) * sign for symbol in couplings}}
