"""Was the conclusion built in? The same futures, with the couplings that could produce it turned round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from jaxtyping import Float

Draws = Mapping[str, Float[np.ndarray, "..."]]


def turned(draws: Draws, couplings: Iterable[str]) -> dict[str, Float[np.ndarray, "..."]]:
    """The couplings with the opposite sign, together: all other draws stay.

    As many futures as they are, beside as many turned, are draws from a prior symmetric around zero with
    the spread of the original one: futures of a Latin hypercube are exchangeable.
    """
    return {**draws, **{symbol: -np.asarray(draws[symbol]) for symbol in couplings}}
