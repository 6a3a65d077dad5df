"""Counter-based random numbers: each is a function of what it is for, never of what was drawn before.

The key of a number is (seed, stream, future, step, name of the theatre, actor or indicator), so it is the
same for any chunking and any number of threads, in every package (common random numbers), and stays as it is
when another theatre or indicator is added. Salmon et al. 2011.
"""

from collections.abc import Sequence
from enum import IntEnum
from zlib import crc32

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int

CAUSE_STREAMS = 4


class Stream(IntEnum):
    """What a number is for."""

    CRISIS = 0
    REGIME_START = 1
    REGIME = 2
    TURNOVER = 3
    LEADER = 4
    OBSERVATION = 5
    RACE = 8
    """One stream per cause from here on."""


def name_codes(names: Sequence[str]) -> Int[np.ndarray, " name"]:
    """A number per name that does not depend on the other names."""
    return np.array([crc32(name.encode()) for name in names], dtype=np.uint32)


def uniforms(
    seed: Int[Array, ""],
    stream: int,
    future: Int[Array, " N"],
    step: Int[Array, ""],
    codes: Int[Array, " name"],
) -> Float[Array, "name N"]:
    """Uniform numbers in (0, 1), one per name and future."""
    root = jax.random.fold_in(jax.random.key(seed), stream)

    def one(code: Array, i: Array) -> Array:
        key = jax.random.fold_in(jax.random.fold_in(jax.random.fold_in(root, i), step), code)
        return jax.random.uniform(key, (), jnp.float32, minval=1e-7, maxval=1.0 - 1e-7)

    drawn: Array = jax.vmap(lambda code: jax.vmap(lambda i: one(code, i))(future))(codes)
    return drawn


def normals(
    seed: Int[Array, ""],
    stream: int,
    future: Int[Array, " N"],
    step: Int[Array, " name"],
    codes: Int[Array, " name"],
) -> Float[Array, "name N"]:
    """Standard normal numbers; every name has its own step."""
    root = jax.random.fold_in(jax.random.key(seed), stream)

    def one(code: Array, at: Array, i: Array) -> Array:
        key = jax.random.fold_in(jax.random.fold_in(jax.random.fold_in(root, i), at), code)
        return jax.random.normal(key, (), jnp.float32)

    drawn: Array = jax.vmap(lambda code, at: jax.vmap(lambda i: one(code, at, i))(future))(codes, step)
    return drawn
