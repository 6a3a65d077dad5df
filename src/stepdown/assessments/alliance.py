"""Sources of assurance as parts of adequacy, and what changes when the nuclear role shrinks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assessments.attack_view import challengers
from stepdown.assessments.spread import by_lens, share, spread
from stepdown.contracts.answers import Answering
from stepdown.contracts.assessments import Spread
from stepdown.contracts.assessments.alliance import Arm, LedgerEntry
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World
from stepdown.vocabulary.ids import ATTACK_TYPES

Values = Float[np.ndarray, " future"]
LITTLE = 0.02


def parts_of_adequacy(start: Answering, allies: Sequence[str]) -> dict[str, tuple[Spread, Spread, Spread]]:
    """Per ally: adequacy by its own means, what helpers' conventional means add, what nuclear guarantees add.

    Helpers are taken away by setting every assurance to its least admissible value; existence is taken away
    with the role (eta at its low end), so that the nuclear part is all that nuclear weapons add.
    """
    symbols = start.assumptions.symbols
    alone = {
        "A0": np.full_like(symbols["A0"], PARAMETERS["A0"].low),
        "eta": np.full_like(symbols["eta"], PARAMETERS["eta"].low),
    }
    own = start.answers(changed=alone).adequacy_without
    helped = start.answers(changed={"eta": alone["eta"]}).adequacy_without
    whole = start.answers().adequacy
    found = {}
    for ally in allies:
        rows = exposed(start.world, ally)
        a = start.world.actors.index(ally)
        first, second, third = (x[a, rows].mean(axis=0) for x in (own, helped, whole))
        found[ally] = spread(first), spread(second - first), spread(third - second)
    return found


def exposed(world: World, target: str) -> list[int]:
    """Attack types that somebody could make on the target."""
    return [k for k, attack in enumerate(ATTACK_TYPES) if challengers(world, target, attack)]


@dataclass(frozen=True)
class AllyEnd:
    """An ally at the end of a run, per future."""

    assurance: Values
    hedging: Values
    adequacy: Values
    ok: Bool[np.ndarray, " future"]


def ledger(
    ally: str, arm: Arm, now: AllyEnd, base: AllyEnd, drawn: Assumptions, origin: tuple[str, ...]
) -> Iterator[LedgerEntry]:
    """One entry, pooled and by lens, over the futures that both runs finished."""
    assurance, hedging, adequacy = (
        getattr(now, name) / np.maximum(getattr(base, name), 1e-9) - 1
        for name in ("assurance", "hedging", "adequacy")
    )
    for lens, of in by_lens(drawn.lenses, drawn.lens):
        inside = of & now.ok & base.ok
        yield LedgerEntry(
            origin=(RUN, *origin),
            ally=ally,
            arm=arm,
            lens=lens,
            assurance=spread(assurance[inside]),
            hedging=spread(hedging[inside]),
            adequacy=spread(adequacy[inside]),
            kept=share(assurance[inside] >= -LITTLE),
            worse_hedging=share(hedging[inside] > LITTLE),
        )
