"""The part of the cluster engine that lives on the workers, imported only where there is a cluster."""

from __future__ import annotations

import pickle
from typing import Any

from distributed import WorkerPlugin

from stepdown.experiments.experiment import Experiment, run_block
from stepdown.experiments.store.encode import EncodedBlock
from stepdown.experiments.store.manifest import code_identity

_HERE: dict[str, tuple[Experiment, int]] = {}
"""Experiments this worker was given, and the threads each may use (0: as many as there are cores)."""


class Given(WorkerPlugin):
    """Holds an experiment under a token; refuses a worker whose code makes other numbers."""

    def __init__(self, token: str, experiment: bytes, code: dict[str, Any], threads: int) -> None:
        self.token, self.experiment, self.code, self.threads = token, experiment, code, threads
        self.name = f"stepdown-{token}"

    def setup(self, worker: Any) -> None:
        """Called by Dask on every worker, when it starts or when the plugin comes."""
        if dict(code_identity()) != self.code:
            raise RuntimeError(f"worker {worker.address} has other code or libraries than this machine")
        _HERE[self.token] = (pickle.loads(self.experiment), self.threads)

    def teardown(self, worker: Any) -> None:
        """Called by Dask when the run is over."""
        _HERE.pop(self.token, None)


def compute(token: str, block: int) -> EncodedBlock:
    """One block of the experiment under a token, on the worker."""
    experiment, threads = _HERE[token]
    return run_block(experiment, block, threads or None)
