"""PRIM side by side with EMA Workbench, the automatic choice, and given-data indices: seconds and memory.

Run from the repository root: python -m benchmarks.discovery [--quick]
"""

from __future__ import annotations

import logging
import resource
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks._record import record
from stepdown.discovery.columns import columns_of
from stepdown.discovery.given_data import given_data
from stepdown.discovery.prim import prim
from stepdown.discovery.simple_box import simple_box


def sample(futures: int, inputs: int) -> tuple[pd.DataFrame, np.ndarray]:
    """A box of three inputs among idle ones: density .9 inside, .05 outside."""
    rng = np.random.default_rng(1)
    x = pd.DataFrame(rng.random((futures, inputs))).add_prefix("x")
    inside = (x.x0 < 0.4) & (x.x1 > 0.5) & (x.x2 < 0.6)
    return x, rng.random(futures) < np.where(inside, 0.9, 0.05)


def timed(name: str, run: Callable[[], object]) -> float:
    """Processor seconds; records them, wall seconds and the most memory this process has held so far."""
    wall, processor = time.perf_counter(), time.process_time()
    run()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    record({f"{name}_seconds": wall, f"{name}_processor_seconds": processor, f"{name}_peak_mb": peak})
    return processor


def main() -> None:
    """Ours first, so that its memory is not hidden behind the other's."""
    futures = 20_000 if "--quick" in sys.argv else 100_000
    x, y = sample(futures, 20)
    ours = timed(f"prim_{futures}x20", lambda: prim(columns_of(x), y))
    wide, hit = sample(futures, 60)
    timed(f"prim_{futures}x60", lambda: prim(columns_of(wide), hit))
    timed(f"simple_box_{futures}x20", lambda: simple_box(columns_of(x), y))
    outcome = y + x.x0.to_numpy()
    timed(f"given_data_first_order_{futures}x20", lambda: given_data("y", columns_of(x), outcome))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from ema_workbench.analysis import prim as workbench
        except ImportError:
            print("EMA Workbench is not installed: nothing to compare with")
            return
        logging.disable(logging.CRITICAL)
        theirs = timed(
            f"prim_ema_workbench_{futures}x20",
            lambda: workbench.Prim(x, y.astype(int), threshold=0.1).find_box(),
        )
    record({f"prim_ema_workbench_over_ours_{futures}x20": theirs / ours})


if __name__ == "__main__":
    main()
