"""A keyed permutation of 0 ... n - 1 that is evaluated place by place, without the table of n numbers.

A Feistel network over Z_a x Z_b with a b >= n (Black & Rogaway 2002): each round adds a hash of one half to
the other, which can be undone, so the whole is a permutation of a b numbers. Numbers beyond n are sent round
again until they fall below it (cycle-walking), which leaves a permutation of n.
"""

from __future__ import annotations

from math import isqrt

import numpy as np
from jaxtyping import UInt32, UInt64

ROUNDS = 6
"""Three for each half; two for each make a Feistel network hard to tell from chance (Luby & Rackoff 1988)."""
SMALL, ROUNDS_WHEN_SMALL = 4096, 24
"""That holds for large halves. In small designs a half is a handful of numbers and mixes slowly."""
_STEP = 0x9E3779B9
_M1, _M2 = np.uint32(0x7FEB352D), np.uint32(0x846CA68B)


def permuted(
    key: UInt32[np.ndarray, "name 8"], place: UInt64[np.ndarray, " place"], n: int
) -> UInt64[np.ndarray, "name place"]:
    """Where each of the places below n goes, under the permutation of each key. n below 2^32."""
    a = isqrt(n - 1) + 1
    b = -(-n // a)
    names, width = len(key), len(place)
    left = np.broadcast_to((place // b).astype(np.uint32), (names, width)).copy()
    right = np.broadcast_to((place % b).astype(np.uint32), (names, width)).copy()
    sizes = np.uint32(a), np.uint32(b)
    rounds = ROUNDS_WHEN_SMALL if n <= SMALL else ROUNDS
    _rounds(left, right, key[:, :ROUNDS, None], *sizes, rounds)
    found = left.astype(np.uint64) * np.uint64(b) + right
    while (beyond := found >= n).any():
        row, column = np.nonzero(beyond)
        again_l = (found[row, column] // b).astype(np.uint32)
        again_r = (found[row, column] % b).astype(np.uint32)
        _rounds(again_l, again_r, key[row, :ROUNDS], *sizes, rounds)
        found[row, column] = again_l.astype(np.uint64) * np.uint64(b) + again_r
    return found


def _rounds(
    left: UInt32[np.ndarray, "..."],
    right: UInt32[np.ndarray, "..."],
    key: UInt32[np.ndarray, "..."],
    a: np.uint32,
    b: np.uint32,
    rounds: int,
) -> None:
    """All rounds, in place. `key` is [name, word, 1] for halves [name, place], [place, word] for [place]."""
    # The sum of two numbers below b is reduced without a division: below b, taking b off wraps round to more.
    for r in range(rounds):
        k = key[:, r % ROUNDS] + np.uint32(r // ROUNDS * _STEP % 2**32)
        if r % 2:
            right += _mixed(left ^ k) % b
            np.minimum(right, right - b, out=right)
        else:
            left += _mixed(right ^ k) % a
            np.minimum(left, left - a, out=left)


def _mixed(x: UInt32[np.ndarray, "..."]) -> UInt32[np.ndarray, "..."]:
    """A 32-bit integer hash (constants by Wellons, "lowbias32"), in place."""
    x ^= x >> np.uint32(16)
    x *= _M1
    x ^= x >> np.uint32(15)
    x *= _M2
    x ^= x >> np.uint32(16)
    return x
