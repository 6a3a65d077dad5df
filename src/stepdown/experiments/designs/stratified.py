"""Points of Latin hypercubes, compiled: a tile of coordinates and places at a time.

Tiles have one shape whatever is drawn, so that they compile once in a process.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int, UInt32

from stepdown.contracts.tables import END
from stepdown.experiments.designs.keyed import starts, uniform
from stepdown.experiments.designs.permutation import ROUNDS, STEP, Halves, divided, halves, rounds, walked
from stepdown.simulation.simulate import COMPILER

ROWS, PLACES = 512, 128
"""Shape of a tile: enough work to outweigh a call, small enough for a processor's cache."""
AGAIN = 2.0
"""Stands for a number that a permutation sent beyond its end."""
WIDE = {**COMPILER, "xla_cpu_prefer_vector_width": 512}
"""Integers alone: here the widest vectors a processor has are worth it."""
Points = Float[np.ndarray, "row place"]


def stratified(
    key: UInt32[np.ndarray, "row 8"], place: UInt32[np.ndarray, "row place"], size: Int[np.ndarray, " row"]
) -> Points:
    """One point in each n-th of (0, 1), in keyed order (McKay, Beckman & Conover 1979); n = `size[row]`."""
    points = np.empty(place.shape)
    for rows, columns in _tiles(place.shape):
        found = _tile(*_padded(key[rows], place[rows, columns], size[rows]))
        into = points[rows, columns]
        into[...] = np.asarray(found)[: into.shape[0], : into.shape[1]]
    _walk(points, key, place, size)
    return points


def _tiles(shape: tuple[int, ...]) -> Iterator[tuple[slice, slice]]:
    for row in range(0, shape[0], ROWS):
        for column in range(0, shape[1], PLACES):
            yield slice(row, row + ROWS), slice(column, column + PLACES)


def _padded(
    key: np.ndarray, place: np.ndarray, size: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, Halves]:
    """Arguments of a whole tile; rows and places beyond the last one draw numbers that nobody reads."""
    sizes = np.ones(ROWS, dtype=np.uint32)
    sizes[: len(size)] = size
    words = np.zeros((8, ROWS), dtype=np.uint32)
    words[:, : len(key)] = key.T
    places = np.zeros((ROWS, PLACES), dtype=np.uint32)
    places[: place.shape[0], : place.shape[1]] = place
    return words[:ROUNDS, :, None], starts(words.T)[:, None], places, sizes[:, None], _halves(sizes.tobytes())


@lru_cache(maxsize=64)
def _halves(sizes: bytes) -> Halves:
    """Halves of the permutation of every row, [row, 1]."""
    distinct, index = np.unique(np.frombuffer(sizes, dtype=np.uint32), return_inverse=True)
    of = [halves(int(n)) for n in distinct]
    return Halves(*(np.array(field)[index][:, None] for field in zip(*of, strict=True)))


def _walk(points: Points, key: np.ndarray, place: np.ndarray, size: np.ndarray) -> None:
    """Cycle-walking of the few numbers that fell beyond the end, in place."""
    row, column = np.nonzero(points == AGAIN)
    for n in np.unique(size[row]):
        mine = size[row] == n
        r, c = row[mine], column[mine]
        where = place[r, c]
        stratum = walked(key[r, :ROUNDS], where, int(n))
        points[r, c] = np.clip((stratum + uniform(starts(key[r]), where.astype(np.uint64))) / n, END, 1 - END)


@partial(jax.jit, compiler_options=WIDE)
def _compiled(words: Array, start: Array, place: Array, size: Array, h: Halves) -> Array:
    def turn(number: Array, now: tuple[Array, Array]) -> tuple[Array, Array]:
        more = rounds(jnp, *now, words, h, number.astype(jnp.uint32) * np.uint32(STEP))
        left, right = (jnp.where(number < h.turns, x, old) for x, old in zip(more, now, strict=True))
        return left, right

    left, right = jax.lax.fori_loop(0, h.turns.max(), turn, divided(jnp, place, h.b, h.per_b))
    stratum = left * h.b + right
    points = (stratum + uniform(start, place.astype(jnp.uint64))) / size
    return jnp.where(stratum < size, jnp.clip(points, END, 1 - END), AGAIN)


def _tile(words: np.ndarray, start: np.ndarray, place: np.ndarray, size: np.ndarray, h: Halves) -> Array:
    with jax.enable_x64(True):
        found: Array = _compiled(words, start, place, size, h)
    return found
