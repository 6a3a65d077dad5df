"""What is known at one time of a run: the start it is measured against, levels, levers, differences."""

from collections.abc import Callable
from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation.budget import Use
from stepdown.simulation.drivers import Drivers
from stepdown.simulation.levels import First, Levels, Start
from stepdown.simulation.measures import (
    Levers,
)
from stepdown.simulation.scaling import Scaled
from stepdown.simulation.state import State

Hold = Callable[[str, Array], Array]
"""Takes the name of a state variable and its rate, and gives the rate that others are to read."""


def as_it_moves(name: str, rate: Array) -> Array:
    """Every mechanism reads every other as it moves; `simulation.explanation` holds some of them back."""
    return rate


class Reference(NamedTuple):
    """Everything that is measured against: the start of this future."""

    start: Start
    first: First

    @property
    def state(self) -> State:
        """State at the start."""
        return self.start.state

    @property
    def scaled(self) -> Scaled:
        """Hazards at the start."""
        return self.start.scaled


class Moment(NamedTuple):
    """What one evaluation knows beside the derivative; series are cut from it."""

    levels: Levels
    levers: Levers
    use: Use
    log_FS: Float[Array, "B N"]
    log_FT: Float[Array, "B N"]
    crisis: Float[Array, "T N"]
    opening: Float[Array, "B I N"]
    demand: Float[Array, "B I N"]
    hazard: Float[Array, "cause T N"]


class Present(NamedTuple):
    """A state at its time, before any lever: drivers, forces, levels."""

    path: Drivers
    log_FS: Float[Array, "B N"]
    log_FT: Float[Array, "B N"]
    levels: Levels


class Change(NamedTuple):
    """Differences to the start that several mechanisms read."""

    R: Float[Array, "B I N"]
    V: Float[Array, "R N"]
    V_worst: Float[Array, "B N"]
    L: Float[Array, "B N"]
    tau: Float[Array, "T N"]
    tau_actor: Float[Array, "A N"]
    chi: Float[Array, "T N"]
    St: Float[Array, "B N"]
    N: Float[Array, " N"]
    imbalance: Float[Array, "B N"]
    log_pi: Float[Array, "R K N"]
    first_use: Float[Array, "B N"]
    reliance: Float[Array, "B N"]
    fear: Float[Array, "E N"]
    damage_limitation: Float[Array, "B N"]


class Here(NamedTuple):
    """Levers and surroundings of the armed actors."""

    doctrine: Float[Array, "B I N"]
    lever: dict[str, Float[Array, "B N"]]
    tau: Float[Array, "B N"]
    P: Float[Array, "B N"]
    reciprocates: Float[Array, "B N"]
    exploits: Float[Array, "B N"]
