"""The lake problem through our engine and through EMA Workbench's, side by side: rates and ratios.

EMA Workbench runs one future at a time: its own array model (inflow sequences as an array), and the model as
loops. Run from the repository root: python -m benchmarks.exploration_lake
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from tests.experiments import lake

from benchmarks._record import record
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

        rates = {"ema_workbench_arrays": _theirs(ema, lake_problem, ARRAY)}
        np.random.seed(1)
        rates["ema_workbench_loops"] = _theirs(ema, lambda **k: tuple(lake.loop(**k).values()), LOOP)
    experiment = ModelExperiment(lake.BATCH, Design(OURS, 7, block=256), {"baseline": lake.DECISIONS})
    experiment.run(0, 16)
    with tempfile.TemporaryDirectory() as folder:
        started = perf_counter(), process_time()
        explore(experiment, Path(folder) / "run", LocalEngine())
        ours = OURS / (perf_counter() - started[0]), OURS / (process_time() - started[1])
    record({"lake_stored_futures_per_second": ours[0], "lake_stored_futures_per_processor_second": ours[1]})
    for name, (clock, processor) in rates.items():
        record(
            {
                f"lake_{name}_futures_per_second": clock,
                f"lake_ours_over_{name}": ours[0] / clock,
                f"lake_ours_over_{name}_processor": ours[1] / processor,
            }
        )


def _theirs(ema, function, futures: int) -> tuple[float, float]:
    """Futures a second by the clock, and of one processor."""
    model = ema.Model("lake", function=function)
    model.uncertainties = [ema.RealParameter(x.name, x.low, x.high) for x in lake.INPUTS]
    model.outcomes = [ema.ScalarOutcome(name) for name in lake.OUTCOMES]
    model.constants = [ema.Constant(k, v) for k, v in lake.DECISIONS.items()]
    started = perf_counter(), process_time()
    ema.perform_experiments(model, scenarios=futures, log_progress=True)
    return futures / (perf_counter() - started[0]), futures / (process_time() - started[1])


if __name__ == "__main__":
    main()
