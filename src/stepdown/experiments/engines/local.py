"""Blocks one after the other in this process; the kernel uses every core."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from stepdown.experiments.engines.engine import Take
from stepdown.experiments.experiment import Experiment, run_block
from stepdown.experiments.store.encode import EncodedBlock

AT_A_TIME = 2
"""While one block is drawn, packed and written, the other keeps the cores busy."""


@dataclass(frozen=True)
class LocalEngine:
    """`threads`: chunks of the kernel at a time, as many as there are cores when None."""

    threads: int | None = None

    def compute(self, experiment: Experiment, blocks: Sequence[int], take: Take) -> None:
        waiting = iter(blocks)
        running: set[Future[EncodedBlock]] = set()
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            while True:
                for block in waiting:
                    running.add(pool.submit(run_block, experiment, block, self.threads))
                    if len(running) == AT_A_TIME:
                        break
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    take(future.result())
