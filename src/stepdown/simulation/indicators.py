"""What somebody could see: indicators of the state, then observations of them, late and with an error.

Decisions read observations only. The true values pass through `Sight`, which keeps the last few steps and
hands out, per indicator, the newest value that is old enough to be known.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from stepdown.contracts.triggers import INDICATOR_AXES, Indicator
from stepdown.contracts.world import World
from stepdown.simulation import randomness
from stepdown.simulation.events import Luck
from stepdown.simulation.kernel import Moment, Reference
from stepdown.simulation.measures import rivals_conduct
from stepdown.simulation.randomness import Stream
from stepdown.simulation.shapes import mix
from stepdown.simulation.state import Draws, State, verification
from stepdown.simulation.structure import Structure


class ViewSlots(NamedTuple):
    """How the indicators are observed, one entry each; times in steps."""

    every: Int[Array, " K"]
    delay: Int[Array, " K"]
    """At least one: a decision at a step knows what was true one step before, at best."""
    error: Float[Array, " K"]


class Sight(NamedTuple):
    """True values of the last steps (newest first) and the last observation of each indicator."""

    past: Float[Array, "D K N"]
    observed: Float[Array, "K N"]
    first: Float[Array, "K N"]
    """The first observation, which rules on a change are measured against."""
    seen: Bool[Array, " K"]


def view_slots(indicators: tuple[Indicator, ...], steps_per_year: int, dtype: np.dtype) -> ViewSlots:
    """Years to whole steps."""
    every = [max(round(i.every * steps_per_year), 1) for i in indicators]
    delay = [max(round(i.delay * steps_per_year), 1) for i in indicators]
    return ViewSlots(
        jnp.asarray(every, jnp.int32),
        jnp.asarray(delay, jnp.int32),
        jnp.asarray(np.array([i.error for i in indicators], dtype)),
    )


def true_values(
    world: World,
    s: Structure,
    p: Draws,
    ref: Reference,
    indicators: tuple[tuple[str, str], ...],
    y: State,
    at: Moment,
) -> Float[Array, "K N"]:
    """Indicators as they are, in the order of `indicators` (name, subject)."""

    def conduct() -> Array:
        return rivals_conduct(s, at.levels.cut, mix(s.parties_mean, y.tau - ref.state.tau))

    def assurance() -> Array:
        table = jnp.where((s.protected_nuclear > 0)[..., None], y.A, 0.0)
        return jnp.max(table, axis=1)

    def fear() -> Array:
        return jnp.max(jnp.where((s.defends_armed > 0)[..., None], y.V, 0.0), axis=1)

    declared = mix(s.onto_defender, y.R)
    table: Mapping[str, Callable[[], Array]] = {
        "tension": lambda: y.tau,
        "crisis_communication": lambda: y.chi,
        "transparency": lambda: y.chi_tr,
        "perceived_role": lambda: mix(s.onto.T, jnp.mean(y.Rh, axis=1)),
        "perception_gap": lambda: mix(s.onto.T, jnp.mean(y.Rh - declared, axis=1)),
        "trust": lambda: at.levels.trust,
        "secondary_roles": lambda: at.levels.secondary,
        "prompt_launch": lambda: y.L,
        "strategic_forces": lambda: jnp.exp(at.log_FS),
        "theatre_forces": lambda: jnp.exp(at.log_FT),
        "disarming_fear": fear,
        "assurance": assurance,
        "adequacy": lambda: jnp.min(at.levels.adequate, axis=1),
        "domestic_support": lambda: y.P,
        "rival_conduct": conduct,
        "verification": lambda: verification(s, p, y.chi_tr),
    }
    rows = {name: table[name]() for name in dict.fromkeys(name for name, _ in indicators)}
    return jnp.stack([rows[name][row_of(world, name, subject)] for name, subject in indicators])


def row_of(world: World, name: str, subject: str) -> int:
    """Row of a subject along the indicator's axis."""
    return world.axis(INDICATOR_AXES[name]).index(subject)


def first_sight(depth: int, count: int, like: Array) -> Sight:
    """Nothing seen yet."""
    zero = jnp.zeros((count, like.shape[-1]), like.dtype)
    return Sight(jnp.stack([zero] * depth), zero, zero, jnp.zeros(count, bool))


def observe(
    view: ViewSlots, luck: Luck, codes: Int[Array, " K"], step: Int[Array, ""], sight: Sight
) -> Sight:
    """What is known at the beginning of `step`, before anything of that step is seen.

    An indicator observed every E steps and published D steps later shows at step n the value of step n - D
    if that is a multiple of E, else what it showed before; the error is keyed by the step it was observed at.
    """
    about = step - view.delay
    due = (about >= 0) & (about % view.every == 0)
    age = jnp.arange(len(sight.past))
    pick = (age[:, None] == view.delay[None, :] - 1).astype(sight.past.dtype)
    true = jnp.sum(pick[..., None] * sight.past, axis=0)
    error = randomness.normals(
        luck.seed, Stream.OBSERVATION, luck.future, jnp.maximum(about, 0).astype(jnp.uint32), codes
    )
    found = true + view.error[:, None] * error.astype(true.dtype)
    new = (due & ~sight.seen)[:, None]
    return Sight(
        sight.past,
        jnp.where(due[:, None], found, sight.observed),
        jnp.where(new, found, sight.first),
        sight.seen | due,
    )


def remember(sight: Sight, true: Float[Array, "K N"]) -> Sight:
    """Adds the values of the present step."""
    return sight._replace(past=jnp.concatenate([true[None], sight.past[:-1]]))
