"""Any batch model through the engine: the lake problem against EMA Workbench, and models that fail."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from tests.experiments import lake, toys

from stepdown.contracts.dataset import labels, usable, variables
from stepdown.contracts.design import Design
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import explore
from stepdown.experiments.models import ModelExperiment
from stepdown.experiments.store import dataset_of, open_run


def run_lake(model, futures: int) -> xr.Dataset:
    experiment = ModelExperiment(model, Design(futures, 7), {"baseline": lake.DECISIONS})
    return dataset_of(experiment.layout, experiment.run(0, futures))


def test_the_lake_equals_ema_workbench(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same futures and inflows through EMA Workbench's own lake model and engine, to 1e-12."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ema_workbench as ema
        from ema_workbench.em_framework.points import Scenario
        from ema_workbench.examples.example_lake_model import lake_problem
    ours = run_lake(lake.BATCH, 40)
    names = [x.name for x in lake.INPUTS]
    monkeypatch.setattr(
        np.random, "lognormal", lambda mean, sigma, size: np.exp(mean + sigma * lake.NORMALS.reshape(size))
    )
    theirs = ema.Model("lake", function=lake_problem)
    theirs.uncertainties = [ema.RealParameter(x.name, x.low, x.high) for x in lake.INPUTS]
    theirs.outcomes = [ema.ScalarOutcome(name) for name in lake.OUTCOMES]
    theirs.constants = [ema.Constant(k, v) for k, v in {**lake.DECISIONS, "alpha": lake.ALPHA}.items()]
    futures = [Scenario(str(i), **{n: float(ours[n][i]) for n in names}) for i in range(40)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table, outcomes = ema.perform_experiments(theirs, scenarios=futures, log_progress=True)
    order = [int(np.flatnonzero(ours["b"].values == b)[0]) for b in table["b"]]
    assert sorted(order) == list(range(40))
    assert 0 < ours["reliability"].values.min() < 0.5 < ours["reliability"].values.max() <= 1
    for name in lake.OUTCOMES:
        assert np.abs(outcomes[name] - ours[name].values[0, order]).max() <= 1e-12, name


def test_a_scalar_function_gives_what_the_batch_gives() -> None:
    batch, loop = run_lake(lake.BATCH, 6), run_lake(lake.LOOP, 6)
    for name in lake.OUTCOMES:
        assert np.abs(batch[name] - loop[name]).max() <= 1e-12, name


def test_a_model_that_raises_loses_the_futures_at_fault_and_no_others(tmp_path: Path) -> None:
    explore(toys.experiment(1000, toys.fragile), tmp_path, LocalEngine())
    ds, whole = open_run(tmp_path), run_toy(1000)
    x, y = ds["x"].values, ds["y"].values
    assert np.isfinite(x).all()
    codes = labels(ds["code"])[0]
    assert (codes == np.where(x > 1.99, "MODEL_ERROR", np.where(y > 0.99, "NON_FINITE", "OK"))).all()
    assert {"MODEL_ERROR", "NON_FINITE"} < set(codes)
    assert (ds["sum"].values[0][usable(ds)] == whole["sum"].values[0][usable(ds)]).all()


def run_toy(futures: int) -> xr.Dataset:
    experiment = toys.experiment(futures)
    return dataset_of(experiment.layout, experiment.run(0, futures))


def test_packages_meet_the_same_futures() -> None:
    ds = run_toy(200)
    change = ds["sum"].sel(package="pushed") - ds["sum"].sel(package="baseline")
    assert np.abs(change - 0.5).max() < 1e-12


def test_a_factorial_sets_the_switches_of_a_model() -> None:
    experiment = toys.experiment(200, kind="factorial")
    ds = dataset_of(experiment.layout, experiment.run(0, 200))
    assert (labels(ds["s"]) == np.tile(["low", "high"], 100)).all()
    assert variables(ds, "switch") == ("s",)
