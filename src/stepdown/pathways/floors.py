"""Floors: what a pathway may cost, against the baseline in the same future and year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.pathway_findings import FLOORS
from stepdown.contracts.pathways import Floors

Series = Mapping[str, Float[np.ndarray, "year who future"]]
"""Yearly `assurance` and `adequacy` of every state concerned, `use_risk` of the world (one row)."""
LASTING = 2
"""Years in a row that a floor must be broken before the step counts as not meeting it."""


def broken(series: Series, baseline: Series, floors: Floors) -> Bool[np.ndarray, "floor year future"]:
    """Where each floor of `FLOORS` is broken for anybody."""
    limits = {name: getattr(floors, name) for name in FLOORS}
    found = []
    for name in FLOORS:
        ratio = series[name] / np.where(baseline[name] > 0, baseline[name], 1.0)
        worse = ratio - 1 > limits[name] if name == "use_risk" else 1 - ratio > limits[name]
        found.append((worse & (baseline[name] > 0)).any(axis=1))
    return np.stack(found)


def first_broken(
    breaks: Bool[np.ndarray, "floor year future"],
) -> tuple[Int[np.ndarray, " future"], Int[np.ndarray, " future"]]:
    """First year from which some floor stays broken for `LASTING` years, and which floor; -1 where none."""
    lasting = breaks[:, : breaks.shape[1] - LASTING + 1].copy()
    for later in range(1, LASTING):
        lasting &= breaks[:, later : later + lasting.shape[1]]
    any_floor = lasting.any(axis=0)
    tips = any_floor.any(axis=0)
    year = np.where(tips, any_floor.argmax(axis=0), -1)
    at = lasting[:, np.maximum(year, 0), np.arange(lasting.shape[2])]
    return year, np.where(tips, at.argmax(axis=0), -1)
