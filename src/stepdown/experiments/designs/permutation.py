"""A keyed permutation of 0 ... n - 1 that is evaluated place by place, without the table of n numbers.

A Feistel network over Z_a x Z_b with a b >= n (Black & Rogaway 2002): each round adds a hash of one half to
the other, which can be undone, so the whole is a permutation of a b numbers. Numbers beyond n are sent round
again until they fall below it (cycle-walking), which leaves a permutation of n.

The lines run on NumPy arrays, and on JAX arrays, where they are compiled (`designs.stratified`).
"""

from __future__ import annotations

from math import isqrt
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import UInt32, UInt64

ROUNDS = 6
"""Three for each half; two for each make a Feistel network hard to tell from chance (Luby & Rackoff 1988)."""
SMALL, TURNS_WHEN_SMALL = 4096, 4
"""That holds for large halves. In small designs a half is a handful of numbers and mixes slowly: four times
as many rounds.
"""
STEP = 0x9E3779B9
"""What every turn adds to the words of the key."""
_M1, _M2 = np.uint32(0x7FEB352D), np.uint32(0x846CA68B)


class Halves(NamedTuple):
    """Sizes of the halves, floor(2^32 / size) of each, and how often all rounds are made."""

    a: Any
    b: Any
    per_a: Any
    per_b: Any
    turns: Any


def halves(n: int) -> Halves:
    """Those of a permutation of n numbers, n below 2^32."""
    a = isqrt(n - 1) + 1
    b = -(-n // a)
    per_a, per_b = (min(2**32 // size, 2**32 - 1) for size in (a, b))
    turns = TURNS_WHEN_SMALL if n <= SMALL else 1
    return Halves(np.uint32(a), np.uint32(b), np.uint32(per_a), np.uint32(per_b), turns)


def permuted(
    key: UInt32[np.ndarray, "name 8"], place: UInt64[np.ndarray, " place"], n: int
) -> UInt64[np.ndarray, "name place"]:
    """Where each of the places below n goes, under the permutation of each key. n below 2^32."""
    shape = len(key), len(place)
    row = np.repeat(np.arange(len(key)), len(place))
    start = np.broadcast_to(place.astype(np.uint32), shape).ravel()
    return walked(key[row, :ROUNDS], start, n).astype(np.uint64).reshape(shape)


def walked(
    key: UInt32[np.ndarray, "number 6"], start: UInt32[np.ndarray, " number"], n: int
) -> UInt32[np.ndarray, " number"]:
    """Where each number goes under its own key, sent round until it falls below n."""
    h = halves(n)
    words = key.T
    found = start
    beyond = np.arange(len(start))
    while len(beyond):
        left, right = divided(np, found[beyond], h.b, h.per_b)
        for turn in range(h.turns):
            left, right = rounds(np, left, right, words[:, beyond], h, np.uint32(turn * STEP % 2**32))
        found = found.copy() if found is start else found
        found[beyond] = left * h.b + right
        beyond = beyond[found[beyond] >= n]
    return found


def rounds(xp: Any, left: Any, right: Any, words: Any, h: Halves, turn: Any) -> tuple[Any, Any]:
    """All rounds once. `words`: one per round, each shaped to go with the halves; `turn` is added to them."""
    # The sum of two numbers below b is reduced without a division: below b, taking b off wraps round to more.
    for r in range(ROUNDS):
        k = words[r] + turn
        if r % 2:
            right = right + divided(xp, _mixed(left ^ k), h.b, h.per_b)[1]
            right = xp.minimum(right, right - h.b)
        else:
            left = left + divided(xp, _mixed(right ^ k), h.a, h.per_a)[1]
            left = xp.minimum(left, left - h.a)
    return left, right


def divided(xp: Any, x: Any, size: Any, per: Any) -> tuple[Any, Any]:
    """Quotient and remainder of 32-bit numbers, by a product with `per` = floor(2^32 / size).

    The product's upper half is the quotient or one less (Barrett 1987).
    """
    # Both factors are widened here, in sight of the compiler: it then knows that 32 by 32 bits are enough.
    product = x.astype(xp.uint64) * per.astype(xp.uint64)
    quotient = (product >> np.uint64(32)).astype(xp.uint32)
    rest = x - quotient * size
    return quotient + (rest >= size), xp.minimum(rest, rest - size)


def _mixed(x: Any) -> Any:
    """A 32-bit integer hash (constants by Wellons, "lowbias32")."""
    x = x ^ (x >> np.uint32(16))
    x = x * _M1
    x = x ^ (x >> np.uint32(15))
    x = x * _M2
    return x ^ (x >> np.uint32(16))
