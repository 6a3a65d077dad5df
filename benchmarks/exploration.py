"""What the engine costs beside the kernel, what a run weighs on disk, and what it takes in memory.

Run from the repository root: python -m benchmarks.exploration [FUTURES]   (default 16,384)
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from stepdown.assumptions import build_world
from stepdown.contracts.design import Design
from stepdown.contracts.ensemble import BASELINE
from stepdown.experiments import run_packages
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import explore
from stepdown.record import load_record
from stepdown.study.exploration import Keep, StudyExperiment
from stepdown.study.exploration.experiment import PART
from stepdown.study.load import find_study, load_study

STUDY = "right-sizing"
FIFTEEN = (
    *("use_risk", "use_risk.deliberate", "use_risk.inadvertent", "use_risk.false_alarm", "use_risk.accident"),
    *("reliance", "perception_gap", "adequacy", "assurance", "proliferation", "disarming_fear"),
    *("strategic_forces", "theatre_forces", "domestic_support", "cost"),
)


class OnePackage(StudyExperiment):
    """The baseline alone, as the target is stated: one package."""

    @property
    def packages(self) -> tuple[str, ...]:
        return (BASELINE,)

    def draw(self, start: int, stop: int):
        drawn = super().draw(start, stop)
        return type(drawn)(drawn.assumptions, {BASELINE: drawn.programs[BASELINE]}, drawn.coordinates)


def main(futures: int = 16_384) -> None:
    """Print seconds of the bare kernel and of the stored run, their ratio, bytes and memory."""
    facts = load_record()
    world = build_world(facts)
    plan = load_study(find_study(STUDY), facts, world)
    bare_plan = plan.model_copy(update={"packages": plan.packages[:1], "orders": ()})
    experiment = OnePackage(bare_plan, Design(futures, 7, plan.lenses), Keep(outcomes=FIFTEEN, inputs=False))
    experiment.run(0, 128)  # compiles
    drawn = experiment.draw(0, min(PART, futures))
    horizon = plan.horizon
    wall, processor = perf_counter(), process_time()
    run_packages(world, drawn.assumptions, drawn.programs, horizon.start, horizon.end)
    times = futures / drawn.assumptions.futures
    bare = (perf_counter() - wall) * times, (process_time() - processor) * times
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = perf_counter(), process_time()
        explore(experiment, Path(folder) / "run", LocalEngine())
        stored = perf_counter() - wall, process_time() - processor
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{futures:,} futures, 1 package, {len(FIFTEEN)} outcomes")
    for what, (seconds, cpu) in (("run_packages alone", bare), ("drawn, run and stored", stored)):
        print(
            f"  {what:22s} {seconds:8.1f} s wall {cpu:8.1f} s processor {futures / seconds:8,.0f} futures/s"
        )
    print(f"  ratio                  {stored[0] / bare[0]:8.2f} wall {stored[1] / bare[1]:10.2f} processor")
    print(f"  on disk {size / 1e6:.2f} MB: {size / futures:.1f} MB for a million; peak {memory:.2f} GB")


if __name__ == "__main__":
    main(*(int(x) for x in sys.argv[1:]))
