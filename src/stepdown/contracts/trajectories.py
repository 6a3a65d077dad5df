"""What a simulation hands out: named yearly series with axes, and one result code per future."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Float, Int


class ResultCode(IntEnum):
    """Why a future may not be used; the future and its inputs are kept."""

    OK = 0
    NON_FINITE = 1
    """A state or a hazard became NaN or infinite."""
    OUT_OF_RANGE = 2
    """A share left [0, 1], or a force index fell to zero."""
    BAD_INPUT = 3
    """A draw was non-finite or outside its admissible range before the run."""
    MODEL_ERROR = 4
    """A batch model raised an exception for this future."""
    EXPLOSIVE = 5
    """A force index or a cumulative hazard grew beyond what any future may hold."""


SERIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "role": ("armed_actor", "role"),
        "perceived_role": ("relation", "role"),
        "gap": ("relation",),
        "reliance": ("armed_actor",),
        "capability": ("actor", "asset"),
        "substitute": ("actor", "attack"),
        "trust": ("relation",),
        "vulnerability": ("relation",),
        "strategic_forces": ("armed_actor",),
        "theatre_forces": ("armed_actor",),
        "prompt_launch": ("armed_actor",),
        "domestic_support": ("actor",),
        "status": ("armed_actor",),
        "gate": ("armed_actor", "role"),
        "role_demand": ("armed_actor", "role"),
        "adequacy": ("actor", "attack"),
        "adequacy_without": ("actor", "attack"),
        "lowest_adequacy": ("actor",),
        "challenge": ("relation", "attack"),
        "tension": ("theatre",),
        "regime": ("theatre",),
        "transparency": ("theatre",),
        "crisis_rate": ("theatre",),
        "assurance": ("guarantee",),
        "proliferation": ("actor",),
        "norm": (),
        "money_used": ("actor",),
        "political_used": ("actor",),
        "hazard": ("cause", "theatre"),
        "cif": ("cause", "theatre"),
        "survival": (),
    }
)
"""Series and their axes, between the leading axis `year` and the trailing axis `future`.

`role` is the declared role in [0, 1]; `gap` the mean over roles of perceived minus declared; `reliance` the
weighted mean role; `adequacy` one minus the mean probability that a rival challenges, with the nuclear role
and (`_without`) without it, and (`lowest_`) with it against the attack where it is lowest; `proliferation`
a cumulative hazard, zero for armed actors; `strategic_forces` and `theatre_forces` relative to the start;
`money_used` and `political_used` as shares of the actor's budgets; `hazard` per year; `cif` the cumulative
incidence of first use by cause and theatre; `survival` its complement.
"""


@dataclass(frozen=True)
class Trajectories:
    """Yearly series of one package over all futures.

    `series[name]` has shape [year, *axes, future] with the axes of `SERIES[name]`, or [1, *axes, future]
    where only the last year was kept; `years` counts from the start; `coordinates[axis]` gives the ids along
    an axis; `code` holds one `ResultCode` per future.
    """

    series: Mapping[str, Float[np.ndarray, "..."]]
    years: Float[np.ndarray, " year"]
    coordinates: Mapping[str, tuple[str, ...]]
    code: Int[np.ndarray, " future"]

    def __getitem__(self, name: str) -> Float[np.ndarray, "..."]:
        return self.series[name]

    @property
    def ok(self) -> Any:
        """Boolean mask of the futures that may be used, shape [future]."""
        return self.code == ResultCode.OK

    @property
    def use_risk(self) -> Any:
        """Cumulative probability of first nuclear use, shape [year, future]."""
        return self.series["cif"].sum(axis=(1, 2))
