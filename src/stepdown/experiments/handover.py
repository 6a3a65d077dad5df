"""A run for other tools: the pair that EMA Workbench's analysis takes, and Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stepdown.contracts.dataset import labels, usable, variables
from stepdown.vocabulary.errors import ExplorationError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import xarray as xr

SERIES_PREFIX = "series."
ROWS = 1 << 16
"""Futures in memory at a time while Parquet is written."""


def to_ema(
    ds: xr.Dataset, packages: Sequence[str] | None = None, outcomes: Sequence[str] | None = None
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Experiments and outcomes, as `ema_workbench.analysis` takes them (its results after `load_results`).

    One row per package and future, packages one after the other, futures that failed anywhere left out.
    Switches, the lens and the columns `policy` and `model` are of category dtype; `scenario` is the number of
    the future. Outcomes: name -> [row], and yearly series, under their name after the prefix `series.`, ->
    [row, year]. Needs no EMA Workbench. Raises UnknownNameError for a package or an outcome that the run
    does not hold.
    """
    import pandas as pd

    all_packages = [str(p) for p in ds["package"].values]
    chosen = list(packages or all_packages)
    for package in chosen:
        if package not in all_packages:
            raise UnknownNameError("package", package, all_packages)
    kept = (*variables(ds, "outcome"), *variables(ds, "series"))
    wanted = tuple(outcomes or kept)
    for name in wanted:
        if name not in kept:
            raise UnknownNameError("outcome", name, kept)
    ok = np.flatnonzero(usable(ds))
    columns: dict[str, Any] = {name: ds[name].values[ok] for name in variables(ds, "input")}
    flagged = (*variables(ds, "switch"), *variables(ds, "lens"))
    columns |= {name: pd.Categorical(labels(ds[name])[ok]) for name in flagged}
    columns["scenario"] = ds["future"].values[ok]
    one = pd.DataFrame(columns)
    table = pd.concat([one] * len(chosen), ignore_index=True)
    table["policy"] = pd.Categorical(np.repeat(chosen, len(ok)), categories=chosen)
    table["model"] = pd.Categorical([str(ds.attrs.get("study", ds.attrs.get("title", "model")))] * len(table))
    return table, {name: _per_row(ds, name, chosen, ok) for name in wanted}


def _per_row(ds: xr.Dataset, name: str, packages: Sequence[str], ok: np.ndarray) -> np.ndarray:
    values = ds[name].sel(package=list(packages)).values[..., ok]
    if name.startswith(SERIES_PREFIX):
        values = np.moveaxis(values, 1, -1)
    return np.asarray(values.reshape(-1, *values.shape[2:]), dtype=float)


def to_ema_archive(ds: xr.Dataset, path: Path) -> Path:
    """The same pair as a file that `ema_workbench.load_results` reads; needs the extra `stepdown[ema]`.

    Raises ExplorationError when EMA Workbench is not installed.
    """
    try:
        ema = import_module("ema_workbench")
    except ImportError:
        raise ExplorationError("EMA Workbench is not installed: pip install 'stepdown[ema]'") from None
    table, outcomes = to_ema(ds)
    for name, values in outcomes.items():
        # EMA Workbench writes only outcomes that it has met as objects.
        (ema.ScalarOutcome if values.ndim == 1 else ema.TimeSeriesOutcome)(name)
    ema.save_results((table, outcomes), path)
    return path


def to_parquet(ds: xr.Dataset, folder: Path) -> tuple[Path, ...]:
    """`futures.parquet` (a row per future), `outcomes.parquet` (per package and future) and, where series
    were kept, `series.parquet` (per package, future and year), in stretches, so that any size fits.

    Zstandard, with byte-stream split for numbers; units and names are field metadata. Failed futures are in
    it, with their result code.
    """
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    tables = {"futures": _futures, "outcomes": _outcomes}
    if variables(ds, "series"):
        tables["series"] = _series
    written = []
    for name, rows in tables.items():
        path = folder / f"{name}.parquet"
        writer = None
        for table in rows(ds):
            if writer is None:
                numbers = [f.name for f in table.schema if str(f.type) in ("float", "double")]
                texts = [f.name for f in table.schema if f.name not in numbers]
                writer = pq.ParquetWriter(
                    path,
                    table.schema,
                    compression="zstd",
                    use_dictionary=texts,
                    use_byte_stream_split=numbers,
                )
            writer.write_table(table)
        if writer is not None:
            writer.close()
        written.append(path)
    return tuple(written)


def _stretches(ds: xr.Dataset) -> Iterator[xr.Dataset]:
    for first in range(0, ds.sizes["future"], ROWS):
        yield ds.isel(future=slice(first, first + ROWS))


def _futures(ds: xr.Dataset) -> Iterator[pa.Table]:
    for part in _stretches(ds):
        columns = {"future": part["future"].values}
        for name in (*variables(ds, "lens"), *variables(ds, "switch")):
            columns[name] = labels(part[name])
        columns |= {name: part[name].values for name in variables(ds, "input")}
        yield _table(ds, columns)


def _outcomes(ds: xr.Dataset) -> Iterator[pa.Table]:
    for package in ds["package"].values:
        for part in _stretches(ds.sel(package=package)):
            width = part.sizes["future"]
            columns = {"package": np.full(width, str(package)), "future": part["future"].values}
            columns["code"] = labels(part["code"])
            columns |= {name: part[name].values for name in variables(ds, "outcome")}
            yield _table(ds, columns)


def _series(ds: xr.Dataset) -> Iterator[pa.Table]:
    years = ds["year"].values
    for package in ds["package"].values:
        for part in _stretches(ds.sel(package=package)):
            width = part.sizes["future"]
            columns = {
                "package": np.full(width * len(years), str(package)),
                "future": np.tile(part["future"].values, len(years)),
                "year": np.repeat(years, width),
            }
            for name in variables(ds, "series"):
                columns[name.removeprefix(SERIES_PREFIX)] = part[name].values.reshape(-1)
            yield _table(ds, columns)


def _table(ds: xr.Dataset, columns: dict[str, np.ndarray]) -> pa.Table:
    import pyarrow as pa

    arrays = {
        name: pa.array(x.tolist()).dictionary_encode() if x.dtype.kind in "UO" else pa.array(x)
        for name, x in columns.items()
    }
    fields = [pa.field(name, array.type, metadata=_metadata(ds, name)) for name, array in arrays.items()]
    return pa.Table.from_arrays(list(arrays.values()), schema=pa.schema(fields))


def _metadata(ds: xr.Dataset, name: str) -> dict[str, str]:
    found = ds[name].attrs if name in ds.variables else {}
    return {k: str(found[k]) for k in ("units", "long_name", "long_name_ja", "input_id") if k in found}
