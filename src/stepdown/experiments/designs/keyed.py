"""Numbers that follow from a key and a place: nothing is drawn in sequence, so any block can come first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from jaxtyping import UInt32

KEY_BYTES = 32
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@lru_cache(maxsize=1 << 16)
def key_of(seed: int, stream: str, name: str) -> bytes:
    """32 bytes that stand for one coordinate in one stream (a lens) of one seed."""
    return blake2b(f"{seed}|{stream}|{name}".encode(), digest_size=KEY_BYTES).digest()


def keys(seed: int, stream: str, names: Sequence[str]) -> UInt32[np.ndarray, "name 8"]:
    """Eight 32-bit words per name."""
    joined = b"".join(key_of(seed, stream, name) for name in names)
    return np.frombuffer(joined, dtype="<u4").reshape(len(names), KEY_BYTES // 4)


def starts(key: UInt32[np.ndarray, "name 8"]) -> np.ndarray:
    """Where the stream of `uniform` starts, [name]."""
    found: np.ndarray = key[:, 6].astype(np.uint64) << np.uint64(32) | key[:, 7]
    return found


def uniform(start: Any, place: Any) -> Any:
    """Numbers in (0, 1) by place: SplitMix64 (Steele, Lea & Flood 2014), its state set to the place.

    64-bit integers, on NumPy arrays or on JAX arrays.
    """
    x = start + (place + np.uint64(1)) * _GOLDEN
    x = x ^ (x >> np.uint64(30))
    x = x * _M1
    x = x ^ (x >> np.uint64(27))
    x = x * _M2
    x = x ^ (x >> np.uint64(31))
    return ((x >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
