"""What an engine runs: anything that turns a stretch of futures into arrays."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any, Protocol

import numpy as np

from stepdown.contracts.design import Design
from stepdown.experiments.store.encode import EncodedBlock, encode
from stepdown.experiments.store.layout import Arrays, Layout


class Experiment(Protocol):
    """Futures through a model, any stretch at a time; pickled to run in other processes.

    `identity`: plain data that says what decides the numbers beside design and layout.
    """

    @property
    def design(self) -> Design: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def identity(self) -> Mapping[str, Any]: ...

    def run(self, start: int, stop: int, threads: int | None = None) -> Arrays:
        """Arrays of futures `start` to `stop` (without it), shaped as `layout.shape(array, stop - start)`.

        The same futures give the same bits, whatever the stretch and the number of threads.
        """
        ...


def run_block(experiment: Experiment, block: int, threads: int | None = None) -> EncodedBlock:
    """One block of the design, ready to be written."""
    started = perf_counter()
    design = experiment.design
    arrays = experiment.run(*design.span(block), threads)
    failed = int(np.any(arrays["code"] != 0, axis=0).sum())
    files = encode(experiment.layout, arrays, design.block)
    return EncodedBlock(block, files, failed, perf_counter() - started)
