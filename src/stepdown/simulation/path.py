"""The integrator with everything that happens on the way: events, shocks, observations and decisions.

The same scheme as `integrate.run`, and the same numbers to rounding when nothing happens on the way. Per
step: shocks strike, decisions are taken on what is known, one evaluation moves the state, then crises come,
regimes and leaders change, and what is true now becomes observable later. Risk and race are those of the
step before, by the mean of the hazards at both its ends.

What jumps is kept out of the extrapolation to mid-step: regimes, leaders and lasting shocks shift a target
after it; where a shock strikes, the extrapolation starts anew. Crises do not: they come at mid-step on
average, and carrying their effect on other targets half a step back is what puts it there.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.triggers import MAX_DELAY
from stepdown.contracts.world import World
from stepdown.simulation import events, indicators, timing, triggers
from stepdown.simulation.events import Luck, NoiseSlots, Politics, Race
from stepdown.simulation.indicators import Sight, ViewSlots
from stepdown.simulation.integrate import relaxed
from stepdown.simulation.kernel import present, reference, respond
from stepdown.simulation.measures import Package
from stepdown.simulation.moment import Reference, as_it_moves
from stepdown.simulation.outputs import Risk, health, largest_force, moment_series, state_series
from stepdown.simulation.randomness import name_codes
from stepdown.simulation.shocks import ShockSlots, shift_at, shocked_targets, strikes, struck
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


class _Before(NamedTuple):
    """What the step before found."""

    target: State
    hazard: Float[Array, "cause T N"]
    crisis: Float[Array, "T N"]


class _Carry(NamedTuple):
    state: State
    before: _Before
    risk: Risk
    politics: Politics
    race: Race
    sight: Sight
    progress: Progress | None


class _Step(NamedTuple):
    """What a step leaves behind."""

    series: dict[str, Array]
    code: Int[Array, " N"]
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

    def step(carry: _Carry, number: Int[Array, ""]) -> tuple[_Carry, _Step]:
        start = number.astype(like.dtype) * dt
        y, sight, progress, now = carry.state, carry.sight, carry.progress, package
        fresh, afresh = number == 0, jnp.asarray(False)
        if happen.shocks is not None:
            y = struck(y, shift_at(happen.shocks, start, dt))
            afresh = strikes(happen.shocks, start, dt)
        if happen.plan is not None and view is not None and progress is not None:
            sight = indicators.observe(view, happen.luck, number, sight)
            progress = triggers.decide(happen.plan, sight, start, progress)
            now = triggers.steered(happen.plan, package, progress, start)
        came = timing.moment(now, start)
        levels = present(s, p, now, ref.start, y, came, start, documented)
        target, speed, moment = respond(s, p, now, ref, y, levels, came, start)
        found = _Before(target, moment.hazard, moment.crisis)
        before: _Before = jax.tree.map(lambda a, b: jnp.where(fresh | afresh, a, b), found, carry.before)

        # A shock strikes after the step before, whose hazard it does not raise.
        ends = jnp.where(afresh, carry.before.hazard, moment.hazard)
        mean, elapsed = 0.5 * (carry.before.hazard + ends), jnp.where(fresh, 0.0, dt)
        survival, gained = survive(carry.risk.survival, mean, elapsed)
        risk = Risk(survival, carry.risk.cif + gained)
        series = {**state_series(s, p, y, risk, keep), **moment_series(s, moment, keep)}
        code = health(y, risk.cif, largest_force(y))

        aim: State = jax.tree.map(_ahead, target, before.target)
        politics, race, crises = carry.politics, carry.race, jnp.zeros_like(like)
        if happen.noise is not None:
            aim = events.political_targets(happen.noise, politics, aim)
        if happen.shocks is not None:
            aim = shocked_targets(shift_at(happen.shocks, start), aim)
        moved = relaxed(y, aim, aim, speed, dt, as_it_moves)
        if happen.noise is not None:
            race = events.run_race(race, mean, start - elapsed, elapsed)
            expected = dt * jnp.clip(_ahead(moment.crisis, before.crisis), 0.0, p["lmax"])
            crises = events.crises(happen.luck, number.astype(jnp.uint32), places, expected)
            moved = moved._replace(tau=events.after_crises(happen.noise, moved.tau, crises, expected))
            when = number.astype(jnp.uint32) + 1
            politics = events.next_politics(happen.luck, happen.noise, when, places, people, politics, dt)
        left = _Step(series, code, crises, progress, sight.observed)
        if happen.plan is not None and progress is not None:
            progress = triggers.advance(happen.plan, progress, dt)
        if view is not None:
            sight = indicators.remember(view, sight, indicators.true_values(s, p, ref, y, moment))
        return _Carry(moved, found, risk, politics, race, sight, progress), left

    def year(carry: _Carry, index: Int[Array, ""]) -> tuple[_Carry, dict[str, Array]]:
        numbers = index * steps_per_year + jnp.arange(steps_per_year, dtype=jnp.int32)
        after, left = jax.lax.scan(step, carry, numbers)
        out = {n: x[0] for n, x in left.series.items()} | {"code": left.code[0]}
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
        _Before(ref.state, paths, like),
        Risk(jnp.ones_like(like[0]), paths),
        quiet if happen.noise is None else events.start_politics(happen.luck, places, actors, like),
        events.start_race(happen.luck, places, paths),
        indicators.first_sight(depth, 0 if happen.view is None else len(happen.view.row), like),
        None if happen.plan is None else triggers.first_progress(happen.plan, like),
    )


def _ahead(now: Array, before: Array) -> Array:
    """Where it will be at mid-step."""
    return now + 0.5 * (now - before)
