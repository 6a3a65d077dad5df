"""Sampled events that leave every mean where it was: crises, political regimes, leaders, and first use.

A shift of a share x is always of the form a x (1 - x), a <= 1: a move of the log odds by a near the middle,
zero at both ends, so that no share leaves [0, 1]. Derived in docs/derivations/sampled-events.md.
"""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float, Int

from stepdown.contracts.sampled import NO_USE
from stepdown.simulation import randomness
from stepdown.simulation.randomness import Stream
from stepdown.simulation.state import State
from stepdown.vocabulary.ids import CAUSES

MOST_CRISES = 4
"""Crises drawn at most in one theatre and step; at the highest rate more than that has chance 2e-4."""


class NoiseSlots(NamedTuple):
    """`contracts.sampled.Noise` on the device; trailing axis 1 or N."""

    crisis_jump: Float[Array, " n"]
    regime_shift: Float[Array, " n"]
    regime_rate: Float[Array, " n"]
    turnover_shift: Float[Array, " n"]
    turnover_rate: Float[Array, " n"]


class Luck(NamedTuple):
    """Where the numbers of this chunk come from."""

    seed: Int[Array, ""]
    future: Int[Array, " N"]
    """Index of every future in the whole run, not in the chunk."""


class Politics(NamedTuple):
    """What switches: +1 or -1 per theatre; -1, 0 (the leader of the record) or +1 per actor."""

    regime: Float[Array, "T N"]
    leader: Float[Array, "A N"]


class Race(NamedTuple):
    """Integrated hazard of every path of use so far, and the first that reached its clock."""

    integrated: Float[Array, "cause T N"]
    clock: Float[Array, "cause T N"]
    """Unit exponential times, keyed by future, cause and theatre."""
    year: Float[Array, " N"]
    path: Int[Array, " N"]
    """cause x T + theatre of the first use, `NO_USE` before it."""


def moved(x: Float[Array, "..."], a: Float[Array, "..."]) -> Float[Array, "..."]:
    """a x (1 - x)."""
    return a * x * (1.0 - x)


def crises(
    luck: Luck, step: Int[Array, ""], codes: Int[Array, " T"], expected: Float[Array, "T N"]
) -> Float[Array, "T N"]:
    """Poisson number of crises in a step by inversion of one uniform per theatre.

    A higher rate never gives fewer crises from the same number: packages differ by what they change.
    """
    u = randomness.uniforms(luck.seed, Stream.CRISIS, luck.future, step, codes)
    term = jnp.exp(-expected)
    reached, count = term, jnp.zeros_like(expected)
    for n in range(1, MOST_CRISES + 1):
        count = count + (u > reached)
        term = term * expected / n
        reached = reached + term
    return count


def start_politics(luck: Luck, theatres: Int[Array, " T"], actors: int, like: Array) -> Politics:
    """Either regime with chance 1/2 (its long-run share), the leaders of the record."""
    u = randomness.uniforms(luck.seed, Stream.REGIME_START, luck.future, jnp.uint32(0), theatres)
    return Politics(
        regime=jnp.where(u < 0.5, -1.0, 1.0).astype(like.dtype),
        leader=jnp.zeros((actors, like.shape[-1]), like.dtype),
    )


def next_politics(
    luck: Luck,
    noise: NoiseSlots,
    step: Int[Array, ""],
    theatres: Int[Array, " T"],
    actors: Int[Array, " A"],
    now: Politics,
    dt: float,
) -> Politics:
    """P(other regime after dt) = (1 - exp(-2 rate dt))/2, exact for a symmetric two-state chain; a change of
    leader with 1 - exp(-rate dt), the new one +1 or -1 with chance 1/2 each.
    """
    u = randomness.uniforms(luck.seed, Stream.REGIME, luck.future, step, theatres)
    flips = u < -0.5 * jnp.expm1(-2.0 * noise.regime_rate * dt)
    u = randomness.uniforms(luck.seed, Stream.TURNOVER, luck.future, step, actors)
    changes = u < -jnp.expm1(-noise.turnover_rate * dt)
    drawn = randomness.uniforms(luck.seed, Stream.LEADER, luck.future, step, actors)
    return Politics(
        regime=jnp.where(flips, -now.regime, now.regime),
        leader=jnp.where(changes, jnp.where(drawn < 0.5, -1.0, 1.0), now.leader),
    )


def political_targets(noise: NoiseSlots, politics: Politics, target: State) -> State:
    """Targets of tension and support under the present regime and leader: x* + a xi x*(1 - x*)."""
    tau, P = jnp.clip(target.tau, 0.0, 1.0), jnp.clip(target.P, 0.0, 1.0)
    return target._replace(
        tau=tau + moved(tau, noise.regime_shift * politics.regime),
        P=P + moved(P, noise.turnover_shift * politics.leader),
    )


def after_crises(
    noise: NoiseSlots, tau: Float[Array, "T N"], count: Float[Array, "T N"], expected: Float[Array, "T N"]
) -> Float[Array, "T N"]:
    """tau + J tau (1 - tau)(n - E n): what crises add on average is taken back at once."""
    return jnp.clip(tau + moved(tau, noise.crisis_jump) * (count - expected), 0.0, 1.0)


def start_race(luck: Luck, theatres: Int[Array, " T"], like: Float[Array, "cause T N"]) -> Race:
    """Clocks of all paths at the start."""
    clock = [
        -jnp.log(randomness.uniforms(luck.seed, Stream.RACE + c, luck.future, jnp.uint32(0), theatres))
        for c in range(len(CAUSES))
    ]
    first = jnp.full(like.shape[-1], jnp.inf, like.dtype)
    nobody = jnp.full(like.shape[-1], NO_USE, jnp.int32)
    return Race(jnp.zeros_like(like), jnp.stack(clock).astype(like.dtype), first, nobody)


def run_race(
    race: Race, hazard: Float[Array, "cause T N"], year: Float[Array, ""], dt: Float[Array, ""] | float
) -> Race:
    """One step of the race: the path whose integrated hazard first reaches its clock is the first use.

    Within a step the hazard is constant, so that the time of reaching is exact for such hazards. By the law
    of the exponential race P(path | use now) = h_path / sum h (Prentice et al. 1978).
    """
    after = race.integrated + hazard * dt
    n = hazard.shape[-1]
    passed = ((race.integrated < race.clock) & (after >= race.clock)).reshape(-1, n)
    left = (race.clock - race.integrated) / jnp.where(hazard > 0, hazard, 1.0)
    when = jnp.where(passed, year + jnp.clip(left.reshape(-1, n), 0.0, dt), jnp.inf)
    first = jnp.min(when, axis=0)
    earlier = first < race.year
    return Race(
        after,
        race.clock,
        jnp.where(earlier, first, race.year),
        jnp.where(earlier, jnp.argmin(when, axis=0).astype(jnp.int32), race.path),
    )
