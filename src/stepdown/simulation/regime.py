"""Crisis communication and risk reduction, and transparency: two states of a theatre, not one."""

from jax import Array
from jaxtyping import Float


def regime_target(
    chi0: Float[Array, "T N"],
    u: Float[Array, "T N"],
    feasible: Float[Array, "T N"],
) -> Float[Array, "T N"]:
    """d chi/dt = [chi0 + (1 - chi0) u Feas - chi]/T_chi; the same for transparency. Krasner 1983."""
    return chi0 + (1.0 - chi0) * u * feasible
