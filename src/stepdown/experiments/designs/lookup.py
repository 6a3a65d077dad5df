"""Values of many distributions at the points of a design, read from tables (`contracts.tables`), compiled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Float32, Int

from stepdown.contracts.assumptions import Points
from stepdown.contracts.tables import CELLS, LOWEST, SIDE, Tables
from stepdown.simulation.simulate import COMPILER

ROWS, FUTURES = 64, 1024
"""Shape of a tile, one for everything that is drawn, so that it compiles once in a process."""
TOGETHER = 256
"""Coordinates whose points are in memory at a time."""
Values = Float32[np.ndarray, "number future"]
Raw = dict[str, Float[np.ndarray, " future"]]


def drawn(
    points: Points,
    width: int,
    names: Sequence[str],
    coordinate: Int[np.ndarray, " number"],
    table: Int[np.ndarray, " number"],
    tables: Tables,
    raw: Sequence[str],
) -> tuple[Values, Raw]:
    """Number i: table `table[i]` at the point of `names[coordinate[i]]`; and the points of `raw` themselves.

    Each number depends on its own point alone, to the last bit.
    """
    values = np.empty((len(coordinate), width), dtype=np.float32)
    kept: Raw = {}
    device = jax.device_put(tables.values)
    wanted = set(raw)
    for first in range(0, len(names), TOGETHER):
        here = names[first : first + TOGETHER]
        u = points(here)
        kept |= {name: u[i].copy() for i, name in enumerate(here) if name in wanted}
        rows = np.flatnonzero((coordinate >= first) & (coordinate < first + TOGETHER))
        looked_up(device, table[rows], u, coordinate[rows] - first, values, rows)
    return values, kept


def looked_up(
    tables: Array,
    table: Int[np.ndarray, " row"],
    u: Float[np.ndarray, "name future"],
    name: Int[np.ndarray, " row"],
    into: Values,
    rows: Int[np.ndarray, " row"],
) -> None:
    """Fill `into[rows]` with the values of `table` at `u[name]`."""
    for a in range(0, len(rows), ROWS):
        tile = slice(a, a + ROWS)
        names, numbers = name[tile], np.resize(table[tile], ROWS).astype(np.int32)
        for b in range(0, u.shape[1], FUTURES):
            piece = u[names, b : b + FUTURES]
            high, wide = piece.shape
            if piece.shape != (ROWS, FUTURES):
                piece = np.pad(piece, ((0, ROWS - high), (0, FUTURES - wide)), constant_values=0.5)
            with jax.enable_x64(True):
                found = np.asarray(_compiled(tables, numbers, piece))
            into[rows[tile], b : b + FUTURES] = found[:high, :wide]


@partial(jax.jit, compiler_options=COMPILER)
def _compiled(tables: Array, table: Array, u: Array) -> Array:
    lower = u < 0.5
    v = jnp.where(lower, u, 1.0 - u).astype(jnp.float32)
    bits = jax.lax.bitcast_convert_type(v, jnp.int32)
    octave = (bits >> 23) - 127 - LOWEST
    mantissa = jax.lax.bitcast_convert_type(bits & 0x7FFFFF | 0x3F800000, jnp.float32)
    place = (mantissa - 1.0) * CELLS
    cell = place.astype(jnp.int32)
    edge = table[:, None] * (2 * SIDE) + octave * CELLS + cell + jnp.where(lower, 0, SIDE)
    flat = tables.reshape(-1)
    low, high = (flat.at[edge + i].get(mode="promise_in_bounds") for i in (0, 1))
    return low + (place - cell) * (high - low)
