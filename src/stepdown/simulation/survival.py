"""Competing risks: which cause of first use comes first."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import mean


def survive(
    survival: Float[Array, " N"], hazard: Float[Array, "cause T N"], dt: Float[Array, ""] | float
) -> tuple[Float[Array, " N"], Float[Array, "cause T N"]]:
    """Survival after dt, and the increment of cumulative incidence of each path, for a constant hazard.

    dCIF_p = Surv (h_p/H)(1 - exp(-H dt)), guarded at H = 0. The increments sum to the loss of survival
    exactly (check 34). Prentice et al. 1978.
    """
    total = mean(hazard.reshape(-1, hazard.shape[-1])) * (hazard.shape[0] * hazard.shape[1])
    lost = -survival * xp.expm1(-total * dt)
    share = hazard / xp.where(total > 0, total, xp.ones_like(total))
    return survival - lost, share * lost
