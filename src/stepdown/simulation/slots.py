"""Products over a few rows per cell, for tables that are data: which measure acts on which lever.

A table of cells and rows with few entries becomes numbers of rows: two for every cell that may have any, more
for the few cells that have more. A matrix product of logarithms would do the same at several times the cost.
"""

from collections.abc import Callable
from functools import reduce
from operator import mul
from typing import Any, NamedTuple

import numpy as np
from jax import Array
from jaxtyping import Float, Int

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import once, rows


class Slots(NamedTuple):
    """Numbers of rows. The last row is empty (its factor is 1): slots left over name it."""

    pairs: Int[Array, "2 wide"]
    """First and second row of cells, the cells with most rows first, an empty cell last."""
    more: Int[Array, "depth crowded"]
    """Third, fourth, ... row of the first cells."""
    place: Int[Array, " cell"]
    """Where each cell stands among them."""


def fill(table: Float[np.ndarray, "cell row"], wide: int, crowded: int, most: int) -> Slots:
    """Slots of a table of zeros and ones: `wide` cells have rows, `crowded` more than two, `most` is the
    most.
    """
    cells, last = table.shape
    wide, most = min(wide, cells), max(most, 2)
    order = np.argsort(-(table > 0).sum(axis=1), kind="stable")[:wide]
    numbers = np.full((most, wide + 1), last)
    for position, cell in enumerate(order):
        found = np.flatnonzero(table[cell])
        numbers[: len(found), position] = found
    place = np.full(cells, wide)
    place[order] = np.arange(wide)
    numbered: Any = [x.astype(np.int32) for x in (numbers[:2], numbers[2:, :crowded], place)]
    return Slots(*numbered)


def product(
    slots: Slots, take: Callable[[Int[Array, " number"]], Float[Array, "number *place N"]]
) -> Float[Array, "cell *place N"]:
    """Product of the rows of each cell; 1 where a cell has none. `take` gives rows by number: those that no
    cell asks for are never made.
    """
    wide, (depth, crowded) = slots.pairs.shape[1], slots.more.shape
    pairs = take(slots.pairs.reshape(-1))
    both = once(pairs[:wide] * pairs[wide:])
    if depth:
        third = take(slots.more.reshape(-1))
        deep = reduce(mul, (third[i * crowded : (i + 1) * crowded] for i in range(depth)))
        both = xp.begin_with(both, both[: len(deep)] * deep[: len(both)])
    return rows(both, slots.place)
