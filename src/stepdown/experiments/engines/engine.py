"""The one thing an engine does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from stepdown.experiments.experiment import Experiment
from stepdown.experiments.store.encode import EncodedBlock

Take = Callable[[EncodedBlock], None]
"""Called in the process that started the run, for one block at a time, in any order."""


class Engine(Protocol):
    def compute(self, experiment: Experiment, blocks: Sequence[int], take: Take) -> None:
        """Compute the blocks and hand each over once; an error of `take` stops the run."""
        ...
