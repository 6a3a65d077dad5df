"""The lake problem through our engine and through EMA Workbench's, side by side: seconds and ratios.

EMA Workbench runs one future at a time: its own array model (inflow sequences as an array), and the model as
loops. Run from the repository root: python -m benchmarks.exploration_lake
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from time import perf_counter

import numpy as np
from tests.experiments import lake

from stepdown.contracts.design import Design
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import explore
from stepdown.experiments.models import ModelExperiment

OURS, ARRAY, LOOP = 4096, 100, 10


def main() -> None:
    """Print futures a second of the three, and the ratios to ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ema_workbench as ema
        from ema_workbench.examples.example_lake_model import lake_problem

        rates = {"EMA Workbench, arrays": _theirs(ema, lake_problem, ARRAY)}
        np.random.seed(1)
        rates["EMA Workbench, loops"] = _theirs(ema, lambda **k: tuple(lake.loop(**k).values()), LOOP)
    experiment = ModelExperiment(lake.BATCH, Design(OURS, 7, block=256), {"baseline": lake.DECISIONS})
    experiment.run(0, 16)
    with tempfile.TemporaryDirectory() as folder:
        started = perf_counter()
        explore(experiment, Path(folder) / "run", LocalEngine())
        ours = OURS / (perf_counter() - started)
    print(f"{'stepdown, stored':24s} {ours:10,.0f} futures/s")
    for name, rate in rates.items():
        print(f"{name:24s} {rate:10,.1f} futures/s   ours is {ours / rate:6.1f} times as fast")


def _theirs(ema, function, futures: int) -> float:
    model = ema.Model("lake", function=function)
    model.uncertainties = [ema.RealParameter(x.name, x.low, x.high) for x in lake.INPUTS]
    model.outcomes = [ema.ScalarOutcome(name) for name in lake.OUTCOMES]
    model.constants = [ema.Constant(k, v) for k, v in lake.DECISIONS.items()]
    started = perf_counter()
    ema.perform_experiments(model, scenarios=futures, log_progress=True)
    return futures / (perf_counter() - started)


if __name__ == "__main__":
    main()
