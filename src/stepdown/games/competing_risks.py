"""Which cause comes first: cumulative incidence of competing causes. Prentice et al. 1978."""

import math
from collections.abc import Sequence
from typing import NamedTuple


class Incidence(NamedTuple):
    """Probability that nothing has happened, and that each cause came first."""

    survival: float
    by_cause: tuple[float, ...]


def incidence(hazards: Sequence[Sequence[float]], lengths: Sequence[float]) -> Incidence:
    """Hazards [cause][period], constant within periods of the given lengths.

    dCIF_p = S (h_p / H)(1 - exp(-H dt)), S falls by exp(-H dt); hence sum CIF = 1 - S. Range: hazards >= 0.
    """
    survival, by_cause = 1.0, [0.0] * len(hazards)
    for period, length in enumerate(lengths):
        now = [cause[period] for cause in hazards]
        total = math.fsum(now)
        if total > 0:
            lost = -survival * math.expm1(-total * length)
            by_cause = [cif + lost * hazard / total for cif, hazard in zip(by_cause, now, strict=True)]
            survival -= lost
    return Incidence(survival, tuple(by_cause))
