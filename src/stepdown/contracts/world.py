"""The world a run simulates: who exists, who could attack whom, who protects whom.

A `World` holds identifiers only; numbers that are uncertain travel as draws (`contracts.parameters`),
measures as a `Program` (`contracts.program`). It can be any size: tests use five actors, the record has 21.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from stepdown.vocabulary.ids import ATTACK_TYPES, CAPABILITIES, CAUSES, ENABLERS, ROLE_GROUPS, ROLES

CORE_ROLES = ROLE_GROUPS["core"]
SECONDARY_ROLES = ROLE_GROUPS["secondary"]
FIRST_USE_ROLES = (*SECONDARY_ROLES, "regime_survival")
"""Roles whose fulfilment means using nuclear weapons first."""

NUCLEAR_ATTACKS = ("nuclear_large", "nuclear_limited")
OFFENSIVE_CAPABILITIES = ("long_range_strike", "other_conventional", "cyber", "space")
DEFENSIVE_CAPABILITIES = ("air_missile_defence", "forward_defence", "resilience")
ASSETS: tuple[str, ...] = CAPABILITIES + ENABLERS
"""Everything non-nuclear a programme can build: capabilities first, then the enablers they all need."""

ROLE_ANSWERING_ON_SELF: Mapping[str, str] = {
    "nuclear_large": "deter_nuclear_self",
    "nuclear_limited": "deter_nuclear_self",
    "chemical_limited": "respond_cbw",
    "biological": "respond_cbw",
    "cyber_infrastructure": "nonnuclear_strategic_attack",
    "conventional_large": "deter_conventional_self",
}
"""Which nuclear role answers an attack on the state that holds it."""

ROLE_ANSWERING_ON_PROTEGE: Mapping[str, str] = {
    attack: "deter_nuclear_allies" if attack in NUCLEAR_ATTACKS else "extended_vs_nonnuclear_allies"
    for attack in ATTACK_TYPES
}
"""Which nuclear role of a guarantor answers an attack on its protégé."""

GuaranteeKind = Literal["formal_nuclear", "sharing_host", "consultation", "conventional"]
NUCLEAR_GUARANTEES: frozenset[str] = frozenset({"formal_nuclear", "sharing_host"})


@dataclass(frozen=True)
class Relation:
    """`challenger` could attack `defender`, in `theatre`, with the attack types in `attacks`.

    A relation with no attack type carries perception, trust and vulnerability only. `weight` is its share of
    the theatre's crises before normalisation; `principal` marks the parties whose conduct sets the theatre's
    tone. `attitude` names the class that priors on trust and perception are keyed by.
    """

    challenger: str
    defender: str
    theatre: str
    attacks: frozenset[str]
    principal: bool = True
    weight: float = 1.0
    attitude: str = ""

    @property
    def id(self) -> str:
        return f"{self.challenger}>{self.defender}"


@dataclass(frozen=True)
class Guarantee:
    """`guarantor` has promised to help `protege`; only two kinds carry nuclear weapons."""

    guarantor: str
    protege: str
    kind: GuaranteeKind

    @property
    def id(self) -> str:
        return f"{self.guarantor}>{self.protege}"

    @property
    def nuclear(self) -> bool:
        return self.kind in NUCLEAR_GUARANTEES


@dataclass(frozen=True)
class World:
    """Ordered identifiers of every index set; raises `ValueError` with all faults at once.

    `allies` adds unordered pairs that act together against a common rival without a guarantee between them;
    every guarantee makes its two parties allies as well.
    """

    actors: tuple[str, ...]
    armed: tuple[str, ...]
    theatres: tuple[str, ...]
    relations: tuple[Relation, ...]
    guarantees: tuple[Guarantee, ...] = ()
    allies: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise ValueError("world is inconsistent:\n  " + "\n  ".join(faults))

    def axis(self, name: str) -> tuple[str, ...]:
        """Ids along a named axis (see `contracts.parameters`), in array order."""
        axes: Mapping[str, tuple[str, ...]] = {
            "actor": self.actors,
            "armed_actor": self.armed,
            "theatre": self.theatres,
            "relation": tuple(r.id for r in self.relations),
            "guarantee": tuple(g.id for g in self.guarantees),
            "role": ROLES,
            "attack": ATTACK_TYPES,
            "capability": CAPABILITIES,
            "enabler": ENABLERS,
            "asset": ASSETS,
            "cause": CAUSES,
        }
        return axes[name]

    def shape(self, axes: Iterable[str]) -> tuple[int, ...]:
        return tuple(len(self.axis(name)) for name in axes)

    def guarantors(self, protege: str) -> tuple[Guarantee, ...]:
        return tuple(g for g in self.guarantees if g.protege == protege)

    def are_allies(self, a: str, b: str) -> bool:
        pairs = {frozenset(pair) for pair in self.allies}
        pairs |= {frozenset((g.guarantor, g.protege)) for g in self.guarantees}
        return frozenset((a, b)) in pairs

    def parties(self, theatre: str) -> tuple[str, ...]:
        """Actors with a relation in the theatre, in actor order."""
        return self._in(theatre, principal=False)

    def principals(self, theatre: str) -> tuple[str, ...]:
        """Actors with a principal relation in the theatre, in actor order."""
        return self._in(theatre, principal=True)

    def _in(self, theatre: str, *, principal: bool) -> tuple[str, ...]:
        found = {
            actor
            for r in self.relations
            if r.theatre == theatre and (r.principal or not principal)
            for actor in (r.challenger, r.defender)
        }
        return tuple(actor for actor in self.actors if actor in found)


def _faults(world: World) -> Iterable[str]:
    yield from _index_faults(world)
    yield from _relation_faults(world)
    yield from _guarantee_faults(world)


def _index_faults(world: World) -> Iterable[str]:
    for name, ids in (("actors", world.actors), ("armed", world.armed), ("theatres", world.theatres)):
        if not ids:
            yield f"{name}: at least one is needed"
        if len(set(ids)) != len(ids):
            yield f"{name}: an id is listed twice"
    if world.armed != tuple(a for a in world.actors if a in world.armed):
        yield "armed: must be actors, in the order of actors"
    for pair in world.allies:
        if not set(pair) <= set(world.actors):
            yield f"allies {pair}: unknown actor"


def _relation_faults(world: World) -> Iterable[str]:
    pairs = {(r.challenger, r.defender): r for r in world.relations}
    if len(pairs) != len(world.relations):
        yield "relations: a directed pair is listed twice"
    for r in world.relations:
        if {r.challenger, r.defender} - set(world.actors) or r.challenger == r.defender:
            yield f"relation {r.id}: needs two different known actors"
        if r.theatre not in world.theatres:
            yield f"relation {r.id}: unknown theatre {r.theatre}"
        if r.attacks - set(ATTACK_TYPES):
            yield f"relation {r.id}: unknown attack types {sorted(r.attacks - set(ATTACK_TYPES))}"
        if r.challenger not in world.armed and r.attacks & set(NUCLEAR_ATTACKS):
            yield f"relation {r.id}: an actor without nuclear weapons cannot make a nuclear attack"
        reverse = pairs.get((r.defender, r.challenger))
        if reverse is None:
            yield f"relation {r.id}: the reverse {r.defender}>{r.challenger} is missing"
        elif reverse.theatre != r.theatre:
            yield f"relation {r.id}: its reverse is in another theatre"
        if r.weight < 0:
            yield f"relation {r.id}: negative weight"
    for theatre in world.theatres:
        inside = [r for r in world.relations if r.theatre == theatre]
        if not any(r.weight > 0 and r.attacks for r in inside):
            yield f"theatre {theatre}: no relation with an attack type and a weight"
        if not any(r.challenger in world.armed for r in inside):
            yield f"theatre {theatre}: no nuclear-armed challenger"
        if not any(r.principal for r in inside):
            yield f"theatre {theatre}: no principal relation"


def _guarantee_faults(world: World) -> Iterable[str]:
    pairs = {(r.challenger, r.defender) for r in world.relations}
    if len({(g.guarantor, g.protege) for g in world.guarantees}) != len(world.guarantees):
        yield "guarantees: a pair is listed twice"
    for g in world.guarantees:
        if {g.guarantor, g.protege} - set(world.actors) or g.guarantor == g.protege:
            yield f"guarantee {g.id}: needs two different known actors"
        if g.kind not in get_args(GuaranteeKind):
            yield f"guarantee {g.id}: unknown kind {g.kind}"
        if not g.nuclear:
            continue
        if g.guarantor not in world.armed:
            yield f"guarantee {g.id}: a nuclear guarantee needs a nuclear-armed guarantor"
        for challenger, defender in sorted(pairs):
            if defender == g.protege and (challenger, g.guarantor) not in pairs:
                yield f"guarantee {g.id}: relation {challenger}>{g.guarantor} is needed for its perception"
