"""The few smooth shapes that every mechanism is built from. All are finite, with finite gradients,
everywhere.
"""

import math
import operator
from collections.abc import Iterator
from functools import reduce
from typing import Any, TypeVar

import numpy as np
from jax import Array
from jaxtyping import Float, Int

from stepdown.simulation import arrays as xp

Tree = TypeVar("Tree")

RAMP_EPS = 0.02
EXPONENT_LIMIT = 30.0
SHARPNESS = 20.0
FEW = 24
"""Rows with so few entries are added up one by one; beyond that a matrix product is cheaper."""


def ramp(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """x+^2 / (x+ + .02): zero value and slope at 0, close to x beyond (softplus has neither)."""
    positive = xp.maximum(x, 0.0)
    return positive * positive / (positive + RAMP_EPS)


def tilt(p: Float[Array, "..."], x: Float[Array, "..."]) -> Float[Array, "..."]:
    """Probability p in [0, 1] after its log odds rose by x: p e^x / (1 - p + p e^x). Exact at p = 0 and x =
    0.
    """
    ratio = xp.exp(xp.clip(x, -EXPONENT_LIMIT, EXPONENT_LIMIT))
    odds = p * (once(ratio) if ratio.size < p.size else ratio)
    return odds / (1.0 - p + odds)


def sigmoid(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """Logistic function, as 1/2 + tanh(x/2)/2: no overflow, and no exponential with a division."""
    return 0.5 + 0.5 * xp.tanh(0.5 * x)


def gate(
    x: Float[Array, "..."], threshold: Float[Array, "..."] | float, softness: Float[Array, "..."] | float
) -> Float[Array, "..."]:
    """Logistic step from 0 to 1 where x passes the threshold."""
    return sigmoid((x - threshold) / softness)


def scale_threshold(x: Float[Array, "..."], s: Float[Array, "..."]) -> Float[Array, "..."]:
    """H(x; s) = x^3 (1 + s^3) / (x^3 + s^3): little below the scale s, 1 at x = 1."""
    cube, floor = x * x * x, s * s * s
    return cube * (1.0 + floor) / (cube + floor)


def smooth_max(
    member: Float[np.ndarray, "group member"], x: Float[Array, "member N"]
) -> Float[Array, "group N"]:
    """Log-sum-exp (20) of x over the members of each group; x in [-1, 1]. An empty group gives -1.

    It depends on the number of members by ln(n)/20, so it is used as a difference to the start only.
    """
    total = mix(member, xp.exp(SHARPNESS * x)) + math.exp(-SHARPNESS)
    return xp.log(total) / SHARPNESS


def log_sigmoid(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """ln logistic(x) = min(x, 0) - ln(1 + exp(-|x|)); without log1p, which is slow here and not needed."""
    return xp.minimum(x, 0.0) - xp.log(1.0 + xp.exp(-xp.absolute(x)))


def add(x: Float[Array, "row term N"]) -> Float[Array, "row N"]:
    """Sum over the middle axis, unrolled: it fuses with what comes before, a reduction does not."""
    return sum((x[:, i] for i in range(1, x.shape[1])), start=x[:, 0])


def mean(x: Float[Array, "row N"]) -> Float[Array, " N"]:
    """Mean over the first axis, unrolled likewise."""
    return sum((x[i] for i in range(1, len(x))), start=x[0]) / len(x)


def lowest(x: Float[Array, "row term N"]) -> Float[Array, "row N"]:
    """Minimum over the middle axis, unrolled likewise."""
    return reduce(xp.minimum, (x[:, i] for i in range(x.shape[1])))


def once(x: Tree) -> Tree:
    """x itself, computed once: without the barrier the compiler repeats the work in every loop that reads x.

    Holds only where the pass that removes barriers is off, see `simulate.COMPILER`; else it does nothing.
    """
    same: Tree = xp.barrier(x)
    return same


def mix(
    matrix: Float[np.ndarray, "row column"], x: Float[Array, "column *middle N"]
) -> Float[Array, "row *middle N"]:
    """Weighted sums over the first axis of x, computed once.

    Constant matrices with few entries a row (selectors, above all) copy rows; others are matrix products.
    """
    x = once(x)
    if 0 < (most := _most(matrix)) <= FEW:
        return once(reduce(operator.add, _entries(matrix, x, most)))
    m: Any = xp.constant(matrix, x)
    flat = x.reshape(x.shape[0], math.prod(x.shape[1:]))
    mixed: Array = (m @ flat).reshape(m.shape[0], *x.shape[1:])
    return once(mixed)


def any_of(
    member: Float[np.ndarray, "group member"], p: Float[Array, "member *middle N"]
) -> Float[Array, "group *middle N"]:
    """1 - prod(1 - p) over the members of each group (0 or 1 in `member`); 0 for an empty group."""
    p = once(p)
    factors = [1.0 - part for part in _entries(member, p, _most(member))]
    if not factors:
        shape = (member.shape[0], *p.shape[1:])
        return xp.constant(np.zeros(shape), p)
    return once(1.0 - reduce(operator.mul, factors))


def rows(x: Float[Array, "column *middle N"], index: Int[Array, " row"]) -> Float[Array, "row *middle N"]:
    """Rows of x by number, copied once."""
    x = once(x)
    return once(xp.take(x, index))


def second(
    x: Float[Array, "lead column N"], selector: Float[np.ndarray, "row column"]
) -> Float[Array, "lead row N"]:
    """Entries of the second axis that the one-hot rows of a selector name, copied once."""
    index = np.argmax(selector, axis=1)
    x = once(x)
    return once(xp.take(x, index, axis=1))


def _most(matrix: Float[np.ndarray, "row column"]) -> int:
    return int((matrix != 0).sum(axis=1).max(initial=0))


def _entries(
    matrix: Float[np.ndarray, "row column"], x: Float[Array, "column *middle N"], most: int
) -> Iterator[Float[Array, "row *middle N"]]:
    """The j-th non-zero entry of every row times its row of x, for j = 1 ... `most`."""
    order = np.argsort(matrix == 0, axis=1, kind="stable")[:, :most]
    for column in order.T:
        weight = matrix[np.arange(len(matrix)), column]
        part = xp.take(x, column)
        ones = bool((weight == 1).all())
        yield part if ones else part * xp.constant(weight.reshape(-1, *[1] * (x.ndim - 1)), x)
