"""What somebody could see: indicators of the state, then observations of them, late and with an error.

Decisions read observations only. The true values pass through `Sight`, which keeps the last few steps and
hands out, per indicator, the newest value that is old enough to be known.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from stepdown.contracts.triggers import INDICATOR_AXES, Indicator
from stepdown.contracts.world import World
from stepdown.simulation import randomness
from stepdown.simulation.events import Luck
from stepdown.simulation.measures import rivals_conduct
from stepdown.simulation.moment import Moment, Reference
from stepdown.simulation.randomness import Stream, name_codes
from stepdown.simulation.shapes import mix
from stepdown.simulation.state import Draws, State, verification
from stepdown.simulation.structure import Structure


class ViewSlots(NamedTuple):
    """How the indicators are observed, one entry each; times in steps."""

    row: Int[Array, " K"]
    """Row of `true_values`: which indicator, about whom."""
    code: Int[Array, " K"]
    """What its errors are keyed by."""
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


def view_slots(
    world: World, indicators: tuple[Indicator, ...], steps_per_year: int, dtype: np.dtype, slots: int
) -> ViewSlots:
    """Years to whole steps, names to rows; padded to `slots` by indicators that nobody reads."""
    pad = (0, slots - len(indicators))
    rows = [row_of(world, i) for i in indicators]
    every = [max(round(i.every * steps_per_year), 1) for i in indicators]
    delay = [max(round(i.delay * steps_per_year), 1) for i in indicators]
    return ViewSlots(
        jnp.asarray(np.pad(rows, pad), jnp.int32),
        jnp.asarray(np.pad(name_codes([i.id for i in indicators]), pad)),
        jnp.asarray(np.pad(every, pad, constant_values=1), jnp.int32),
        jnp.asarray(np.pad(delay, pad, constant_values=1), jnp.int32),
        jnp.asarray(np.pad(np.array([i.error for i in indicators], dtype), pad)),
    )


def row_of(world: World, indicator: Indicator) -> int:
    """Row of an indicator in `true_values`."""
    row = 0
    for name, axis in INDICATOR_AXES.items():
        subjects = world.axis(axis)
        if name == indicator.name:
            return row + subjects.index(indicator.subject)
        row += len(subjects)
    raise KeyError(indicator.name)


def true_values(s: Structure, p: Draws, ref: Reference, y: State, at: Moment) -> Float[Array, "row N"]:
    """Every indicator about everybody as it is, in the order of `INDICATOR_AXES`.

    All of them, whichever a pathway watches: so that all pathways share one compilation.
    """
    conduct = rivals_conduct(s, at.levels.cut, mix(s.parties_mean, y.tau - ref.state.tau))
    assurance = jnp.max(jnp.where((s.protected_nuclear > 0)[..., None], y.A, 0.0), axis=1)
    fear = jnp.max(jnp.where((s.defends_armed > 0)[..., None], y.V, 0.0), axis=1)
    table: Mapping[str, Array] = {
        "tension": y.tau,
        "crisis_communication": y.chi,
        "transparency": y.chi_tr,
        "perceived_role": mix(s.onto.T, jnp.mean(y.Rh, axis=1)),
        "perception_gap": mix(s.onto.T, jnp.mean(y.Rh - mix(s.onto_defender, y.R), axis=1)),
        "trust": at.levels.trust,
        "secondary_roles": at.levels.secondary,
        "prompt_launch": y.L,
        "strategic_forces": jnp.exp(at.log_FS),
        "theatre_forces": jnp.exp(at.log_FT),
        "disarming_fear": fear,
        "assurance": assurance,
        "adequacy": jnp.min(at.levels.adequate, axis=1),
        "domestic_support": y.P,
        "rival_conduct": conduct,
        "verification": verification(s, p, y.chi_tr),
    }
    return jnp.concatenate([table[name] for name in INDICATOR_AXES])


def first_sight(depth: int, count: int, like: Array) -> Sight:
    """Nothing seen yet."""
    zero = jnp.zeros((count, like.shape[-1]), like.dtype)
    return Sight(jnp.stack([zero] * depth), zero, zero, jnp.zeros(count, bool))


def observe(view: ViewSlots, luck: Luck, step: Int[Array, ""], sight: Sight) -> Sight:
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
        luck.seed, Stream.OBSERVATION, luck.future, jnp.maximum(about, 0).astype(jnp.uint32), view.code
    )
    found = true + view.error[:, None] * error.astype(true.dtype)
    new = (due & ~sight.seen)[:, None]
    return Sight(
        sight.past,
        jnp.where(due[:, None], found, sight.observed),
        jnp.where(new, found, sight.first),
        sight.seen | due,
    )


def remember(view: ViewSlots, sight: Sight, true: Float[Array, "row N"]) -> Sight:
    """Adds the values of the present step."""
    return sight._replace(past=jnp.concatenate([true[view.row][None], sight.past[:-1]]))
