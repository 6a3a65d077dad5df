"""Blocks on a Dask cluster: workers compute and pack, this process alone writes.

The experiment travels once, as a worker plugin: the scheduler gives it to every worker, also to one that
replaces a worker which died. A block that was lost with its worker is computed again.
"""

from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from stepdown.experiments.engines.engine import Take
from stepdown.experiments.experiment import Experiment
from stepdown.experiments.store.encode import EncodedBlock
from stepdown.experiments.store.manifest import code_identity
from stepdown.vocabulary.errors import ExplorationError

WORKERS_PER_CORE = 4
"""More workers than this on one machine only wait for each other."""
SECONDS_TO_CONNECT = 10
SECONDS_FOR_WORKERS = 60
BETWEEN_TRIES = 0.25
DEFAULT_PORT = 8786


@dataclass(frozen=True)
class ClusterEngine:
    """A cluster at `address`, or `workers` processes on this machine; exactly one of them is given.

    Raises ExplorationError for too many workers, a scheduler that does not answer, a cluster without workers
    or with other code than this process.
    """

    workers: int | None = None
    address: str | None = None
    patience: float = SECONDS_TO_CONNECT

    def __post_init__(self) -> None:
        if (self.workers is None) == (self.address is None):
            raise ExplorationError("give either a number of workers or the address of a cluster")
        most = WORKERS_PER_CORE * (os.cpu_count() or 1)
        if self.workers is not None and not 1 <= self.workers <= most:
            raise ExplorationError(
                f"{self.workers} workers on {os.cpu_count()} cores make no sense; allowed: 1 to {most}"
            )

    def check(self) -> None:
        """Raise ExplorationError unless something listens at the address, within `patience` seconds.

        Cheap, and told before anything is prepared: preparing a study takes longer than connecting.
        """
        if self.address is None:
            return
        place = urlsplit(self.address if "://" in self.address else f"tcp://{self.address}")
        if place.scheme not in ("tcp", "tls"):
            return
        try:
            host, port = place.hostname or "", place.port or DEFAULT_PORT
        except ValueError as error:
            raise self._silent(error) from error
        given_up = monotonic() + self.patience
        while True:
            left = given_up - monotonic()
            try:
                with socket.create_connection((host, port), max(left, 0.1)):
                    return
            except OSError as error:
                if monotonic() + BETWEEN_TRIES >= given_up or isinstance(error, socket.gaierror):
                    raise self._silent(error) from error
            sleep(BETWEEN_TRIES)

    def _silent(self, error: Exception) -> ExplorationError:
        why = str(error) or type(error).__name__
        return ExplorationError(f"no cluster answers at {self.address} within {self.patience:g} s: {why}")

    def compute(self, experiment: Experiment, blocks: Sequence[int], take: Take) -> None:
        with self._client() as client:
            workers = len(client.nthreads())
            threads = max(1, (os.cpu_count() or 1) // workers) if self.workers else 0
            _run(client, experiment, blocks, take, 2 * workers, threads)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        dask = _dask()
        if self.workers is not None:
            with (
                dask.LocalCluster(
                    n_workers=self.workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    memory_limit=0,
                    silence_logs=50,
                ) as cluster,
                dask.Client(cluster) as client,
            ):
                yield client
            return
        self.check()
        try:
            client = dask.Client(self.address, timeout=self.patience)
        except (OSError, ValueError) as error:
            raise self._silent(error) from error
        with client:
            try:
                client.wait_for_workers(1, timeout=min(self.patience * 4, SECONDS_FOR_WORKERS))
            except TimeoutError:
                raise ExplorationError(f"the cluster at {self.address} has no workers") from None
            yield client


def _dask() -> Any:
    """Imported on demand: it takes most of a second, and only clusters need it."""
    return import_module("distributed")


def _run(
    client: Any, experiment: Experiment, blocks: Sequence[int], take: Take, window: int, threads: int
) -> None:
    from stepdown.experiments.engines.worker import Given, compute

    token = uuid4().hex
    plugin = Given(token, pickle.dumps(experiment), dict(code_identity()), threads)
    try:
        client.register_plugin(plugin, name=plugin.name)
    except Exception as error:
        raise ExplorationError(f"the cluster cannot run this exploration: {error}") from error
    waiting = iter(blocks)

    def submit(block: int) -> Any:
        return client.submit(compute, token, block, key=f"{token}-{block}", pure=False)

    try:
        running = _dask().as_completed([submit(b) for b in islice(waiting, window)])
        for future in running:
            take(_result(future))
            for block in islice(waiting, 1):
                running.add(submit(block))
    finally:
        client.unregister_worker_plugin(plugin.name)


def _result(future: Any) -> EncodedBlock:
    try:
        done: EncodedBlock = future.result()
    except _dask().KilledWorker as error:
        raise ExplorationError(
            f"block {future.key.rpartition('-')[2]} was given up: every worker that took it died. Finished "
            f"blocks are safe; --resume goes on ({error})"
        ) from error
    return done
