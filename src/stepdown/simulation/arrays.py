"""The array functions the equations use, from the namespace of their argument: JAX, or NumPy for the oracle.

The equations are written once. On JAX arrays they are traced and compiled; on NumPy arrays the same lines run
as they stand, which gives the test oracle and the NumPy rivals of the benchmarks.
"""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int


def _space(x: Any) -> Any:
    return np if isinstance(x, np.ndarray | np.generic) else jnp


def constant(values: Float[np.ndarray, "..."], like: Array) -> Array:
    """A constant array in the namespace and precision of `like`."""
    made: Array = _space(like).asarray(values, like.dtype)
    return made


def exp(x: Array) -> Array:
    """e^x."""
    y: Array = _space(x).exp(x)
    return y


def log(x: Array) -> Array:
    """Natural logarithm."""
    y: Array = _space(x).log(x)
    return y


def expm1(x: Array) -> Array:
    """e^x - 1, precise near 0."""
    y: Array = _space(x).expm1(x)
    return y


def tanh(x: Array) -> Array:
    """Hyperbolic tangent."""
    y: Array = _space(x).tanh(x)
    return y


def sqrt(x: Array) -> Array:
    """Square root."""
    y: Array = _space(x).sqrt(x)
    return y


def absolute(x: Array) -> Array:
    """|x|."""
    y: Array = _space(x).abs(x)
    return y


def maximum(x: Array, y: Array | float) -> Array:
    """The greater of two, element by element."""
    z: Array = _space(x).maximum(x, y)
    return z


def minimum(x: Array, y: Array | float) -> Array:
    """The smaller of two, element by element."""
    z: Array = _space(x).minimum(x, y)
    return z


def clip(x: Array, low: Array | float, high: Array | float) -> Array:
    """x inside [low, high]."""
    return minimum(maximum(x, low), high)


def where(condition: Array, then: Array | float, otherwise: Array | float) -> Array:
    """`then` where the condition holds."""
    z: Array = _space(condition).where(condition, then, otherwise)
    return z


def stack(parts: Sequence[Array], axis: int = 0) -> Array:
    """Arrays of one shape along a new axis."""
    z: Array = _space(parts[0]).stack(parts, axis=axis)
    return z


def swap(x: Array) -> Array:
    """x with its first two axes exchanged."""
    z: Array = _space(x).swapaxes(x, 0, 1)
    return z


def concatenate(parts: Sequence[Array], axis: int = 0) -> Array:
    """Arrays end to end along an axis."""
    z: Array = _space(parts[0]).concatenate(parts, axis=axis)
    return z


def take(x: Array, index: Int[np.ndarray, " row"] | Array, axis: int = 0) -> Array:
    """Entries of an axis by number. Numbers are never negative, and the compiler need not look."""
    at = (slice(None),) * axis + (index,)
    if isinstance(x, np.ndarray):
        return x[at]
    return x.at[at].get(mode="promise_in_bounds", wrap_negative_indices=False)


def begin_with(x: Array, start: Array) -> Array:
    """x with its first rows replaced."""
    if isinstance(x, np.ndarray):
        return np.concatenate([start, x[len(start) :]])
    return x.at[: len(start)].set(start)


def zeros_like(x: Array) -> Array:
    """Zeros of the same shape."""
    z: Array = _space(x).zeros_like(x)
    return z


def ones_like(x: Array) -> Array:
    """Ones of the same shape."""
    z: Array = _space(x).ones_like(x)
    return z


def barrier(x: Any) -> Any:
    """What passes is computed once by the compiler (see `shapes.once`); NumPy computes everything once."""
    leaves = jax.tree.leaves(x)
    hold: Callable[[Any], Any] = jax.lax.optimization_barrier
    return x if leaves and isinstance(leaves[0], np.ndarray) else hold(x)
