"""Static arrays of a `World`: row numbers, masks and averaging matrices. NumPy only, computed once per world.

Axes: A actors, B nuclear-armed actors, R relations, T theatres, G guarantees, K attack types, I roles,
U pairs (relation, nuclear guarantor of its defender).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float, Int

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
    """Index arrays and matrices; matrices named `x_mean` have rows that sum to 1 (or 0 where a row is empty)."""

    armed: Int[np.ndarray, " B"]
    is_armed: Float[np.ndarray, " A"]
    to_armed: Matrix
    """[B A] one-hot; its transpose spreads armed rows over actors."""
    challenger: Int[np.ndarray, " R"]
    defender: Int[np.ndarray, " R"]
    theatre: Int[np.ndarray, " R"]
    reverse: Int[np.ndarray, " R"]
    challenger_armed: Int[np.ndarray, " R"]
    defender_armed: Int[np.ndarray, " R"]
    """Row among the armed, or 0 where unarmed: always multiply by the next two."""
    by_armed: Float[np.ndarray, " R"]
    on_armed: Float[np.ndarray, " R"]
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
    guarantor: Int[np.ndarray, " G"]
    protege: Int[np.ndarray, " G"]
    guarantor_armed: Int[np.ndarray, " G"]
    nuclear: Float[np.ndarray, " G"]
    hosts: Float[np.ndarray, " G"]
    protected: Matrix
    """[A G] guarantees an actor enjoys."""
    protected_nuclear: Matrix
    protected_mean: Matrix
    shared_mean: Matrix
    """[A A] guarantors of an actor."""
    umbrella_relation: Int[np.ndarray, " U"]
    umbrella_guarantee: Int[np.ndarray, " U"]
    umbrella_view: Int[np.ndarray, " U"]
    """Relation that holds the challenger's view of the guarantor."""
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
    self_role: Int[np.ndarray, " K"]
    ally_role: Int[np.ndarray, " K"]
    core: Float[np.ndarray, " I"]
    secondary: Float[np.ndarray, " I"]
    first_use: Float[np.ndarray, " I"]
    nuclear_attack: Float[np.ndarray, " K"]


@lru_cache(maxsize=16)
def structure(world: World) -> Structure:
    """Static arrays of the world."""
    return Structure(
        **_actors(world), **_relations(world), **_guarantees(world), **_theatres(world), **_kinds()
    )


def _mean(matrix: Matrix) -> Matrix:
    total = matrix.sum(axis=1, keepdims=True)
    return matrix / np.where(total > 0, total, 1.0)


def _row(world: World, actor: str) -> int:
    return world.armed.index(actor) if actor in world.armed else 0


def _flags(values: list[bool]) -> Float[np.ndarray, " n"]:
    return np.array(values, dtype=float)


def _rows(values: list[int]) -> Int[np.ndarray, " n"]:
    return np.array(values, dtype=np.int32)


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
        "armed": _rows([world.actors.index(b) for b in world.armed]),
        "is_armed": _flags([a in world.armed for a in world.actors]),
        "to_armed": to_armed,
        "neighbours": neighbours,
    }


def _relations(world: World) -> dict[str, np.ndarray]:
    rs = world.relations
    ids = [r.id for r in rs]
    reverse = _rows([ids.index(f"{r.defender}>{r.challenger}") for r in rs])
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
        "challenger": _rows([world.actors.index(r.challenger) for r in rs]),
        "defender": _rows([world.actors.index(r.defender) for r in rs]),
        "theatre": _rows([world.theatres.index(r.theatre) for r in rs]),
        "reverse": reverse,
        "challenger_armed": _rows([_row(world, r.challenger) for r in rs]),
        "defender_armed": _rows([_row(world, r.defender) for r in rs]),
        "by_armed": by_armed,
        "on_armed": on_armed,
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
    ids = [r.id for r in rs]
    protected = np.array([[float(g.protege == a) for g in gs] for a in world.actors]).reshape(
        len(world.actors), len(gs)
    )
    given = np.array([[float(g.guarantor == b and g.nuclear) for g in gs] for b in world.armed])
    nuclear = _flags([g.nuclear for g in gs])
    shared = np.array(
        [
            [float(any(g.guarantor == b for g in world.guarantors(a))) for b in world.actors]
            for a in world.actors
        ]
    )
    pairs = [
        (i, k) for i, r in enumerate(rs) for k, g in enumerate(gs) if g.nuclear and g.protege == r.defender
    ]
    return {
        "guarantor": _rows([world.actors.index(g.guarantor) for g in gs]),
        "protege": _rows([world.actors.index(g.protege) for g in gs]),
        "guarantor_armed": _rows([_row(world, g.guarantor) for g in gs]),
        "nuclear": nuclear,
        "hosts": _flags([g.kind == "sharing_host" for g in gs]),
        "protected": protected,
        "protected_nuclear": protected * nuclear,
        "protected_mean": _mean(protected),
        "shared_mean": _mean(shared),
        "umbrella_relation": _rows([i for i, _ in pairs]),
        "umbrella_guarantee": _rows([k for _, k in pairs]),
        "umbrella_view": _rows([ids.index(f"{rs[i].challenger}>{gs[k].guarantor}") for i, k in pairs]),
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


def _kinds() -> dict[str, np.ndarray]:
    return {
        "self_role": _rows([ROLES.index(ROLE_ANSWERING_ON_SELF[k]) for k in ATTACK_TYPES]),
        "ally_role": _rows([ROLES.index(ROLE_ANSWERING_ON_PROTEGE[k]) for k in ATTACK_TYPES]),
        "core": _flags([r in CORE_ROLES for r in ROLES]),
        "secondary": _flags([r in SECONDARY_ROLES for r in ROLES]),
        "first_use": _flags([r in FIRST_USE_ROLES for r in ROLES]),
        "nuclear_attack": _flags([k in NUCLEAR_ATTACKS for k in ATTACK_TYPES]),
    }
