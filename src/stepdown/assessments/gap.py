"""The gap: which asset closes it, how much of it, when, where more stops helping, and what it frightens."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assessments.attack_view import challengers
from stepdown.assessments.spread import share, spread, spread_where
from stepdown.contracts.answers import Answering, Answers
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assessments.substitution import Gap, GapYear, Saturation, SideEffect
from stepdown.contracts.world import ASSETS
from stepdown.vocabulary.ids import ATTACK_TYPES, CAPABILITIES, ENABLERS

Values = Float[np.ndarray, " future"]
Mask = Bool[np.ndarray, " future"]
ByAttack = Float[np.ndarray, "attack future"]
LEVELS = (0.25, 0.5, 0.75, 1.0)
"""Shares of the remaining distance at which adequacy is read; amounts in between are interpolated."""
MOST_OF_IT = 0.9
ORIGIN = (RUN, "input.M", "input.C0", "input.E0", "input.w_enabler", "input.s_star", "input.a_star")


@dataclass(frozen=True)
class Target:
    """Whose gap: `name` is the state itself, an ally or `allies`; `places` the actors that this means."""

    state: str
    name: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """Adequacy without the role of a target (mean over its places), by what was filled and how far.

    `enablers`: all three full, nothing else; `alone[asset]`, `beside[asset, enabler]`: full;
    `enabled[asset, level]`, `all[level]`: arrays [attack future]. NaN where nobody could make the attack.
    """

    now: ByAttack
    enablers: ByAttack
    alone: Mapping[str, ByAttack]
    beside: Mapping[tuple[str, str], ByAttack]
    enabled: Mapping[tuple[str, float], ByAttack]
    all: Mapping[float, ByAttack]


def reach_of(start: Answering, target: Target, now: Answers) -> Reach:
    """Ask for every asset of the target's places alone, beside each enabler, with all enablers at every
    level, and for all assets together."""
    actors = [start.world.actors.index(place) for place in target.places]

    def without(filled: Mapping[str, float]) -> ByAttack:
        levels = np.zeros((len(start.world.actors), len(ASSETS)))
        for asset, level in filled.items():
            levels[actors, ASSETS.index(asset)] = level
        return mean_over(start, target, start.answers(raised=levels).adequacy_without)

    every: dict[str, float] = dict.fromkeys(ENABLERS, 1.0)
    asked: dict[object, dict[str, float]] = {"enablers": every}
    asked |= {asset: {asset: 1.0} for asset in ASSETS}
    asked |= {(asset, e): {asset: 1.0, e: 1.0} for asset in CAPABILITIES for e in ENABLERS}
    asked |= {(asset, level): {**every, asset: level} for asset in CAPABILITIES for level in LEVELS}
    asked |= {level: dict.fromkeys(ASSETS, level) for level in LEVELS}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(asked, pool.map(without, asked.values()), strict=True))
    return Reach(
        now=mean_over(start, target, now.adequacy_without),
        enablers=found["enablers"],
        alone={asset: found[asset] for asset in ASSETS},
        beside={(asset, e): found[asset, e] for asset in CAPABILITIES for e in ENABLERS},
        enabled={(asset, level): found[asset, level] for asset in CAPABILITIES for level in LEVELS},
        all={level: found[level] for level in LEVELS},
    )


def mean_over(
    start: Answering, target: Target, adequacy: Float[np.ndarray, "*year actor attack future"]
) -> Float[np.ndarray, "*year attack future"]:
    """Mean adequacy over those places of a target on which somebody could make the attack."""
    found = np.full((*adequacy.shape[:-3], *adequacy.shape[-2:]), np.nan)
    for k, attack in enumerate(ATTACK_TYPES):
        at_risk = [start.world.actors.index(p) for p in target.places if challengers(start.world, p, attack)]
        if at_risk:
            found[..., k, :] = adequacy[..., at_risk, k, :].mean(axis=-2)
    return found


def gaps(start: Answering, target: Target, reach: Reach) -> Iterator[Gap]:
    """One finding per attack and asset: the share of short futures it closes, alone and enabled."""
    floor = start.assumptions.symbols["a_star"]
    for k, attack in _attacks(start, target):
        short = reach.now[k] < floor

        def closed_by(adequacy: ByAttack, k: int = k, short: Mask = short) -> float:
            return share((adequacy[k] >= floor)[short])

        for asset in ASSETS:
            enabled = [reach.enabled[asset, x][k] for x in LEVELS] if asset in CAPABILITIES else []
            amount, closed = _amount(reach.enablers[k], enabled, floor)
            beside: dict[str, float] = {
                e: closed_by(reach.beside[asset, e]) for e in ENABLERS if (asset, e) in reach.beside
            }
            best = max(beside, key=lambda e: beside[e], default="")
            needed = closed & short & (reach.enablers[k] < floor)
            yield Gap(
                origin=ORIGIN,
                state=target.state,
                target=target.name,
                attack=attack,
                asset=asset,
                short=share(short),
                size=spread_where(floor - reach.now[k], short),
                enablers_close=closed_by(reach.enablers),
                closes=closed_by(reach.alone[asset]),
                complement=best,
                complement_closes=beside.get(best, 0.0),
                closes_enabled=share(closed[short]),
                amount=spread_where(amount, needed),
            )


def _amount(now: Values, at_levels: list[Values], floor: Values) -> tuple[Values, Mask]:
    """Smallest share of the remaining distance at which adequacy meets the floor, and where any does."""
    closed = now >= floor
    amount = np.where(closed, 0.0, 1.0)
    below, last = now, 0.0
    for level, value in zip(LEVELS, at_levels, strict=False):
        meets = (value >= floor) & ~closed
        rise = np.where(value > below, value - below, 1.0)
        between = last + (level - last) * np.clip((floor - below) / rise, 0, 1)
        amount, closed = np.where(meets, between, amount), closed | meets
        below, last = value, level
    return amount, closed


def saturation(start: Answering, target: Target, reach: Reach) -> Iterator[Saturation]:
    """Where nine tenths of the reachable gain are reached, every asset raised alike."""
    for k, attack in _attacks(start, target):
        values = [reach.all[level][k] for level in LEVELS]
        aim = reach.now[k] + MOST_OF_IT * (values[-1] - reach.now[k])
        point, reached = _amount(reach.now[k], values, aim)
        yield Saturation(
            ORIGIN,
            target.state,
            target.name,
            attack,
            spread(np.where(reached, point, 1.0)),
            spread(values[-1]),
        )


def gap_years(
    start: Answering,
    target: Target,
    adequacy_without: Float[np.ndarray, "year actor attack future"],
    years: Sequence[int],
) -> Iterator[GapYear]:
    """From when adequacy without the role stays at or above the floor, under recorded programmes alone."""
    floor = start.assumptions.symbols["a_star"]
    adequacy = mean_over(start, target, adequacy_without)
    for k, attack in _attacks(start, target):
        # A future that failed has no numbers and counts as short.
        short = ~(adequacy[:, k] >= floor)
        # The year after the last short one; none where the last year is short.
        last_short = np.where(short.any(axis=0), len(years) - 1 - np.argmax(short[::-1], axis=0), -1)
        index = last_short + 1
        never, already = index == len(years), index == 0
        year = years[0] + index.astype(float)
        yield GapYear(
            origin=(RUN, "input.M", "input.programme_scale", "input.a_star"),
            state=target.state,
            target=target.name,
            attack=attack,
            already=share(already),
            by_2030=share(~never & (year <= 2030)),
            by_2035=share(~never & (year <= 2035)),
            never=share(never),
            last_year=years[-1],
            year=spread_where(year, ~never & ~already),
        )


def side_effects(
    start: Answering, state: str, now: Answers, strike: float, pledge: float
) -> Iterator[SideEffect]:
    """Fear of a disarming strike in every armed rival of the state: strike alone, strike with a pledge.

    `strike`, `pledge` in [0, 1]: how far the state goes. Raises nothing for a state without armed rivals.
    """
    world = start.world
    actor = world.actors.index(state)
    raised = np.zeros((len(world.actors), len(ASSETS)))
    raised[actor, ASSETS.index("long_range_strike")] = strike
    pledged = np.zeros(len(world.actors))
    pledged[actor] = pledge
    alone = start.answers(raised=raised).fear
    restrained = start.answers(raised=raised, pledge=pledged).fear
    for i, r in enumerate(world.relations):
        if r.challenger == state and r.defender in world.armed:
            yield SideEffect(
                origin=(RUN, "input.x_C", "input.M_force", "input.V0", "eff.M27", "eff.M24"),
                state=state,
                rival=r.defender,
                fear=spread(now.fear[i]),
                rise=spread(alone[i] - now.fear[i]),
                rise_with_pledge=spread(restrained[i] - now.fear[i]),
                bought=spread(alone[i] - restrained[i]),
                strike=strike,
                pledge=pledge,
            )


def _attacks(start: Answering, target: Target) -> Iterator[tuple[int, str]]:
    return (
        (k, attack)
        for k, attack in enumerate(ATTACK_TYPES)
        if any(challengers(start.world, place, attack) for place in target.places)
    )
