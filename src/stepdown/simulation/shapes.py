"""The few smooth shapes that every mechanism is built from. All are finite, with finite gradients,
everywhere.
"""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

RAMP_EPS = 0.02
EXPONENT_LIMIT = 30.0
SHARPNESS = 20.0


def ramp(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """x+^2 / (x+ + .02): zero value and slope at 0, close to x beyond (softplus has neither)."""
    positive = jnp.maximum(x, 0.0)
    return positive * positive / (positive + RAMP_EPS)


def tilt(p: Float[Array, "..."], x: Float[Array, "..."]) -> Float[Array, "..."]:
    """Probability p in [0, 1] after its log odds rose by x: p e^x / (1 - p + p e^x). Exact at p = 0 and x =
    0.
    """
    odds = p * jnp.exp(jnp.clip(x, -EXPONENT_LIMIT, EXPONENT_LIMIT))
    return odds / (1.0 - p + odds)


def gate(
    x: Float[Array, "..."], threshold: Float[Array, "..."] | float, softness: Float[Array, "..."] | float
) -> Float[Array, "..."]:
    """Logistic step from 0 to 1 where x passes the threshold."""
    return jax.nn.sigmoid((x - threshold) / softness)


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
    total = mix(member, jnp.exp(SHARPNESS * x)) + jnp.exp(-SHARPNESS)
    return jnp.log(total) / SHARPNESS


def log_sigmoid(x: Float[Array, "..."]) -> Float[Array, "..."]:
    """ln logistic(x) = min(x, 0) - ln(1 + exp(-|x|)); without log1p, which is slow here and not needed."""
    return jnp.minimum(x, 0.0) - jnp.log(1.0 + jnp.exp(-jnp.abs(x)))


def add(x: Float[Array, "row term N"]) -> Float[Array, "row N"]:
    """Sum over the middle axis, unrolled: it fuses with what comes before, a reduction does not."""
    return sum((x[:, i] for i in range(1, x.shape[1])), start=x[:, 0])


def mix(
    matrix: Float[np.ndarray, "row column"] | Float[Array, "row column"], x: Float[Array, "column *middle N"]
) -> Float[Array, "row *middle N"]:
    """Weighted sums over the first axis of x: the matrix product that replaces gathers and segment sums.

    A middle axis becomes a batch: flattening it into the columns would put a division into every index of the
    loops around, which is five times slower on a CPU.
    """
    m = jnp.asarray(matrix, x.dtype)
    if x.ndim == 2:
        return m @ x
    batch = jnp.broadcast_to(m, (x.shape[1], *m.shape))
    return jnp.swapaxes(jnp.matmul(batch, jnp.swapaxes(x, 0, 1)), 0, 1)
