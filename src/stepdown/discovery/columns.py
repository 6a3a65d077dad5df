"""Inputs of an ensemble as columns, whatever they arrive in: coordinates, a DataFrame, an xarray dataset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from jaxtyping import Bool, Float

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.dataset import variables

Values = Float[np.ndarray, " future"]
Hits = Bool[np.ndarray, " future"]
Columns = tuple[Coordinate, ...]


def columns_of(table: pd.DataFrame | xr.Dataset | Sequence[Coordinate]) -> Columns:
    """Columns in their order; numbers stay numbers, categories, booleans and strings become options.

    A run's dataset (`contracts.dataset`) contributes its inputs and switches.
    Raises ValueError for a number that is missing or infinite: drop such futures first.
    """
    if isinstance(table, xr.Dataset):
        columns = _of_run(table)
    elif isinstance(table, pd.DataFrame):
        columns = tuple(_column(str(name), table[name]) for name in table.columns)
    else:
        columns = tuple(table)
    bad = [c.name for c in columns if not np.all(np.isfinite(c.values))]
    if bad:
        raise ValueError(f"inputs with missing or infinite values: {', '.join(bad)}")
    return columns


def chosen_futures(columns: Columns, keep: Any) -> Columns:
    """The columns at the futures that a mask or an index array names."""
    return tuple(Coordinate(c.name, c.input_id, c.values[keep], c.options) for c in columns)


def varying(columns: Columns) -> Columns:
    """Columns that differ between futures; a constant can explain nothing."""
    return tuple(c for c in columns if len(c.values) and np.ptp(c.values) > 0)


def matrix(columns: Columns) -> Float[np.ndarray, "future column"]:
    """Columns side by side; options by their index."""
    if not columns:
        return np.zeros((0, 0))
    return np.stack([np.asarray(c.values, dtype=float) for c in columns], axis=1)


def _of_run(data: xr.Dataset) -> Columns:
    names = (*variables(data, "input"), *variables(data, "switch"))
    return tuple(
        Coordinate(
            name,
            str(data[name].attrs.get("input_id", name)),
            data[name].values.astype(float),
            tuple(str(data[name].attrs.get("flag_meanings", "")).split()),
        )
        for name in names
    )


def _column(name: str, series: pd.Series[Any]) -> Coordinate:
    if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        return Coordinate(name, name, series.to_numpy(dtype=float))
    category = series.astype("category")
    codes = category.cat.codes.to_numpy(dtype=float)
    options = tuple(str(x) for x in category.cat.categories)
    return Coordinate(name, name, np.where(codes < 0, np.nan, codes), options)
