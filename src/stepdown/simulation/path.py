"""The integrator with everything that happens on the way: events, shocks, observations and decisions.

The same two stages as `integrate.run`, and the same numbers to rounding when nothing happens on the way. Per
step: shocks strike, decisions are taken on what is known, two stages move the state, then crises come,
regimes and leaders change, the race of the hazards goes on, and what is true now becomes observable later.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.triggers import MAX_DELAY
from stepdown.contracts.world import World
from stepdown.simulation import events, indicators, triggers
from stepdown.simulation.events import Luck, NoiseSlots, Politics, Race
from stepdown.simulation.indicators import Sight, ViewSlots
from stepdown.simulation.kernel import Moment, Reference, evaluate, reference
from stepdown.simulation.measures import Package
from stepdown.simulation.outputs import Risk, health, moment_series, state_series
from stepdown.simulation.randomness import name_codes
from stepdown.simulation.shocks import ShockSlots, shift_at, shocked_rates, struck
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import structure
from stepdown.simulation.survival import survive
from stepdown.simulation.triggers import PlanSlots, Progress


class Happenings(NamedTuple):
    """What may happen on the way; None for what does not."""

    luck: Luck
    noise: NoiseSlots | None = None
    plan: PlanSlots | None = None
    view: ViewSlots | None = None
    shocks: ShockSlots | None = None


class _Carry(NamedTuple):
    state: State
    risk: Risk
    politics: Politics
    race: Race
    sight: Sight
    progress: Progress | None


class _Step(NamedTuple):
    """What a step leaves behind."""

    series: dict[str, Array]
    hazard: Float[Array, "cause T N"]
    crises: Float[Array, "T N"]
    progress: Progress | None
    observed: Float[Array, "K N"]


def run_path(
    world: World,
    p: Draws,
    package: Package,
    documented: Float[Array, ""],
    happen: Happenings,
    *,
    years: int,
    steps_per_year: int,
    keep: tuple[str, ...],
) -> dict[str, Float[Array, "..."]]:
    """Yearly series named in `keep`, and per year what happened; pure, differentiable where smooth.

    Beside the series: `code`, `crises`, `political_regime`,
    `leader`, `use_year`, `use_path`, and with a plan `opened`, `held`, `reverted`, `calling`, `clock`,
    `rule`, `observed` (as decided at the beginning of each year).
    """
    s = structure(world)
    ref = reference(s, p)
    dt = 1.0 / steps_per_year
    like = jnp.zeros_like(ref.scaled.l0)
    places, people = jnp.asarray(name_codes(world.theatres)), jnp.asarray(name_codes(world.actors))
    view = happen.view
    depth = round(MAX_DELAY * steps_per_year)

    def derivative(
        y: State, steering: tuple[Progress, Array] | None, politics: Politics, start: Array, since: Array
    ) -> tuple[State, Moment]:
        at, now = start + since, package
        if happen.plan is not None and steering is not None:
            now = triggers.steered(happen.plan, package, *steering, at, since)
        rate, moment = evaluate(s, p, now, ref, y, at, documented)
        if happen.noise is not None:
            rate = events.political_rates(s, p, happen.noise, politics, moment.crisis, y, rate)
        if happen.shocks is not None:
            rate = shocked_rates(p, shift_at(happen.shocks, start), y, rate)
        return rate, moment

    def step(carry: _Carry, number: Int[Array, ""]) -> tuple[_Carry, _Step]:
        start = number.astype(like.dtype) * dt
        y, sight, progress, steering = carry.state, carry.sight, carry.progress, None
        if happen.shocks is not None:
            y = struck(y, shift_at(happen.shocks, start, dt))
        if happen.plan is not None and view is not None and progress is not None:
            sight = indicators.observe(view, happen.luck, number, sight)
            progress = triggers.decide(happen.plan, sight, start, progress)
            steering = (progress, triggers.advance(happen.plan, progress, dt)[1])

        def stage(z: State, second: Array) -> tuple[State, tuple[Array, Array, Array, dict[str, Array]]]:
            rate, moment = derivative(z, steering, carry.politics, start, second * dt)
            after = jax.tree.map(lambda a, b, f: a + (1.0 - 0.5 * second) * (b + dt * f - a), y, z, rate)
            true = like[:0] if view is None else indicators.true_values(s, p, ref, z, moment)
            return after, (moment.hazard, moment.crisis, true, moment_series(s, moment, keep))

        moved, (hazards, rates, true, seen) = jax.lax.scan(stage, y, jnp.array([0.0, 1.0], like.dtype))
        hazard, expected = 0.5 * (hazards[0] + hazards[1]), 0.5 * dt * (rates[0] + rates[1])
        after = Risk(*survive(carry.risk.survival, hazard, dt))
        held = state_series(s, p, y, carry.risk, keep)
        left = _Step(
            {**{n: x[0] for n, x in seen.items()}, **held, "code": health(y, hazards[0])},
            hazard,
            jnp.zeros_like(expected),
            progress,
            sight.observed,
        )
        politics, race = carry.politics, carry.race
        if happen.noise is not None:
            count = events.crises(happen.luck, number.astype(jnp.uint32), places, expected)
            jump = events.moved(moved.tau, happen.noise.crisis_jump) * count
            moved = moved._replace(tau=jnp.clip(moved.tau + jump, 0.0, 1.0))
            when = number.astype(jnp.uint32) + 1
            politics = events.next_politics(happen.luck, happen.noise, when, places, people, politics, dt)
            race = events.run_race(race, hazard, start, dt)
            left = left._replace(crises=count)
        if happen.plan is not None and progress is not None:
            progress = triggers.advance(happen.plan, progress, dt)[0]
        if view is not None:
            sight = indicators.remember(view, sight, true[0])
        risk = after._replace(cif=carry.risk.cif + after.cif)
        return _Carry(moved, risk, politics, race, sight, progress), left

    def year(carry: _Carry, index: Int[Array, ""]) -> tuple[_Carry, dict[str, Array]]:
        numbers = index * steps_per_year + jnp.arange(steps_per_year, dtype=jnp.int32)
        after, left = jax.lax.scan(step, carry, numbers)
        out = {n: x[0] for n, x in left.series.items()}
        out |= {"crises": jnp.sum(left.crises, axis=0)}
        out |= {"political_regime": carry.politics.regime, "leader": carry.politics.leader}
        if left.progress is not None:
            out |= {n: x[0] for n, x in left.progress._asdict().items()} | {"observed": left.observed[0]}
        return after, out

    first = _first(ref, happen, like, places, len(world.actors), depth)
    last, out = jax.lax.scan(year, first, jnp.arange(years + 1, dtype=jnp.int32))
    return {
        **out,
        "code": jnp.max(out["code"], axis=0),
        "use_year": last.race.year,
        "use_path": last.race.path,
    }


def _first(
    ref: Reference,
    happen: Happenings,
    like: Float[Array, "T N"],
    places: Array,
    actors: int,
    depth: int,
) -> _Carry:
    paths = jnp.stack([like] * 4)
    quiet = Politics(like, jnp.zeros((actors, like.shape[-1]), like.dtype))
    return _Carry(
        ref.state,
        Risk(jnp.ones_like(like[0]), paths),
        quiet if happen.noise is None else events.start_politics(happen.luck, places, actors, like),
        events.start_race(happen.luck, places, paths),
        indicators.first_sight(depth, 0 if happen.view is None else len(happen.view.row), like),
        None if happen.plan is None else triggers.first_progress(happen.plan, like),
    )
