"""Roles now: salience, thresholds as declared and as read, posture beside words, influence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from stepdown.assessments.spread import share, spread
from stepdown.contracts.assessments import Spread
from stepdown.contracts.assessments.roles import Act, Channel, Fit, Held, Influence
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.world import FIRST_USE_ROLES, World
from stepdown.vocabulary.ids import ROLE_GROUPS, ROLES

Values = Float[np.ndarray, " future"]
Roles = Float[np.ndarray, "role future"]
FIRST_USE = [ROLES.index(r) for r in FIRST_USE_ROLES]
DECLARED = ("Y", "I")
NARROW = 1
"""At most so many secondary roles declared or left open: what a state says is narrow."""
LARGE_SHARE = 0.2
GROWTH = 0.2
REACTS = 0.01


def weighted(roles: Roles, weights: Roles, which: Sequence[int] = range(len(ROLES))) -> Values:
    """sum w R / sum w over the roles in `which`; in [0, 1]."""
    chosen = list(which)
    return np.asarray((weights[chosen] * roles[chosen]).sum(axis=0) / weights[chosen].sum(axis=0))


def group(name: str) -> list[int]:
    """Places of a group's roles among the ten."""
    return [ROLES.index(r) for r in ROLE_GROUPS[name]]


def other_weights() -> Mapping[str, Float[np.ndarray, "role 1"]]:
    """Other defensible sets of weights: core first, secondary first, no political roles."""
    sets = {}
    for name, doubled, dropped in (
        ("core_double", "core", ""),
        ("secondary_double", "secondary", ""),
        ("military_only", "", "political"),
    ):
        w = np.ones((len(ROLES), 1))
        if doubled:
            w[group(doubled)] = 2
        if dropped:
            w[group(dropped)] = 0
        sets[name] = w
    return sets


def threshold(roles: Roles, weights: Roles) -> Values:
    """One minus the weighted mean of the first-use roles: 0 low, 1 high."""
    return 1 - weighted(roles, weights, FIRST_USE)


def as_read(roles: Roles, markup: Values) -> Roles:
    """What an observer reads into declared roles: 1 - (1 - R)(1 - o), as the kernel's perception starts."""
    return np.asarray(1 - (1 - roles) * (1 - markup))


def narrow(codes: Mapping[str, str]) -> bool:
    """Does the document declare or leave open at most one secondary role?"""
    return sum(codes[r] in DECLARED for r in ROLE_GROUPS["secondary"]) <= NARROW


def alert_fit(is_narrow: bool, alert: str) -> Fit:
    """Forces on high alert fit broad words and contradict narrow ones; low or recessed forces the reverse,
    except that broad words with low alert are left open: readiness can rise faster than texts change."""
    high = alert in ("high", "moderate")
    if is_narrow:
        return "contradicts" if high else "fits"
    return "fits" if high else "open"


def theatre_fit(is_narrow: bool, theatre_share: float) -> Fit:
    """A large share of theatre weapons says more than narrow words do."""
    large = theatre_share >= LARGE_SHARE
    if is_narrow:
        return "contradicts" if large else "fits"
    return "fits" if large else "open"


def growth_fit(is_narrow: bool, growth: float) -> Fit:
    """A stockpile that grew by a fifth in ten years sits badly with narrow words; shrinking leaves broad ones
    open."""
    grew = growth > GROWTH
    if is_narrow:
        return "contradicts" if grew else "fits"
    return "fits" if grew else "open"


def delegation_fit(is_narrow: bool, held: Held) -> Fit:
    """Use that follows from an attack on command and control, whatever its means, says more than narrow
    words; one authority, or arrangements for its loss, fit narrow words and say nothing about broad ones."""
    if held == "unknown":
        return "open"
    if held == "automatic":
        return "contradicts" if is_narrow else "fits"
    return "fits" if is_narrow else "open"


def chain(world: World, source: str, reactor: str) -> tuple[str, ...] | None:
    """Who stands between two states on the shortest chain of rivalries: nobody for rivals, None if none."""
    rivals: dict[str, list[str]] = {a: [] for a in world.actors}
    for r in world.relations:
        rivals[r.challenger].append(r.defender)
        rivals[r.defender].append(r.challenger)
    before: dict[str, str] = {source: source}
    waiting = [source]
    for actor in waiting:
        for rival in rivals[actor]:
            if rival not in before:
                before[rival] = actor
                waiting.append(rival)
    if reactor not in before:
        return None
    found: list[str] = []
    while (reactor := before[reactor]) != source:
        found.insert(0, reactor)
    return tuple(found)


def influence(
    world: World,
    measures: Sequence[str],
    source: str,
    act: Act,
    reactor: str,
    channel: Channel,
    acted: Values,
    alone: Values,
) -> Influence:
    """Relative change of a channel, paired, under an act made of `measures`; `reacts`: moves by over 1 %."""
    through = chain(world, source, reactor)
    change = acted / np.maximum(alone, 1e-9) - 1
    return Influence(
        origin=(RUN, *(f"eff.{m}" for m in measures)),
        source=source,
        act=act,
        reactor=reactor,
        channel=channel,
        change=spread(change),
        reacts=share(np.abs(change) > REACTS),
        linked=bool(through),
        through=through or (),
    )


def salience_spreads(roles: Roles, weights: Roles) -> dict[str, Spread]:
    """Spreads of the index and of its three groups."""
    groups = {name: spread(weighted(roles, weights, group(name))) for name in ROLE_GROUPS}
    return {"index": spread(weighted(roles, weights)), **groups}
