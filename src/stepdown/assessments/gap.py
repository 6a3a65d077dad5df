"""The gap: which asset closes it, how much of it, when, where more stops helping, and what it frightens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
LEVELS = (0.25, 0.5, 0.75, 1.0)
"""Shares of the remaining distance at which adequacy is read; amounts in between are interpolated."""
MOST_OF_IT = 0.9
ORIGIN = (RUN, "input.M", "input.C0", "input.E0", "input.w_enabler", "input.s_star", "input.a_star")


@dataclass(frozen=True)
class Reach:
    """Adequacy without the role of one actor, by what was filled: asset (or several) and level.

    `enablers`: all three full, nothing else; `alone[asset]`, `enabled[asset, level]`, `all[level]`: arrays
    [attack future].
    """

    now: Float[np.ndarray, "attack future"]
    enablers: Float[np.ndarray, "attack future"]
    alone: dict[str, Float[np.ndarray, "attack future"]]
    enabled: dict[tuple[str, float], Float[np.ndarray, "attack future"]]
    all: dict[float, Float[np.ndarray, "attack future"]]


def reach_of(start: Answering, target: str, now: Answers) -> Reach:
    """Ask for every asset of the target alone, with full enablers at every level, and for all together."""
    actor = start.world.actors.index(target)
    enablers = [ASSETS.index(e) for e in ENABLERS]

    def without(*raised: tuple[Sequence[int], float]) -> Float[np.ndarray, "attack future"]:
        levels = np.zeros((len(start.world.actors), len(ASSETS)))
        for assets, level in raised:
            levels[actor, list(assets)] = level
        return np.asarray(start.answers(raised=levels).adequacy_without[actor])

    alone: dict[str, Float[np.ndarray, "attack future"]] = {
        asset: without(([i], 1.0)) for i, asset in enumerate(ASSETS)
    }
    every = {level: without((range(len(ASSETS)), level)) for level in LEVELS}
    enabled: dict[tuple[str, float], Float[np.ndarray, "attack future"]] = {
        (asset, level): without((enablers, 1.0), ([ASSETS.index(asset)], level))
        for asset in CAPABILITIES
        for level in LEVELS
    }
    return Reach(now.adequacy_without[actor], without((enablers, 1.0)), alone, enabled, every)


def gaps(start: Answering, target: str, reach: Reach) -> Iterator[Gap]:
    """One finding per attack and asset: the share of short futures it closes, alone and enabled."""
    floor = start.assumptions.symbols["a_star"]
    for k, attack in _attacks(start, target):
        short = reach.now[k] < floor
        for asset in ASSETS:
            enabled = [reach.enabled[asset, x][k] for x in LEVELS] if asset in CAPABILITIES else []
            amount, closed = _amount(reach.enablers[k], enabled, floor)
            yield Gap(
                origin=ORIGIN,
                target=target,
                attack=attack,
                asset=asset,
                short=share(short),
                size=spread_where(floor - reach.now[k], short),
                closes=share((reach.alone[asset][k] >= floor)[short]),
                closes_enabled=share(closed[short]),
                amount=spread_where(amount, closed & short),
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


def saturation(start: Answering, target: str, reach: Reach) -> Iterator[Saturation]:
    """Where nine tenths of the reachable gain are reached, every asset raised alike."""
    for k, attack in _attacks(start, target):
        values = [reach.all[level][k] for level in LEVELS]
        aim = reach.now[k] + MOST_OF_IT * (values[-1] - reach.now[k])
        point, reached = _amount(reach.now[k], values, aim)
        yield Saturation(ORIGIN, target, attack, spread(np.where(reached, point, 1.0)), spread(values[-1]))


def gap_years(
    start: Answering,
    target: str,
    adequacy_without: Float[np.ndarray, "year actor attack future"],
    years: Sequence[int],
) -> Iterator[GapYear]:
    """From when adequacy without the role stays at or above the floor, under recorded programmes alone."""
    floor = start.assumptions.symbols["a_star"]
    actor = start.world.actors.index(target)
    for k, attack in _attacks(start, target):
        # A future that failed has no numbers and counts as short.
        short = ~(adequacy_without[:, actor, k] >= floor)
        # The year after the last short one; none where the last year is short.
        last_short = np.where(short.any(axis=0), len(years) - 1 - np.argmax(short[::-1], axis=0), -1)
        index = last_short + 1
        never, already = index == len(years), index == 0
        year = years[0] + index.astype(float)
        yield GapYear(
            origin=(RUN, "input.M", "input.programme_scale", "input.a_star"),
            target=target,
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


def _attacks(start: Answering, target: str) -> Iterator[tuple[int, str]]:
    return ((k, a) for k, a in enumerate(ATTACK_TYPES) if challengers(start.world, target, a))
