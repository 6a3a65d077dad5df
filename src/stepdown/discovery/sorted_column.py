"""One column in ascending order, from which futures are taken away, mostly at its ends."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float, Int

Places = Int[np.ndarray, " some"]
ROOM = 1.2
"""How many more places are looked at than an even spread of the futures left would need."""


class SortedColumn:
    """Everything is kept in the column's own order, so that looking at an end reads memory in a row.

    `order[place]` is a future; `values`, `hits` and `left` are by place.
    """

    def __init__(self, values: Float[np.ndarray, " future"], hits: Bool[np.ndarray, " future"]) -> None:
        self.order = ascending(values)
        self.values, self.hits = values[self.order], hits[self.order]
        self.left = np.ones(len(values), dtype=bool)
        self._place = np.empty_like(self.order)
        self._place[self.order] = np.arange(len(values), dtype=self.order.dtype)
        self._count, self._first, self._end = len(values), 0, len(values)

    def remove(self, futures: Int[np.ndarray, " some"]) -> None:
        """Take away futures that are still there."""
        self.left[self._place[futures]] = False
        self._count -= len(futures)

    def outermost(self, count: int, upper: bool) -> Places:
        """The first `count` places from one end that are left, the outermost first."""
        window = self._end - self._first
        size = int(count * window / max(self._count, 1) * ROOM) + 64
        while True:
            size = min(size, window)
            start = self._end - size if upper else self._first
            found = np.flatnonzero(self.left[start : start + size]) + start
            if len(found) >= count or size == window:
                break
            size *= 2
        if upper:
            found = found[::-1]
            self._end = int(found[0]) + 1
        else:
            self._first = int(found[0])
        return found[:count]


def ascending(values: Float[np.ndarray, " future"]) -> Int[np.ndarray, " future"]:
    """Futures by ascending value.

    Whole numbers sort several times as fast as numbers with their places: the leading bits of each value and
    its place share 64 bits. Values that differ in the bits left out are then put right.
    """
    places = (1 << max(len(values) - 1, 1).bit_length()) - 1
    bits = np.ascontiguousarray(values, dtype=np.float64).view(np.int64)
    rising = bits ^ ((bits >> 63) & np.int64(2**63 - 1))
    packed = (rising & ~np.int64(places)) | np.arange(len(values))
    packed.sort()
    order = (packed & places).astype(np.int32)
    found = values[order]
    if np.any(found[1:] < found[:-1]):
        order = order[np.argsort(found, kind="stable")]
    return order
