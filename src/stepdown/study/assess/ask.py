"""What may be asked, and what is known instead where the question has no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from stepdown.contracts.assessments.roles import NotOnRecord
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Actor, Doctrine, Guarantee, Lens
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.assess.words import listed, said
from stepdown.study.words import id_label
from stepdown.vocabulary.errors import Problem, StudyError, UnknownNameError
from stepdown.vocabulary.ids import LENSES

Question = Literal["roles", "substitution", "utility", "reduction", "alliance", "risk_reduction"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
LEAST_PER_LENS: dict[Question, int] = {"reduction": 6}
"""Six sets of roles are dealt out over the futures of each lens."""


@dataclass(frozen=True)
class Request:
    """What is asked. Empty `states`, `theatres`: all; `ally` narrows substitution and the ledger to one ally;
    `since` asks for the change from an earlier date; `record_only` leaves the simulation out; `limit` is the
    share of futures that may backfire."""

    question: Question
    states: tuple[str, ...] = ()
    ally: str | None = None
    theatres: tuple[str, ...] = ()
    on: date = date.max
    since: date | None = None
    futures: int = 1000
    seed: int = 2026
    lenses: tuple[str, ...] = ()
    record_only: bool = False
    limit: float = 0.1


def simulates(request: Request) -> bool:
    """Does the question need runs of the model, or does the record answer it?"""
    return request.question != "utility" and not request.record_only


def check_request(request: Request, facts: Facts, world: World) -> None:
    """Raises for what makes no sense: unknown ids (nearest name), too few futures, dates the wrong way."""
    for state in (*request.states, *((request.ally,) if request.ally else ())):
        facts.get(Actor, state)
    for theatre in request.theatres:
        if theatre not in world.theatres:
            raise UnknownNameError("theatre", theatre, world.theatres)
    for lens in request.lenses:
        facts.get(Lens, lens)
    problems = []
    least = LEAST_PER_LENS.get(request.question, 1) * len(request.lenses or LENSES)
    if request.futures < least:
        found, allowed = str(request.futures), f"{least} or more"
        problems.append(Problem("request", 0, "futures", "too few for these lenses", found, allowed))
    if request.since is not None and request.since >= request.on:
        problems.append(
            Problem("request", 0, "since", "must lie before the date asked about", request.since.isoformat())
        )
    if not 0 < request.limit < 1:
        problems.append(Problem("request", 0, "limit", "a share of futures", f"{request.limit:g}", "0 to 1"))
    if problems:
        raise StudyError(problems)


def holders(request: Request, world: World) -> tuple[str, ...]:
    """The nuclear-armed states asked about."""
    return tuple(s for s in (request.states or world.armed) if s in world.armed)


def unarmed_instead(facts: Facts, world: World, states: tuple[str, ...]) -> tuple[NotOnRecord, ...]:
    """For states without nuclear weapons: who protects them, and what to ask instead."""
    return tuple(
        NotOnRecord(_guarantee_ids(facts, state) or (state,), state, _known_of(facts, state))
        for state in states
        if state not in world.armed
    )


def _guarantee_ids(facts: Facts, state: str) -> tuple[str, ...]:
    return tuple(g.id for g in facts.all(Guarantee) if g.protege == state)


def _known_of(facts: Facts, state: str) -> Bilingual:
    name = id_label(facts, state)
    promises = [g for g in facts.all(Guarantee) if g.protege == state]
    if not promises:
        return said("known.unarmed_alone", state=name)
    by = listed([said(f"known.kind_{g.kind}", guarantor=id_label(facts, g.guarantor)) for g in promises])
    return said("known.unarmed", state=name, by=by, first=promises[0].guarantor, id=state)


def no_guarantor(facts: Facts, world: World, ally: str, guarantor: str | None = None) -> NotOnRecord | None:
    """The answer for an ally without a nuclear guarantor (or not this one); None when there is one."""
    found = [g for g in world.guarantors(ally) if g.nuclear and guarantor in (None, g.guarantor)]
    if found:
        return None
    if guarantor is not None and (others := [g for g in world.guarantors(ally) if g.nuclear]):
        known = said(
            "known.other_guarantor",
            ally=id_label(facts, ally),
            guarantor=id_label(facts, guarantor),
            others=listed([id_label(facts, g.guarantor) for g in others]),
        )
    elif ally in world.armed:
        known = said("known.ally_armed", ally=id_label(facts, ally))
    else:
        known = _known_of(facts, ally)
    return NotOnRecord(_guarantee_ids(facts, ally) or (ally,), ally, known)


def before_record(facts: Facts, state: str, on: date) -> NotOnRecord:
    """The answer for a state without a coded document in force on a date: the first one that there is."""
    documents = sorted((d for d in facts.all(Doctrine) if d.state == state), key=lambda d: d.valid_from)
    name = id_label(facts, state)
    if not documents:
        return NotOnRecord((state,), state, said("known.no_document", state=name))
    first, last = documents[0], documents[-1]
    known = said(
        "known.first_document",
        state=name,
        date=on.isoformat(),
        first=first.label.bilingual,
        first_date=first.valid_from,
        last_date=last.valid_from,
    )
    return NotOnRecord((first.id, last.id), state, known)
