"""What each risk-reduction measure buys alone, last, and all together, in ratios of use risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from stepdown.assessments.spread import by_lens, share, spread
from stepdown.contracts.assessments.risk_reduction import MeasureValue, Portfolio
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assumptions import Assumptions

Values = Float[np.ndarray, " future"]
LITTLE = 0.02
NOTHING = 1e-7
"""A measure that moves no future by more than this has no hold in a theatre."""


@dataclass(frozen=True)
class Arms:
    """Use risk in one theatre by arm: nothing, each alone, all, all but one; and mean adequacy without roles
    of its parties, for nothing and each alone."""

    base: Values
    alone: Mapping[str, Values]
    every: Values
    without: Mapping[str, Values]
    adequacy_base: Values
    adequacy_alone: Mapping[str, Values]


def measure_values(theatre: str, arms: Arms, drawn: Assumptions) -> tuple[MeasureValue, ...]:
    """Every measure with a hold in the theatre, ranked by its median effect alone, pooled and by lens."""
    found: list[MeasureValue] = []
    for lens, of in by_lens(drawn.lenses, drawn.lens):
        single = [
            _value(theatre, name, lens, arms, of)
            for name in arms.alone
            if np.max(np.abs(arms.alone[name] / arms.base - 1)) > NOTHING
        ]
        ordered = sorted(single, key=lambda m: m.alone.median)
        found += [replace(m, rank=rank) for rank, m in enumerate(ordered, 1)]
    return tuple(found)


def _value(theatre: str, name: str, lens: str, arms: Arms, of: np.ndarray) -> MeasureValue:
    alone = (arms.alone[name] / arms.base - 1)[of]
    last = (arms.every / arms.without[name] - 1)[of]
    return MeasureValue(
        origin=(RUN, f"eff.{name}", name),
        theatre=theatre,
        measure=name,
        lens=lens,
        alone=spread(alone),
        last=spread(last),
        interaction=spread(last - alone),
        rises=share(alone > LITTLE),
        transparency_cost=spread((arms.adequacy_alone[name] - arms.adequacy_base)[of]),
        rank=0,
    )


def portfolios(
    theatre: str, rivalries: tuple[str, ...], arms: Arms, drawn: Assumptions
) -> Iterator[Portfolio]:
    """All measures together against what they would do without taking anything from one another."""
    joint = arms.every / arms.base - 1
    product = np.prod([arms.alone[name] / arms.base for name in arms.alone], axis=0) - 1
    for lens, of in by_lens(drawn.lenses, drawn.lens):
        yield Portfolio(
            origin=(RUN, *(f"eff.{name}" for name in arms.alone)),
            theatre=theatre,
            rivalries=rivalries,
            lens=lens,
            measures=len(arms.alone),
            joint=spread(joint[of]),
            sum_of_alone=spread(product[of]),
            overlap=spread((joint - product)[of]),
            rises=share((joint > LITTLE)[of]),
        )
