"""Seconds a future of EMA Workbench's evaluators over the plain single-future NumPy model, as JSON.

Run by benchmarks/speed.py in a process of its own: evaluators fork.
"""

import json
import logging
import os
import sys
import time

from ema_workbench import (
    IntegerParameter,
    Model,
    MultiprocessingEvaluator,
    ScalarOutcome,
    SequentialEvaluator,
    ema_logging,
)

from benchmarks import _case as case


def risk(future: int = 0) -> dict[str, float]:
    """The model as the workbench calls it."""
    return {"use_risk": case.alone(int(future))}


def main(scenarios: int) -> None:
    """Time both evaluators after one warm-up call each; starting workers is not timed."""
    ema_logging.log_to_stderr(logging.ERROR)
    model = Model("stepdown", function=risk)
    model.uncertainties = [IntegerParameter("future", 0, 999)]
    model.outcomes = [ScalarOutcome("use_risk")]
    risk(0)
    cores = os.cpu_count() or 1
    found = {}
    kinds = (
        ("sequential", lambda: SequentialEvaluator(model)),
        ("multiprocessing", lambda: MultiprocessingEvaluator(model, n_processes=cores)),
    )
    for name, make in kinds:
        with make() as evaluator:
            evaluator.perform_experiments(scenarios=cores)
            began = time.perf_counter()
            evaluator.perform_experiments(scenarios=scenarios)
            found[name] = (time.perf_counter() - began) / scenarios
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
