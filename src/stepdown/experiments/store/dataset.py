"""The labelled dataset of a run (`docs/method/exploration.md`), from its folder or from arrays in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stepdown.experiments.store.folder import RunFolder
from stepdown.experiments.store.layout import DIMS, Array, Arrays, Layout

if TYPE_CHECKING:
    import xarray as xr

_SPLIT: Mapping[Array, tuple[str, str]] = {
    "outcomes": ("outcome", "outcome"),
    "series": ("series", "series"),
    "inputs": ("input", "input"),
    "switches": ("switch", "switch"),
}
"""Arrays whose first own axis becomes one variable per name: the axis, and the role of each variable."""


def open_run(folder: Path) -> xr.Dataset:
    """The dataset of a run, finished or not; numbers are read when they are used.

    One outcome (or series, input, switch) reads without the others. Raises ExplorationError where there is no
    run.
    """
    import xarray as xr

    run = RunFolder.open(folder)
    raw = xr.open_zarr(run.zarr, chunks=None, consolidated=False)
    return _labelled(run.manifest.layout, {name: raw[name].variable for name in run.manifest.layout.arrays})


def dataset_of(layout: Layout, arrays: Arrays) -> xr.Dataset:
    """The same dataset from arrays in memory."""
    import xarray as xr

    return _labelled(layout, {name: xr.Variable(DIMS[name], arrays[name]) for name in layout.arrays})


def _labelled(layout: Layout, raw: Mapping[Array, Any]) -> xr.Dataset:
    import xarray as xr

    found: dict[str, Any] = {}
    for array, (axis, role) in _SPLIT.items():
        if array not in raw:
            continue
        for i, variable in enumerate(getattr(layout, array)):
            one = raw[array].isel({axis: i})
            one.attrs = {**variable.attrs, "role": role}
            found[f"series.{variable.name}" if role == "series" else variable.name] = one
    code = raw["code"].copy(deep=False)
    code.attrs = {**layout.code, "role": "code"}
    futures = code.shape[-1]
    coords: dict[str, Any] = {
        "package": ("package", np.array(layout.packages)),
        "future": ("future", np.arange(futures)),
    }
    if "series" in raw:
        coords["year"] = ("year", np.array(layout.years))
    if "lens" in raw and layout.lens:
        lens = raw["lens"].copy(deep=False)
        lens.attrs = {**layout.lens, "role": "lens"}
        coords["lens"] = lens
    return xr.Dataset({**found, "code": code}, coords=coords, attrs=dict(layout.attrs))
