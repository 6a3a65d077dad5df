"""A calibrated ensemble: which futures of a prior sample, with which weight, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Int


@dataclass(frozen=True)
class ChosenFutures:
    """Futures taken from a larger sample: pass all three wherever futures are drawn, and draws stay paired.

    `index[i]` is the place of future i among the `size` futures that `seed` gives; None: all, in order.
    """

    size: int
    seed: int
    index: Int[np.ndarray, " future"] | None = None


EnsembleName = Literal["prior", "calibrated"]
"""Where the futures of a run come from."""


@dataclass(frozen=True)
class CalibratedEnsemble:
    """Futures of the prior sample (`size`, `seed`, `lenses`) that evidence left, and their weights (sum 1).

    `inputs` is the digest of the numbers behind the draws, `record` that of the whole record; `measures` are
    those whose effect records took part in the fit; `constraints` are ids of the targets it meets.
    """

    id: str
    version: str
    size: int
    seed: int
    lenses: tuple[str, ...]
    inputs: str
    record: str
    measures: tuple[str, ...]
    constraints: tuple[str, ...]
    effective: float
    future: Int[np.ndarray, " row"]
    weight: Float[np.ndarray, " row"]
