"""Strategic and theatre nuclear forces, relative to the start and to a moving trend."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import mix, ramp, smooth_max
from stepdown.simulation.state import Draws
from stepdown.simulation.structure import Structure


def rival_missile_defence(s: Structure, defence: Float[Array, "A N"]) -> Float[Array, "B N"]:
    """Smooth maximum over rivals of air and missile defence, as an armed actor sees it."""
    return smooth_max(s.defends_armed, mix(s.of_challenger, defence))


def self_driven(
    p: Draws, d_reliance: Float[Array, "B N"], d_status: Float[Array, "B N"], reactive: Float[Array, "B N"]
) -> Float[Array, "B N"]:
    """Switch 5: arms follow the rival (`reactive`) or the state's own reliance and status (self-stimulation).

    Richardson 1960 (action and reaction); Glaser 2000 (domestic drivers).
    """
    own = p["a_self"] * (d_reliance + d_status)
    return reactive + p["self_stimulation"] * (own - reactive)


def strategic_target(
    p: Draws,
    d_V_worst: Float[Array, "B N"],
    d_reliance: Float[Array, "B N"],
    d_status: Float[Array, "B N"],
    cap: Float[Array, "B N"],
) -> Float[Array, "B N"]:
    """d phi/dt = [exp(a_V dV_worst)(1 - cap) - phi]/T_F, FS = trend_S(t) phi (it does not lag a moving
    trend).
    """
    pressure = self_driven(p, d_reliance, d_status, p["a_V"] * d_V_worst)
    return xp.exp(pressure) * (1.0 - cap)


def theatre_target(
    p: Draws,
    d_imbalance: Float[Array, "B N"],
    d_defence: Float[Array, "B N"],
    d_reliance: Float[Array, "B N"],
    d_status: Float[Array, "B N"],
    d_damage_limitation: Float[Array, "B N"],
    cut: Float[Array, "B N"],
    shift: Float[Array, "B N"],
) -> Float[Array, "B N"]:
    """d phi/dt = [exp(a_I dI + a_n d nonballistic + k_dl dR_dl)(1 - cut)(1 - s_shift u) - phi]/T_F.

    nonballistic = 1 - .8 exp(-2 ramp(d MD of rivals)) as a difference (C68); money moved to conventional
    forces is missing from theatre modernisation.
    """
    nonballistic = 0.8 * (1.0 - xp.exp(-2.0 * ramp(d_defence)))
    pressure = self_driven(p, d_reliance, d_status, p["a_I"] * d_imbalance + p["a_n"] * nonballistic)
    pressure = pressure + p["k_dl"] * d_damage_limitation
    return xp.exp(pressure) * (1.0 - cut) * (1.0 - p["s_shift"] * shift)
