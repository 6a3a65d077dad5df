"""The model's world from the record: actors, theatres, relations, guarantees."""

from __future__ import annotations

from math import log1p

from stepdown.contracts.facts import Actor, TheatreRecord
from stepdown.contracts.facts import Guarantee as GuaranteeRecord
from stepdown.contracts.facts import Relation as RelationRecord
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import Guarantee, GuaranteeKind, Relation, World
from stepdown.vocabulary.ids import MODEL_ACTORS

# A pair may have several promises on record; the model keeps the strongest.
_STRENGTH: dict[str, tuple[int, GuaranteeKind]] = {
    "sharing_host": (3, "sharing_host"),
    "formal_nuclear": (2, "formal_nuclear"),
    "consultation": (1, "consultation"),
    "conventional_only": (0, "conventional"),
}


def build_world(facts: Facts) -> World:
    """The world of every record marked `in_model`, in the fixed order of the vocabulary.

    A relation weighs 1 + ln(1 + militarised disputes on record) within its theatre before normalisation:
    histories differ by orders of magnitude, their logarithm keeps the quiet pairs in sight.
    """
    chosen = {a.id: a for a in facts.all(Actor) if a.in_model}
    actors = tuple(a for a in MODEL_ACTORS if a in chosen)
    principals: dict[str, set[str]] = {t.theatre: set(t.principals) for t in facts.all(TheatreRecord)}
    relations = tuple(_relation(r, principals) for r in facts.all(RelationRecord) if r.in_model)
    guarantees = _guarantees(facts)
    return World(
        actors=actors,
        armed=tuple(a for a in actors if chosen[a].nuclear_armed),
        theatres=tuple(principals),
        relations=(*relations, *_onlookers(relations, guarantees)),
        guarantees=guarantees,
    )


def _relation(record: RelationRecord, principals: dict[str, set[str]]) -> Relation:
    return Relation(
        record.challenger,
        record.defender,
        record.theatre,
        frozenset(record.attack_types),
        principal={record.challenger, record.defender} <= principals[record.theatre],
        weight=1 + log1p(record.dispute_onsets or 0),
    )


def _onlookers(relations: tuple[Relation, ...], guarantees: tuple[Guarantee, ...]) -> tuple[Relation, ...]:
    """Relations without an attack: who could attack a protégé reads its nuclear guarantor, and is read."""
    known = {(r.challenger, r.defender) for r in relations}
    added: dict[tuple[str, str], Relation] = {}
    for g in guarantees:
        for r in relations:
            if g.nuclear and r.defender == g.protege and (r.challenger, g.guarantor) not in known:
                for pair in ((r.challenger, g.guarantor), (g.guarantor, r.challenger)):
                    if pair not in known:
                        added[pair] = Relation(*pair, r.theatre, frozenset(), principal=False, weight=0.0)
    return tuple(added.values())


def _guarantees(facts: Facts) -> tuple[Guarantee, ...]:
    best: dict[tuple[str, str], tuple[int, GuaranteeKind]] = {}
    for g in facts.all(GuaranteeRecord):
        if g.in_model:
            pair = (g.guarantor, g.protege)
            best[pair] = max(best.get(pair, (-1, "conventional")), _STRENGTH[g.kind])
    return tuple(Guarantee(*pair, kind) for pair, (_, kind) in best.items())
