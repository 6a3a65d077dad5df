"""What answers each attack now, with and without the nuclear role, and how far the priors decide that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from stepdown.assessments.attack_view import AttackView, attack_view
from stepdown.assessments.spread import by_lens, label_of, share, spread
from stepdown.contracts.answers import Answering, Answers
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assessments.substitution import Substitution
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import ROLE_ANSWERING_ON_PROTEGE, ROLE_ANSWERING_ON_SELF, World
from stepdown.vocabulary.ids import ATTACK_TYPES

End = Literal["low", "high"]
ORIGIN = (RUN, "input.M", "input.q", "input.omega", "input.eta", "input.a_star")
ALLIES = "allies"


@dataclass(frozen=True)
class Ends:
    """Answers as drawn and with the deciding tables at the ends of their admissible ranges.

    `bare`: nothing nuclear answers, not even existence (eta 0, no role); `M` is the substitution table, `q`
    the credibility of nuclear answers.
    """

    drawn: Answers
    M_low: Answers
    M_high: Answers
    against: Answers
    """M at its low end and q at its high end: most against a non-nuclear answer."""
    favours: Answers
    bare: Answers
    bare_low: Answers
    bare_high: Answers


def at_end(start: Answering, *ends: tuple[str, End]) -> dict[str, Float[np.ndarray, "..."]]:
    """Symbols held at one end of their admissible range (`contracts.parameters`) in every future."""
    return {
        symbol: np.full_like(start.assumptions.symbols[symbol], getattr(PARAMETERS[symbol], end))
        for symbol, end in ends
    }


def ask_ends(start: Answering) -> Ends:
    """Eight readings of the same start."""

    def answers(*ends: tuple[str, End]) -> Answers:
        return start.answers(changed=at_end(start, *ends))

    return Ends(
        drawn=start.answers(),
        M_low=answers(("M", "low")),
        M_high=answers(("M", "high")),
        against=answers(("M", "low"), ("q", "high")),
        favours=answers(("M", "high"), ("q", "low")),
        bare=answers(("eta", "low")),
        bare_low=answers(("eta", "low"), ("M", "low")),
        bare_high=answers(("eta", "low"), ("M", "high")),
    )


def targets_of(world: World, state: str, ally: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """What a state's roles protect: itself, and allies under its nuclear guarantee (one, or their mean)."""
    allies = tuple(g.protege for g in world.guarantees if g.guarantor == state and g.nuclear)
    if ally is not None:
        return {ally: (ally,)}
    return {state: (state,), **({ALLIES: allies} if allies else {})}


def substitution(start: Answering, ends: Ends, state: str, ally: str | None = None) -> Iterator[Substitution]:
    """One finding per attack that somebody could make on the state or its allies, pooled and by lens."""
    world = start.world
    for target, places in targets_of(world, state, ally).items():
        roles = ROLE_ANSWERING_ON_SELF if target == state else ROLE_ANSWERING_ON_PROTEGE
        for attack in ATTACK_TYPES:
            views = {name: attack_view(world, getattr(ends, name), places, attack) for name in _NAMES}
            found = {name: view for name, view in views.items() if view is not None}
            if found:
                yield from _findings(start, found, (state, target, roles[attack], attack))


_NAMES = ("drawn", "M_low", "M_high", "against", "favours", "bare", "bare_low", "bare_high")


def _findings(
    start: Answering, views: Mapping[str, AttackView], where: tuple[str, str, str, str]
) -> Iterator[Substitution]:
    floor = start.assumptions.symbols["a_star"]
    drawn = views["drawn"]
    for lens, of in by_lens(start.assumptions.lenses, start.assumptions.lens):

        def passes(view: str, of: np.ndarray = of) -> float:
            return share(views[view].adequacy_without[of] >= floor[of])

        def ahead(view: str, of: np.ndarray = of) -> float:
            return share(views[view].punishment[of] > views[view].nuclear[of])

        state, target, role, attack = where
        yield Substitution(
            origin=ORIGIN,
            state=state,
            target=target,
            role=role,
            attack=attack,
            lens=lens,
            nuclear=spread(drawn.nuclear[of]),
            punishment=spread(drawn.punishment[of]),
            denial=spread(drawn.denial[of]),
            nuclear_cost=spread(drawn.nuclear_cost[of]),
            punishment_cost=spread(drawn.punishment_cost[of]),
            adequacy_with=spread(drawn.adequacy[of]),
            adequacy_without=spread(drawn.adequacy_without[of]),
            floor=spread(floor[of]),
            nonnuclear_ahead=ahead("drawn"),
            ahead_at_least=ahead("against"),
            ahead_at_most=ahead("favours"),
            ahead_label=label_of(ahead("drawn"), ahead("against"), ahead("favours")),
            passes_with=share(drawn.adequacy[of] >= floor[of]),
            passes_without=passes("drawn"),
            at_least=passes("M_low"),
            at_most=passes("M_high"),
            label=label_of(passes("drawn"), passes("M_low"), passes("M_high")),
            passes_nonnuclear=passes("bare"),
            nonnuclear_at_least=passes("bare_low"),
            nonnuclear_at_most=passes("bare_high"),
            nonnuclear_label=label_of(passes("bare"), passes("bare_low"), passes("bare_high")),
        )
