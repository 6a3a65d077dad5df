"""Factorial designs on switches: every combination of options, or a balanced part of them."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np
from jaxtyping import Int, UInt64

from stepdown.experiments.designs.keyed import keys
from stepdown.experiments.designs.permutation import permuted


def combinations(factors: Mapping[str, int]) -> int:
    """How many combinations of options there are."""
    return prod(factors.values())


def crossed(
    factors: Mapping[str, int], size: int, seed: int, stream: str, place: UInt64[np.ndarray, " place"]
) -> dict[str, Int[np.ndarray, " place"]]:
    """Option of every switch at each place of a design of `size` futures.

    With room for all combinations each one in turn, so that places c, C + c, 2 C + c ... share a combination
    and places r C ... r C + C - 1 share their other inputs. With less, a balanced random fraction: every
    option of a switch equally often (to within one future), independently of the other switches.
    """
    count = combinations(factors)
    if size < count:
        key = keys(seed, stream, [f"factor|{name}" for name in factors])
        order = permuted(key, place, size)
        return {n: (order[i] % np.uint64(k)).astype(np.int64) for i, (n, k) in enumerate(factors.items())}
    rest = place % np.uint64(count)
    options = {}
    for name, k in factors.items():
        options[name] = (rest % np.uint64(k)).astype(np.int64)
        rest = rest // np.uint64(k)
    return options
