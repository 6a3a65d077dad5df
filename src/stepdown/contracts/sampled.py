"""Sampled events: how large and how frequent they are, and what one run of them was.

The mean-field run follows the expectation; the sampled run draws what happens and when. Amplitudes are shifts
of log odds, rates are per year. Every amount has a trailing axis of length 1 or N.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.trajectories import Trajectories

Mode = Literal["mean-field", "sampled"]
MODES: tuple[Mode, ...] = ("mean-field", "sampled")
NO_USE = -1
"""Index of cause and theatre in a future in which the race ends without use."""


@dataclass(frozen=True)
class Noise:
    """Amplitudes in [0, 1] (log odds near the middle of the scale) and rates per year of sampled events."""

    crisis_jump: Float[np.ndarray, " n"]
    """Jump of tension when a crisis comes, as a share of tau (1 - tau)."""
    regime_shift: Float[np.ndarray, " n"]
    """Shift of the tension a theatre tends to, up in one political regime and down in the other."""
    regime_rate: Float[np.ndarray, " n"]
    """Switches per year out of either regime."""
    turnover_shift: Float[np.ndarray, " n"]
    """Shift of the domestic support a leader tends to, up or down."""
    turnover_rate: Float[np.ndarray, " n"]
    """Changes of leader per year and actor."""

    def __post_init__(self) -> None:
        for f in fields(self):
            values = np.asarray(getattr(self, f.name))
            low, high = float(values.min()), float(values.max())
            # An amplitude above 1 could push a share out of [0, 1].
            top = 1.0 if f.name.endswith(("jump", "shift")) else np.inf
            if not (low >= 0 and high <= top):
                raise ValueError(f"{f.name} lies in [{low:g}, {high:g}]; allowed: [0, {top:g}]")

    def first(self, futures: int) -> Noise:
        """The amounts of the first futures only."""
        return Noise(**{f.name: getattr(self, f.name)[:futures] for f in fields(self)})


QUIET = Noise(*(np.zeros(1) for _ in range(5)))
"""No events at all: the sampled run is then the mean-field run."""


@dataclass(frozen=True)
class SampledRun:
    """Trajectories along sampled paths, and the events on the way.

    `trajectories["cif"]` is the probability of use given the path (the hazards integrated along it), not a
    zero or one: its mean over futures estimates the same as `use_year`, with far less scatter.
    `crises[year, theatre, future]`: crises in the year after each year of the run; `regime`: +1 or -1;
    `leader`: -1, 0 (the leader of the record) or 1 per actor. `use_year` is infinite, and `use_cause`,
    `use_theatre` are `NO_USE`, where the race of the hazards ends without use.
    """

    trajectories: Trajectories
    seed: int
    crises: Int[np.ndarray, "year theatre future"]
    regime: Int[np.ndarray, "year theatre future"]
    leader: Int[np.ndarray, "year actor future"]
    use_year: Float[np.ndarray, " future"]
    use_cause: Int[np.ndarray, " future"]
    use_theatre: Int[np.ndarray, " future"]
