"""100,000 futures, outcomes kept, series not: prints seconds and the peak memory of the process in GB."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks import _case as case
from stepdown.experiments.outcomes import AT_END, YEARLY, outcome_values
from stepdown.experiments.run import blocks
from stepdown.simulation import keep_compiled, simulate


def main(futures: int, folder: Path) -> None:
    """Block after block, as `run_packages` does."""
    keep_compiled(folder)
    base = case.draws(1000)
    given = {name: np.tile(x, futures // 1000) for name, x in base.items()}
    began, kept = time.perf_counter(), []
    for part in blocks(futures):
        run = simulate(
            case.world(),
            {n: x[..., part] for n, x in given.items()},
            case.program(),
            keep=YEARLY,
            at_end=AT_END,
        )
        kept.append(outcome_values(case.world(), run))
    outcomes = {name: np.concatenate([k[name] for k in kept]) for name in kept[0]}
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": seconds, "peak_gb": peak, "outcomes": len(outcomes)}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
