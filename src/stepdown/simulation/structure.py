"""Static arrays of a `World`: selectors, masks and averaging matrices. NumPy only, computed once per world.

Axes: A actors, B nuclear-armed actors, R relations, T theatres, G guarantees, K attack types, I roles,
U pairs (relation, nuclear guarantor of its defender), E relations onto armed defenders.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from jaxtyping import Float

from stepdown.contracts.world import (
    CORE_ROLES,
    FIRST_USE_ROLES,
    NUCLEAR_ATTACKS,
    ROLE_ANSWERING_ON_PROTEGE,
    ROLE_ANSWERING_ON_SELF,
    SECONDARY_ROLES,
    World,
)
from stepdown.vocabulary.ids import ATTACK_TYPES, ROLES

Matrix = Float[np.ndarray, "row column"]


@dataclass(frozen=True, eq=False)
class Structure:
    """Selectors `of_x` (one-hot rows), masks and matrices; matrices named `x_mean` have rows that sum to 1
    (or 0 where a row is empty).
    """

    is_armed: Float[np.ndarray, " A"]
    to_armed: Matrix
    """[B A] one-hot; its transpose spreads armed rows over actors."""
    of_challenger: Matrix
    """[R A] one-hot selectors: `shapes.mix` copies the rows they name."""
    of_defender: Matrix
    of_armed_challenger: Matrix
    """[R B]; a row is zero where the challenger has no weapons."""
    of_armed_defender: Matrix
    of_theatre: Matrix
    """[R T]"""
    of_reverse: Matrix
    """[R R]"""
    onto: Matrix
    """[E R] relations onto armed defenders; its transpose spreads them over all relations."""
    onto_defender: Matrix
    """[E B]"""
    on_armed: Float[np.ndarray, " R"]
    by_armed: Float[np.ndarray, " R"]
    mask: Float[np.ndarray, "R K"]
    crisis_mean: Matrix
    """[T R] relation weights w_r."""
    first_user: Matrix
    """[T R] relations of a theatre whose challenger is armed."""
    defends: Matrix
    """[A R] relations onto an actor."""
    defends_armed: Matrix
    """[B R]"""
    bloc: Matrix
    """[R A] allies of the challenger that have their own relation onto the defender."""
    guarantors: Matrix
    """[P A] one-hot: the actors that give a guarantee."""
    shared_mean: Matrix
    """[A P] guarantors of an actor."""
    of_guarantor: Matrix
    """[G A]"""
    of_armed_guarantor: Matrix
    """[G B]; a row is zero where the guarantor has no weapons."""
    of_protege: Matrix
    nuclear: Float[np.ndarray, " G"]
    hosts: Float[np.ndarray, " G"]
    protected: Matrix
    """[A G] guarantees an actor enjoys."""
    protected_nuclear: Matrix
    protected_mean: Matrix
    of_umbrella_guarantee: Matrix
    """[U G]"""
    of_umbrella_view: Matrix
    """[U E] the relation that holds the challenger's view of the guarantor."""
    umbrella: Matrix
    """[R U]"""
    lead_forces_mean: Matrix
    """[R B] the defender, or its nuclear guarantors when it has no weapons."""
    parties_mean: Matrix
    """[A T] theatres of an actor."""
    principals: Matrix
    """[T A]"""
    armed_principals_mean: Matrix
    """[T B]"""
    armed_parties: Matrix
    """[T B]"""
    theatre_relations: Matrix
    """[T R] principal relations of a theatre."""
    rivals_mean: Matrix
    """[A R] relations from an actor onto armed rivals."""
    principal_rivals_mean: Matrix
    """[A A] rivals of an actor in principal relations."""
    proteges_mean: Matrix
    """[B G] nuclear guarantees given."""
    neighbours: Matrix
    """[A A] other unarmed actors in the same theatre, for unarmed actors."""
    self_role: tuple[int, ...]
    ally_role: tuple[int, ...]
    """Role that answers each attack type."""
    core: Float[np.ndarray, " I"]
    secondary: Float[np.ndarray, " I"]
    first_use: Float[np.ndarray, " I"]
    nuclear_attack: Float[np.ndarray, " K"]


@lru_cache(maxsize=16)
def structure(world: World) -> Structure:
    """Static arrays of the world."""
    parts: dict[str, Any] = {}
    for of in (_actors, _relations, _guarantees, _theatres):
        parts |= of(world)
    return Structure(**parts, **_kinds())


def _mean(matrix: Matrix) -> Matrix:
    total = matrix.sum(axis=1, keepdims=True)
    return matrix / np.where(total > 0, total, 1.0)


def _flags(values: list[bool]) -> Float[np.ndarray, " n"]:
    return np.array(values, dtype=float)


def _one_hot(rows: list[int], width: int) -> Matrix:
    return np.eye(width)[rows].reshape(len(rows), width)


def _actors(world: World) -> dict[str, np.ndarray]:
    to_armed = np.array([[float(a == b) for a in world.actors] for b in world.armed])
    in_theatre = {t: set(world.parties(t)) for t in world.theatres}
    neighbours = np.array(
        [
            [
                float(
                    a != b and not {a, b} & set(world.armed) and any({a, b} <= p for p in in_theatre.values())
                )
                for b in world.actors
            ]
            for a in world.actors
        ]
    )
    return {
        "is_armed": _flags([a in world.armed for a in world.actors]),
        "to_armed": to_armed,
        "neighbours": neighbours,
    }


def _relations(world: World) -> dict[str, np.ndarray]:
    rs = world.relations
    ids = [r.id for r in rs]
    by_armed, on_armed = (
        _flags([r.challenger in world.armed for r in rs]),
        _flags([r.defender in world.armed for r in rs]),
    )
    inside = np.array([[float(r.theatre == t) for r in rs] for t in world.theatres])
    weight = np.array([r.weight * bool(r.attacks) for r in rs])
    onto = np.array([[float(r.defender == a) for r in rs] for a in world.actors])
    out_of = np.array([[float(r.challenger == a) for r in rs] for a in world.actors])
    principal = _flags([r.principal for r in rs])
    pairs = {(r.challenger, r.defender) for r in rs}
    bloc = [
        [float(world.are_allies(r.challenger, a) and (a, r.defender) in pairs) for a in world.actors]
        for r in rs
    ]
    lead = [
        [
            float(b == r.defender or (r.defender not in world.armed and _covers(world, b, r.defender)))
            for b in world.armed
        ]
        for r in rs
    ]
    to_armed = np.array([[float(a == b) for a in world.actors] for b in world.armed])
    return {
        "of_challenger": out_of.T,
        "of_defender": onto.T,
        "of_armed_challenger": (to_armed @ out_of).T,
        "of_armed_defender": (to_armed @ onto).T,
        "of_theatre": inside.T,
        "of_reverse": np.array([[float(i == f"{r.defender}>{r.challenger}") for i in ids] for r in rs]),
        "by_armed": by_armed,
        "on_armed": on_armed,
        "onto": np.eye(len(rs))[on_armed > 0],
        "onto_defender": (to_armed @ onto).T[on_armed > 0],
        "mask": np.array([[float(k in r.attacks) for k in ATTACK_TYPES] for r in rs]),
        "crisis_mean": _mean(inside * weight),
        "first_user": inside * by_armed,
        "defends": onto,
        "defends_armed": to_armed @ onto,
        "bloc": np.array(bloc),
        "lead_forces_mean": _mean(np.array(lead)),
        "theatre_relations": inside * principal,
        "rivals_mean": _mean(out_of * on_armed),
        "principal_rivals_mean": _mean((out_of * principal) @ onto.T),
    }


def _covers(world: World, guarantor: str, protege: str) -> bool:
    return any(g.guarantor == guarantor and g.nuclear for g in world.guarantors(protege))


def _guarantees(world: World) -> dict[str, np.ndarray]:
    gs, rs = world.guarantees, world.relations
    protected = np.array([[float(g.protege == a) for g in gs] for a in world.actors]).reshape(
        len(world.actors), len(gs)
    )
    given = np.array([[float(g.guarantor == b and g.nuclear) for g in gs] for b in world.armed])
    nuclear = _flags([g.nuclear for g in gs])
    of_guarantor = _one_hot([world.actors.index(g.guarantor) for g in gs], len(world.actors))
    to_armed = np.array([[float(a == b) for a in world.actors] for b in world.armed])
    shared = np.array(
        [
            [float(any(g.guarantor == b for g in world.guarantors(a))) for b in world.actors]
            for a in world.actors
        ]
    )
    giving = _one_hot([i for i, a in enumerate(world.actors) if shared[:, i].any()], len(world.actors))
    views = [r.id for r in rs if r.defender in world.armed]
    pairs = [
        (i, k) for i, r in enumerate(rs) for k, g in enumerate(gs) if g.nuclear and g.protege == r.defender
    ]
    return {
        "of_guarantor": of_guarantor,
        "of_armed_guarantor": of_guarantor @ to_armed.T,
        "of_protege": protected.T,
        "nuclear": nuclear,
        "hosts": _flags([g.kind == "sharing_host" for g in gs]),
        "protected": protected,
        "protected_nuclear": protected * nuclear,
        "protected_mean": _mean(protected),
        "guarantors": giving,
        "shared_mean": _mean(shared) @ giving.T,
        "of_umbrella_guarantee": _one_hot([k for _, k in pairs], len(gs)),
        "of_umbrella_view": _one_hot(
            [views.index(f"{rs[i].challenger}>{gs[k].guarantor}") for i, k in pairs], len(views)
        ),
        "umbrella": np.array([[float(i == j) for i, _ in pairs] for j in range(len(rs))]).reshape(
            len(rs), len(pairs)
        ),
        "proteges_mean": _mean(given.reshape(len(world.armed), len(gs))),
    }


def _theatres(world: World) -> dict[str, np.ndarray]:
    parties = np.array([[float(a in world.parties(t)) for t in world.theatres] for a in world.actors])
    principals = np.array([[float(a in world.principals(t)) for a in world.actors] for t in world.theatres])
    to_armed = np.array([[float(a == b) for a in world.actors] for b in world.armed])
    return {
        "parties_mean": _mean(parties),
        "principals": principals,
        "armed_principals_mean": _mean(principals @ to_armed.T),
        "armed_parties": (to_armed @ parties).T,
    }


def _kinds() -> dict[str, Any]:
    return {
        "self_role": tuple(ROLES.index(ROLE_ANSWERING_ON_SELF[k]) for k in ATTACK_TYPES),
        "ally_role": tuple(ROLES.index(ROLE_ANSWERING_ON_PROTEGE[k]) for k in ATTACK_TYPES),
        "core": _flags([r in CORE_ROLES for r in ROLES]),
        "secondary": _flags([r in SECONDARY_ROLES for r in ROLES]),
        "first_use": _flags([r in FIRST_USE_ROLES for r in ROLES]),
        "nuclear_attack": _flags([k in NUCLEAR_ATTACKS for k in ATTACK_TYPES]),
    }
