"""The labelled dataset of a run, as `docs/method/exploration.md` lays it out, and the few readers of it.

The dataset is an `xarray.Dataset` with dims `package`, `future` and, where series were kept, `year`. The type
is only named here, so that a room can read a dataset without importing what built it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Bool

if TYPE_CHECKING:
    import xarray as xr

Role = Literal["outcome", "series", "input", "switch", "code", "lens"]
NOT_RUN = -1
"""Result code of a future that no block has run yet."""


def variables(ds: xr.Dataset, role: Role) -> tuple[str, ...]:
    """Names of the variables that play a role, in the order of the run."""
    return tuple(str(name) for name, x in ds.variables.items() if x.attrs.get("role") == role)


def usable(ds: xr.Dataset) -> Bool[np.ndarray, " future"]:
    """Futures that every package finished."""
    return np.asarray((ds["code"] == 0).all("package"))


def labels(variable: xr.DataArray) -> np.ndarray:
    """Ids instead of numbers, for a variable with flags (a switch, the lens, the result code).

    Raises ValueError for a variable without flags.
    """
    if "flag_meanings" not in variable.attrs:
        raise ValueError(f"{variable.name} has no flags")
    meanings = np.array(str(variable.attrs["flag_meanings"]).split(" "))
    first = int(np.asarray(variable.attrs["flag_values"])[0])
    named: np.ndarray = meanings[np.asarray(variable.values) - first]
    return named
