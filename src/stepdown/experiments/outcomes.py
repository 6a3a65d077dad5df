"""The outcome registry: what is kept of a trajectory, one number per future and outcome.

All outcomes are taken at the end of the period unless they say minimum over time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.effects import Direction, EffectKind, OutcomeGroup
from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.vocabulary.ids import CAUSES

Values = Float[np.ndarray, " future"]
Series = Float[np.ndarray, "year future"]
Places = Int[np.ndarray, " place"]
Value = Callable[[Trajectories], Values]
Outcome = tuple[OutcomeKey, Value]

YEARLY = (
    *("hazard", "reliance", "lowest_adequacy", "assurance", "proliferation", "vulnerability"),
    *("domestic_support", "money_used", "political_used"),
)
"""Series of a trajectory that outcomes read in every year."""
AT_END = ("cif", "gap", "prompt_launch", "strategic_forces", "theatre_forces", "gate", "status")
"""Series that outcomes read in the last year only."""
SERIES_NEEDED = (*YEARLY, *AT_END)
"""Series that outcomes read; the others are not brought back from the kernel."""

SECONDARY = slice(2, 7)
"""Places of the secondary roles among the ten: those that a change of doctrine can drop."""

LITTLE = {"ratio": 0.02, "difference": 0.01}
"""Changes below 2 % of a ratio or .01 of an index count as little change (judgement: below what a reader
would call a difference, and above what the integrator leaves uncertain)."""


def outcome_keys(world: World) -> tuple[OutcomeKey, ...]:
    """Every outcome of a world, in the order a reader meets them."""
    return tuple(key for key, _ in _registry(world))


def outcome_values(world: World, run: Trajectories, only: Collection[str] | None = None) -> dict[str, Values]:
    """Outcome id -> one value per future; of the outcomes in `only`, or of all."""
    wanted = ((key.id, value) for key, value in _registry(world) if only is None or key.id in only)
    return {name: np.asarray(value(run)) for name, value in wanted}


def measured(world: World, outcome: str) -> Outcome:
    """The key and the value of one outcome; the value reads JAX arrays too, and is differentiable.

    Raises ValueError for an unknown outcome.
    """
    for key, value in _registry(world):
        if key.id == outcome:
            return key, value
    raise ValueError(f"unknown outcome {outcome}; allowed: {', '.join(k.id for k in outcome_keys(world))}")


FAN_OUTCOMES = (
    *("use_risk", "reliance", "adequacy", "assurance"),
    *("proliferation", "disarming_fear", "domestic_support"),
)
"""Outcomes that have a yearly series for fan charts."""


def series_values(world: World, run: Trajectories) -> dict[str, Series]:
    """The yearly series behind every outcome of `FAN_OUTCOMES`."""
    return {
        "use_risk": run["hazard"].sum(axis=(1, 2)),
        "reliance": run["reliance"].mean(axis=1),
        "adequacy": run["lowest_adequacy"][:, _index(world.actors, proteges(world))].min(axis=1),
        "assurance": _assurance(world, run).min(axis=1),
        "proliferation": run["proliferation"][:, _unarmed(world)].mean(axis=1),
        "disarming_fear": _fear(world, run).mean(axis=1),
        "domestic_support": run["domestic_support"][:, _armed(world)].mean(axis=1),
    }


def _registry(world: World) -> Iterator[Outcome]:
    yield from _use_risk(world)
    yield from _reliance(world)
    yield from _security(world)
    yield from _posture(world)
    yield from _home(world)


def _key(
    outcome: str,
    group: OutcomeGroup,
    kind: EffectKind,
    intended: Direction,
    subject: str | None = None,
    headline: bool = False,
) -> OutcomeKey:
    name = outcome if subject is None else f"{outcome}.{subject}"
    return OutcomeKey(name, group, kind, intended, LITTLE[kind], subject, headline)


def _use_risk(world: World) -> Iterator[Outcome]:
    """Cumulative incidence of first nuclear use by the end of the period: whole, by cause, by theatre."""
    yield _key("use_risk", "use_risk", "ratio", "down", headline=True), _cif(slice(None), slice(None))
    for i, cause in enumerate(CAUSES):
        key = _key("use_risk", "use_risk", "ratio", "down", cause)
        yield key, _cif(slice(i, i + 1), slice(None))
    for i, theatre in enumerate(world.theatres):
        key = _key("use_risk", "use_risk", "ratio", "down", theatre)
        yield key, _cif(slice(None), slice(i, i + 1))


def _reliance(world: World) -> Iterator[Outcome]:
    """Weighted mean of the roles a state declares, and what rivals read beyond them."""
    key = _key("reliance", "reliance", "ratio", "down", headline=True)
    yield key, _mean("reliance")
    for i, state in enumerate(world.armed):
        key = _key("reliance", "reliance", "ratio", "down", state)
        yield key, _end("reliance", i)
    yield _key("perception_gap", "reliance", "ratio", "down"), _mean("gap")


def _security(world: World) -> Iterator[Outcome]:
    """Minimum over time of adequacy and assurance; cumulative proliferation hazard.

    The lowest adequacy is taken over attack types and, for the headline, over the states under a nuclear
    guarantee: states that nobody has promised to help stand near zero whatever a package does.
    """
    allies = _index(world.actors, proteges(world))
    yield _key("adequacy", "adequacy", "ratio", "up", headline=True), _lowest_adequacy(allies)
    attacked = {r.defender for r in world.relations if r.attacks}
    for i, state in ((i, a) for i, a in enumerate(world.actors) if a in attacked):
        yield _key("adequacy", "adequacy", "ratio", "up", state), _lowest_adequacy(np.array([i]))
    key = _key("assurance", "assurance", "ratio", "up", headline=True)
    yield key, lambda r: _assurance(world, r).min(axis=(0, 1))
    for ally in proteges(world):
        yield _key("assurance", "assurance", "ratio", "up", ally), _ally(world, ally)
    key = _key("proliferation", "proliferation", "ratio", "down", headline=True)
    yield key, lambda r: r["proliferation"][-1, _unarmed(world)].mean(axis=0)
    for state in (a for a in world.actors if a not in world.armed):
        key = _key("proliferation", "proliferation", "ratio", "down", state)
        yield key, _end("proliferation", world.actors.index(state))


def _posture(world: World) -> Iterator[Outcome]:
    """How the other side answers: fear of a disarming strike (by the worst rival), prompt launch, forces."""
    key = _key("disarming_fear", "rival_posture", "ratio", "down", headline=True)
    yield key, lambda r: _fear(world, r)[-1].mean(axis=0)
    for state in world.armed:
        key = _key("disarming_fear", "rival_posture", "ratio", "down", state)
        yield key, _fear_at_end(world, state)
    for i, state in enumerate(world.armed):
        key = _key("prompt_launch", "rival_posture", "ratio", "down", state)
        yield key, _end("prompt_launch", i)
    for name in ("strategic_forces", "theatre_forces"):
        yield _key(name, "forces", "ratio", "down"), _mean(name)
        for i, state in enumerate(world.armed):
            yield _key(name, "forces", "ratio", "down", state), _end(name, i)


def _home(world: World) -> Iterator[Outcome]:
    """Lowest domestic support, how far the gate for role changes stands open, and money used."""
    key = _key("domestic_support", "domestic", "ratio", "up", headline=True)
    yield key, lambda r: r["domestic_support"][:, _armed(world)].mean(axis=1).min(axis=0)
    yield _key("gate", "domestic", "ratio", "up"), lambda r: r["gate"][-1, :, SECONDARY].mean(axis=(0, 1))
    yield _key("status", "domestic", "ratio", "down"), _mean("status")
    yield _key("cost", "cost", "difference", "down"), lambda r: r["money_used"].mean(axis=(0, 1))


def _end(name: str, index: int) -> Value:
    return lambda run: run[name][-1, index]


def _mean(name: str) -> Value:
    return lambda run: run[name][-1].mean(axis=0)


def _lowest_adequacy(actors: Places) -> Value:
    return lambda run: run["lowest_adequacy"][:, actors].min(axis=(0, 1))


def _fear(world: World, run: Trajectories) -> Float[np.ndarray, "year armed future"]:
    return _side_by_side([_fear_of(world, run, state) for state in world.armed])


def _fear_of(world: World, run: Trajectories, state: str) -> Series:
    """Vulnerability of a state's nuclear forces to the rival that threatens them most."""
    against = np.flatnonzero([r.defender == state for r in world.relations])
    worst: Series = run["vulnerability"][:, against].max(axis=1)
    return worst


def _fear_at_end(world: World, state: str) -> Value:
    return lambda run: _fear_of(world, run, state)[-1]


def _cif(causes: slice, theatres: slice) -> Value:
    return lambda run: run["cif"][-1, causes, theatres].sum(axis=(0, 1))


def _ally(world: World, protege: str) -> Value:
    return lambda run: _assurance_of(world, run, protege).min(axis=0)


def proteges(world: World) -> tuple[str, ...]:
    """States under a nuclear guarantee that somebody could attack, in actor order.

    A protégé without a relation on record has nothing to be assured against in the model.
    """
    threatened = {r.defender for r in world.relations if r.attacks}
    found = {g.protege for g in world.guarantees if g.nuclear} & threatened
    return tuple(a for a in world.actors if a in found)


def _assurance(world: World, run: Trajectories) -> Float[np.ndarray, "year protege future"]:
    return _side_by_side([_assurance_of(world, run, p) for p in proteges(world)])


def _assurance_of(world: World, run: Trajectories, protege: str) -> Series:
    """Assurance of a protégé by its best guarantor: an ally that trusts one umbrella is assured."""
    given = np.flatnonzero([g.nuclear and g.protege == protege for g in world.guarantees])
    best: Series = run["assurance"][:, given].max(axis=1)
    return best


def _side_by_side(parts: Sequence[Series]) -> Float[np.ndarray, "year part future"]:
    """Stacked along the second axis by the array library of the parts: outcomes are differentiable."""
    stacked: Float[np.ndarray, "year part future"] = parts[0].__array_namespace__().stack(parts, axis=1)
    return stacked


def _index(ids: Sequence[str], chosen: Sequence[str]) -> Places:
    return np.array([ids.index(c) for c in chosen], dtype=int)


def _armed(world: World) -> Places:
    return _index(world.actors, world.armed)


def _unarmed(world: World) -> Places:
    return _index(world.actors, [a for a in world.actors if a not in world.armed])
