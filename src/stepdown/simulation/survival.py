"""Competing risks: which cause of first use comes first."""

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def survive(
    survival: Float[Array, " N"], hazard: Float[Array, "cause T N"], dt: float
) -> tuple[Float[Array, " N"], Float[Array, "cause T N"]]:
    """Survival after dt, and the increment of cumulative incidence of each path, for a constant hazard.

    dCIF_p = Surv (h_p/H)(1 - exp(-H dt)), guarded at H = 0. The increments sum to the loss of survival
    exactly (check 34). Prentice et al. 1978.
    """
    total = jnp.sum(hazard, axis=(0, 1))
    lost = -survival * jnp.expm1(-total * dt)
    share = hazard / jnp.where(total > 0, total, 1.0)
    return survival - lost, share * lost
