"""Sobol' indices of a package's effect by 60 inputs and the lens, 1,024 base points, the runs included.

Run from the repository root: python -m benchmarks.sensitivity [--quick]
"""

from __future__ import annotations

import sys
from time import perf_counter, process_time

from benchmarks._record import record
from stepdown.simulation import keep_compiled
from stepdown.study.influence import designed_influence
from stepdown.study.installation import cache_folder

INPUTS, SAMPLES = 60, 1024


def main() -> None:
    """Seconds from the question to the indices; compiling is done before, by a small design."""
    samples = 64 if "--quick" in sys.argv else SAMPLES
    keep_compiled(cache_folder())
    designed_influence("right-sizing", "four_tracks", inputs=4, samples=8)
    wall, processor = perf_counter(), process_time()
    found = designed_influence("right-sizing", "four_tracks", inputs=INPUTS, samples=samples)
    seconds = perf_counter() - wall, process_time() - processor
    total = found.found[-1]
    record(
        {
            "sobol_inputs": len(total.influences),
            "sobol_base_points": samples,
            "sobol_futures": total.futures + total.failed,
            "sobol_seconds": seconds[0],
            "sobol_processor_seconds": seconds[1],
        }
    )


if __name__ == "__main__":
    main()
