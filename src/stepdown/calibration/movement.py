"""Which inputs the evidence moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from stepdown.calibration.weights import Weights, effective_size, weighted_quantile


@dataclass(frozen=True)
class Movement:
    """An input before and after. `shift`: change of the mean in standard deviations of the prior; `noise`:
    what a weighting that has nothing to do with the input would shift it by, 1/sqrt(effective size)."""

    name: str
    before: float
    after: float
    shift: float
    noise: float


def movements(
    inputs: Iterable[tuple[str, Weights, Weights]], weight: Weights, most: int
) -> tuple[Movement, ...]:
    """The `most` inputs with the largest shift, largest first. `inputs`: name, prior draws, kept draws.

    Medians before and after are given; the shift is that of the mean, which no rank of a skewed input hides.
    """
    noise = 1 / np.sqrt(effective_size(weight))
    found = []
    for name, prior, kept in inputs:
        spread = float(prior.std())
        if spread == 0:
            continue
        shift = (float(weight @ kept) / float(weight.sum()) - float(prior.mean())) / spread
        after = weighted_quantile(kept, weight, 0.5)
        found.append(Movement(name, float(np.median(prior)), after, shift, float(noise)))
    return tuple(sorted(found, key=lambda m: -abs(m.shift))[:most])
