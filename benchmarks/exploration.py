"""What drawing, storing and checking cost beside the kernel, what a run weighs on disk and takes in memory.

`run_packages` on futures that are drawn already is the bare kernel. Run from the repository root:
python -m benchmarks.exploration [FUTURES]   (default 131,072; 1000000 is the target's own size)
"""

from __future__ import annotations

import resource
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

from benchmarks._record import record
from stepdown.contracts.design import Design
from stepdown.experiments import run_packages
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import explore
from stepdown.study.exploration import Keep, StudyExperiment
from stepdown.study.exploration.experiment import PART
from stepdown.study.load import open_study

STUDY = "right-sizing"
FIFTEEN = (
    *("use_risk", "use_risk.deliberate", "use_risk.inadvertent", "use_risk.false_alarm", "use_risk.accident"),
    *("reliance", "perception_gap", "adequacy", "assurance", "proliferation", "disarming_fear"),
    *("strategic_forces", "theatre_forces", "domestic_support", "cost"),
)
PARTS = 8
"""Parts of the bare kernel that are timed, half before the stored run and half after it."""


def main(futures: int = 131_072) -> None:
    """Seconds of the bare kernel and of the stored run, their ratio, bytes and memory."""
    _, world, plan = open_study(STUDY)
    bare_plan = plan.model_copy(update={"packages": (), "orders": ()})
    experiment = StudyExperiment(bare_plan, Design(futures, 7, plan.lenses), Keep(FIFTEEN, inputs=False))
    experiment.run(0, 128)  # compiles
    drawn = experiment.draw(0, PART)
    horizon = plan.horizon

    def kernel() -> tuple[float, float]:
        wall, processor = perf_counter(), process_time()
        for _ in range(PARTS // 2):
            run_packages(world, drawn.assumptions, drawn.programs, horizon.start, horizon.end)
        return perf_counter() - wall, process_time() - processor

    before = kernel()
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = perf_counter(), process_time()
        explore(experiment, Path(folder) / "run", LocalEngine())
        stored = perf_counter() - wall, process_time() - processor
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
    after = kernel()
    bare = [(a + b) * futures / (PARTS * PART) for a, b in zip(before, after, strict=True)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    million = replace(experiment, design=Design(1_000_000, 7, plan.lenses))
    million.draw(*million.design.span(0))
    processor = process_time()
    million.draw(*million.design.span(1))
    drawing = 1000 * (process_time() - processor) / million.design.block
    record(
        {
            "explored_futures": futures,
            "explored_outcomes": len(FIFTEEN),
            "explored_bare_kernel_seconds": bare[0],
            "explored_bare_kernel_processor_seconds": bare[1],
            "explored_stored_seconds": stored[0],
            "explored_stored_processor_seconds": stored[1],
            "explored_stored_over_bare_kernel": stored[0] / bare[0],
            "explored_stored_over_bare_kernel_processor": stored[1] / bare[1],
            "drawing_of_a_million_processor_seconds_per_1000_futures": drawing,
            "explored_megabytes_per_million_futures": size / futures,
            "explored_peak_memory_gb": memory,
        }
    )


if __name__ == "__main__":
    main(*(int(x) for x in sys.argv[1:]))
