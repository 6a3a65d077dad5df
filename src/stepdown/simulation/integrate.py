"""From derivatives to years: relaxation to targets extrapolated to the middle of the step, one evaluation
each.

Every state relaxes to a target, dy/dt = v (F - y), with a speed v that is constant or slow. A step of
length h takes F where it will be at mid-step, F* = F_n + (F_n - F_{n-1})/2 kept inside its range, and
relaxes to it exactly: y_{n+1} = y_n + w (F* - y_n), w = 1 - exp(-h v). In steps
of a year F_n is made of timings whose extrapolation is their exact mean over the step (`timing`).
Order two (exponential Adams-Bashforth: Nørsett 1969; Cox & Matthews 2002), stable for any time
constant, and w in [0, 1) keeps every share in [0, 1]. Measured in
docs/decisions/0110-one-evaluation-a-step.md.
"""

from typing import NamedTuple, TypeVar

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float

from stepdown.simulation import arrays as xp
from stepdown.simulation import timing
from stepdown.simulation.kernel import present, respond
from stepdown.simulation.levels import First, Start, first, start
from stepdown.simulation.measures import Package
from stepdown.simulation.moment import Hold, Reference, as_it_moves
from stepdown.simulation.outputs import Risk, health, largest_force, moment_series, state_series
from stepdown.simulation.shapes import once
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import Structure
from stepdown.simulation.survival import survive
from stepdown.simulation.timing import Timing

_Tree = TypeVar("_Tree")

STEP = 1.0
"""Years of a step where nothing happens on the way (decision 0110)."""

_POSITIVE = ("phi_S", "phi_T")
_PEAKS = ("conduct", "verified")


class Progress(NamedTuple):
    """What a step hands to the next."""

    state: State
    target: State
    """Targets of the step before."""
    came: Timing
    """How far measures had come, as that step felt it."""
    first: First
    hazard: Float[Array, "cause T N"]
    risk: Risk


def steps_in_a_year(dt: float) -> int:
    """How many steps of `dt` years a year has; `ValueError` unless they fill it."""
    steps = round(1.0 / dt) if dt > 0 else 0
    if steps < 1 or abs(steps * dt - 1.0) > 1e-9:
        raise ValueError(f"dt must divide a year into whole steps; found {dt}")
    return steps


def run(
    s: Structure,
    p: Draws,
    package: Package,
    documented: Float[Array, ""],
    *,
    years: int,
    steps_per_year: int,
    keep: tuple[str, ...],
    hold: Hold = as_it_moves,
    begin: Start | None = None,
) -> dict[str, Float[Array, "..."]]:
    """Yearly series named in `keep` and the result code, for years 0 ... `years`. Pure and differentiable.

    What moves a state passes through `hold`. `begin`: what `levels.start` gives for these draws, if it is
    known already.
    """
    begin = start(s, p) if begin is None else begin
    dt = 1.0 / steps_per_year

    # A derivative computes the inside of a step again: kept for all steps, it would leave every cache.
    @jax.checkpoint
    def one(carry: Progress, number: Array) -> tuple[Progress, dict[str, Array]]:
        time = number.astype(p["H0"].dtype) * dt
        return advance(s, p, package, documented, begin, carry, time, number == 0, dt, keep, hold)

    def year(carry: Progress, number: Array) -> tuple[Progress, tuple[dict[str, Array], Array]]:
        after, passing = jax.lax.scan(one, carry, number * steps_per_year + jnp.arange(steps_per_year))
        seen = jax.tree.map(lambda x: x[0], passing)
        return after, (seen, largest_force(carry.state))

    last, (out, force) = jax.lax.scan(year, idle(s, p, package, begin, dt), jnp.arange(years + 1))
    return {**out, "code": health(last.state, last.risk.cif, jnp.max(force, axis=0))}


def idle(s: Structure, p: Draws, package: Package, begin: Start, dt: float) -> Progress:
    """Before the first step: the start, no hazard so far, levels yet to be found."""
    y = begin.state
    ones = xp.ones_like(p["H0"])
    hazard = xp.stack([xp.zeros_like(begin.scaled.l0)] * 4)
    nothing = xp.zeros_like(p["size"])
    unknown = First(
        log_pi=xp.zeros_like(p["G"]),
        imbalance=xp.zeros_like(y.L),
        V_worst=xp.zeros_like(y.L),
        defence=xp.zeros_like(y.L),
        assured=nothing,
        substitute=nothing,
        lacking=nothing,
        strike=xp.zeros_like(y.V),
    )
    come = _timed(package, 0.0 * p["H0"][0], dt)
    return Progress(y, y, come, unknown, hazard, Risk(ones, hazard))


def advance(
    s: Structure,
    p: Draws,
    package: Package,
    documented: Float[Array, ""],
    begin: Start,
    carry: Progress,
    time: Float[Array, ""],
    is_first: Bool[Array, ""],
    dt: float,
    keep: tuple[str, ...],
    hold: Hold = as_it_moves,
) -> tuple[Progress, dict[str, Array]]:
    """One step of `dt` years from `time`, and the series as they stand at its beginning.

    The levels at the start are those of the first step: kept, not computed apart, so that the derivative is
    compiled once.
    """
    y = carry.state
    came = _came(package, time, dt, carry.came)
    now = present(s, p, package, begin, y, came, time, documented)
    known = _choose(is_first, first(s, p, now.levels), carry.first)
    target, speed, moment = respond(s, p, package, Reference(begin, known), y, now, came, time, hold)
    before = _choose(is_first, target, carry.target)
    hazard = once(moment.hazard)
    elapsed = _choose(is_first, 0.0, dt)
    survival, gained = survive(carry.risk.survival, 0.5 * (carry.hazard + hazard), elapsed)
    risk = Risk(survival, carry.risk.cif + gained)
    kept = {**state_series(s, p, y, risk, keep), **moment_series(s, moment, keep)}
    after = relaxed(y, target, before, speed, dt, hold)
    return Progress(after, target, came, known, hazard, risk), kept


def _came(package: Package, time: Float[Array, ""], dt: float, before: Timing) -> Timing:
    """Steps shorter than a year feel moments, as the path of events does, so that both agree."""
    now = _timed(package, time, dt)
    return now if dt < 1 else timing.felt(now, before)


def _timed(package: Package, time: Float[Array, ""], dt: float) -> Timing:
    return timing.moment(package, time) if dt < 1 else timing.step(package, time, dt)


def relaxed(y: State, target: State, before: State, speed: State, dt: float, hold: Hold) -> State:
    """y + w (F* - y), F* = F + (F - F before)/2 inside its range; peaks never fall."""
    weights = _weights(speed, dt)
    moved = {}
    for name in State._fields:
        here, goal, old = (getattr(x, name) for x in (y, target, before))
        ahead = goal + 0.5 * (goal - old)
        if name == "H":
            moved[name] = here + hold(name, dt * ahead)
            continue
        if name in _PEAKS:
            ahead = xp.clip(ahead, here, 1.0)
        elif name in _POSITIVE:
            ahead = xp.maximum(ahead, 0.0)
        elif name != "m":
            ahead = xp.clip(ahead, 0.0, 1.0)
        moved[name] = here + hold(name, weights[name] * (ahead - here))
    return State(**moved)


def _weights(speed: State, dt: float) -> dict[str, Float[Array, "..."]]:
    """1 - exp(-z), z = dt x speed, by 1/(1 + z + z^2/2 + z^3/6): of order three and always inside [0, 1)."""
    flat = {name: z for name, z in speed._asdict().items() if z.ndim == 1}
    z = dt * xp.concatenate([xp.stack(list(flat.values())), speed.C])
    together = once(_share(z))
    shared = {name: together[i] for i, name in enumerate(flat)} | {"C": together[len(flat) :]}
    return {n: shared[n] if n in shared else _share(dt * v) for n, v in speed._asdict().items()}


def _share(z: Float[Array, "..."]) -> Float[Array, "..."]:
    return 1.0 - 1.0 / (1.0 + z * (1.0 + 0.5 * z * (1.0 + z / 3.0)))


def _choose(condition: Bool[Array, ""], then: _Tree, otherwise: _Tree) -> _Tree:
    if isinstance(condition, bool):
        return then if condition else otherwise
    picked: _Tree = jax.tree.map(lambda a, b: jnp.where(condition, a, b), then, otherwise)
    return picked
