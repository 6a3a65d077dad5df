"""Dimensional stacking: where futures of interest gather over nested classes of a few inputs.

After LeBlanc, Ward & Wittels (1990) and Suzuki, Stern & Manzocchi (2015): the two most influential inputs lie
outermost, one on each side, so that the picture's large blocks show what matters most.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.comparison import Stack, StackAxis
from stepdown.discovery.columns import Columns, Hits
from stepdown.discovery.given_data import classes


def stack(columns: Columns, hits: Hits, names: Sequence[str], count: int = 3) -> Stack:
    """Share of interest in every cell of the inputs `names`, most influential first; numbers in `count`
    classes.

    Inputs alternate between columns and rows. Raises KeyError for an unknown input, ValueError for fewer than
    two or more than six.
    """
    if not 2 <= len(names) <= 6:
        raise ValueError(f"two to six inputs can be stacked, not {len(names)}")
    by_name = {c.name: c for c in columns}
    across = [by_name[n] for n in names[::2]]
    down = [by_name[n] for n in names[1::2]]
    row, rows = _nested(down, count)
    column, width = _nested(across, count)
    cell = row * width + column
    n = np.bincount(cell, minlength=rows * width).reshape(rows, width)
    inside = np.bincount(cell, weights=hits, minlength=rows * width).reshape(rows, width)
    return Stack(
        tuple(_axis(c, count) for c in down),
        tuple(_axis(c, count) for c in across),
        tuple(
            tuple(float(h / m) if m else None for h, m in zip(a, b, strict=True))
            for a, b in zip(inside, n, strict=True)
        ),
        tuple(tuple(int(m) for m in line) for line in n),
        float(np.mean(hits)),
    )


def _nested(columns: Sequence[Coordinate], count: int) -> tuple[Int[np.ndarray, " future"], int]:
    """Place of every future along one side, the first column outermost, and the number of places."""
    place, total = np.zeros(len(columns[0].values), dtype=int), 1
    for c in columns:
        width = len(c.options) or count
        place, total = place * width + classes(c, count), total * width
    return place, total


def _axis(column: Coordinate, count: int) -> StackAxis:
    if column.options:
        return StackAxis(column.name, options=column.options)
    edges = np.quantile(column.values, np.arange(count + 1) / count)
    return StackAxis(column.name, edges=tuple(float(e) for e in edges))
