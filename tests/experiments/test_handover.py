"""A run handed to other tools: EMA Workbench's own analysis takes it; Parquet holds the same numbers."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import xarray as xr
from tests.experiments import toys

from stepdown.contracts.dataset import labels, usable
from stepdown.contracts.trajectories import ResultCode
from stepdown.experiments.flags import result_codes
from stepdown.experiments.handover import to_ema, to_parquet
from stepdown.experiments.store import Layout, Variable, dataset_of
from stepdown.vocabulary.errors import UnknownNameError


@pytest.fixture(scope="module")
def ds() -> xr.Dataset:
    experiment = toys.experiment(600, toys.fragile)
    return dataset_of(experiment.layout, experiment.run(0, 600))


@pytest.fixture(scope="module")
def yearly() -> xr.Dataset:
    layout = Layout(
        packages=("baseline", "p"),
        outcomes=(Variable("end", {"units": "1"}),),
        series=(Variable("path", {"units": "1"}),),
        years=(2026, 2027, 2028),
        code=result_codes(),
    )
    path = np.arange(2 * 3 * 5, dtype=float).reshape(2, 1, 3, 5)
    code = np.zeros((2, 5), dtype=np.int8)
    code[1, 2] = ResultCode.NON_FINITE
    lens = np.zeros(5, dtype=np.int8)
    return dataset_of(layout, {"outcomes": path[:, :, -1], "series": path, "lens": lens, "code": code})


def test_rows_are_packages_times_usable_futures(ds: xr.Dataset) -> None:
    table, outcomes = to_ema(ds)
    count = int(usable(ds).sum())
    assert 0 < count < 600
    assert len(table) == 2 * count
    assert isinstance(table["s"].dtype, pd.CategoricalDtype)
    assert set(table["s"]) == {"low", "high"}
    assert list(table["policy"].unique()) == ["baseline", "pushed"]
    row = table.index[(table["policy"] == "pushed")][7]
    future = int(table.loc[row, "scenario"])
    assert table.loc[row, "x"] == ds["x"].values[future]
    assert outcomes["sum"][row] == ds["sum"].sel(package="pushed").values[future]
    assert all(np.isfinite(values).all() for values in outcomes.values())


def test_ema_workbench_analyses_a_run(ds: xr.Dataset) -> None:
    """Feature scoring ranks the input that matters first; PRIM finds the box that was planted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import feature_scoring, prim

        table, outcomes = to_ema(ds, packages=["baseline"])
        inputs = table[["x", "y", "s"]]
        scores = feature_scoring.get_feature_scores_all(inputs, {"wave": outcomes["wave"]})
        box = prim.Prim(inputs, outcomes["wave"] > 1.5, threshold=0.8).find_box()
    assert scores["wave"].idxmax() == "x"
    limits = box.box_lims[-1]
    assert 1.3 < limits["x"].iloc[0] < 1.7


def test_series_become_rows_by_years(yearly: xr.Dataset) -> None:
    _, outcomes = to_ema(yearly)
    assert outcomes["series.path"].shape == (8, 3)
    assert (outcomes["series.path"][4] == yearly["series.path"].sel(package="p").values[:, 0]).all()
    assert (outcomes["series.path"][6] == yearly["series.path"].sel(package="p").values[:, 3]).all()


def test_unknown_names_are_answered(ds: xr.Dataset) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean pushed"):
        to_ema(ds, packages=["pushd"])
    with pytest.raises(UnknownNameError, match="unknown outcome"):
        to_ema(ds, outcomes=["summ"])


def test_parquet_holds_the_same_numbers_and_the_failed_futures(ds: xr.Dataset, tmp_path: Path) -> None:
    futures, outcomes = to_parquet(ds, tmp_path)
    inputs = pd.read_parquet(futures)
    assert (inputs["x"].values == ds["x"].values).all()
    assert (inputs["s"].values == labels(ds["s"])).all()
    table = pd.read_parquet(outcomes)
    pushed = table[table["package"] == "pushed"]
    assert np.array_equal(pushed["wave"].values, ds["wave"].sel(package="pushed").values, equal_nan=True)
    assert (pushed["code"].values == labels(ds["code"])[1]).all()
    assert {"OK", "MODEL_ERROR", "NON_FINITE"} == set(table["code"])


def test_parquet_is_zstandard_with_byte_streams_and_units(ds: xr.Dataset, tmp_path: Path) -> None:
    futures, _ = to_parquet(ds, tmp_path)
    file = pq.ParquetFile(futures)
    x = file.schema_arrow.names.index("x")
    column = file.metadata.row_group(0).column(x)
    assert column.compression == "ZSTD"
    assert "BYTE_STREAM_SPLIT" in column.encodings
    metadata = file.schema_arrow.field("x").metadata
    assert metadata[b"units"] == b"year"
    assert metadata[b"long_name"] == b"a length of time"


def test_parquet_of_series_has_a_row_per_year(yearly: xr.Dataset, tmp_path: Path) -> None:
    table = pd.read_parquet(to_parquet(yearly, tmp_path)[2])
    assert len(table) == 2 * 5 * 3
    row = table[(table["package"] == "p") & (table["future"] == 3) & (table["year"] == 2028)]
    assert row["path"].item() == yearly["series.path"].sel(package="p", year=2028).values[3]


def test_an_archive_is_what_ema_workbench_reads(ds: xr.Dataset, tmp_path: Path) -> None:
    from stepdown.experiments.handover import to_ema_archive

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench import load_results

        table, outcomes = load_results(to_ema_archive(ds, tmp_path / "run.tar.gz"))
    wanted, values = to_ema(ds)
    assert len(table) == len(wanted)
    assert np.abs(np.asarray(outcomes["sum"]) - values["sum"]).max() < 1e-12
