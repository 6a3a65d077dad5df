"""A real scheduler and real workers here: the same bits as one process, also when a worker dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.experiments import toys
from tests.experiments.test_store import content

from stepdown.experiments.engines import ClusterEngine, LocalEngine
from stepdown.experiments.explore import explore
from stepdown.experiments.store.manifest import code_identity
from stepdown.vocabulary.errors import ExplorationError

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Cluster:
    """A scheduler and two workers, each its own process, without nannies."""

    def __init__(self) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.processes = [self._dask("scheduler", "--host", self.address)]
        self.workers = [self.worker() for _ in range(2)]

    def worker(self) -> subprocess.Popen[bytes]:
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        process = self._dask("worker", self.address, *options, "--host", "127.0.0.1")
        self.processes.append(process)
        return process

    def _dask(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        extra = ("--no-dashboard",) if what == "scheduler" else ()
        return subprocess.Popen(
            [sys.executable, "-m", "dask", what, *options, *extra],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    running = Cluster()
    yield running
    running.close()


def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path, cluster: Cluster) -> None:
    experiment = toys.experiment(3000, toys.slow)
    explore(experiment, tmp_path / "local", LocalEngine())
    done: list[int] = []
    third = threading.Event()

    def progress(now: int, total: int) -> None:
        done.append(now)
        if len(done) == 4:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
            third.set()

    engine = ClusterEngine(address=cluster.address, patience=60)
    run = explore(experiment, tmp_path / "cluster", engine, progress=progress)
    assert third.is_set()
    assert cluster.workers[0].wait(timeout=10) == -signal.SIGKILL
    assert run.blocks == 24
    assert content(tmp_path / "cluster") == content(tmp_path / "local")


def test_a_local_cluster_gives_the_same_bits(tmp_path: Path) -> None:
    experiment = toys.experiment(1000)
    local = explore(experiment, tmp_path / "local", LocalEngine())
    spread = explore(experiment, tmp_path / "spread", ClusterEngine(workers=2))
    assert spread.content == local.content
    assert content(tmp_path / "spread") == content(tmp_path / "local")


def test_a_cluster_that_does_not_answer_is_given_up(tmp_path: Path) -> None:
    started = time.monotonic()
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ExplorationError, match=f"no cluster answers at {address} within 1 s"):
        explore(toys.experiment(100), tmp_path, ClusterEngine(address=address, patience=1))
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "tcp://127.0.0.1:99999"])
def test_a_silent_address_is_told_before_a_study_is_read(address: str) -> None:
    with pytest.raises(ExplorationError, match=f"no cluster answers at {address} within 0.5 s"):
        ClusterEngine(address=address, patience=0.5).check()


def test_a_scheduler_that_starts_a_moment_later_is_waited_for() -> None:
    with socket.socket() as late:
        late.bind(("127.0.0.1", 0))
        opens = threading.Timer(0.5, late.listen)
        opens.start()
        ClusterEngine(address=f"tcp://127.0.0.1:{late.getsockname()[1]}", patience=30).check()
        opens.join()


def test_a_worker_with_other_code_is_refused() -> None:
    """Its numbers would not be those of this machine."""
    from stepdown.experiments.engines.worker import Given

    class Worker:
        address = "tcp://elsewhere"

    other = {**code_identity(), "code": "0" * 64}
    with pytest.raises(RuntimeError, match="tcp://elsewhere has other code"):
        Given("token", b"", other, 1).setup(Worker())


@pytest.mark.parametrize("workers", [0, -1, 100_000])
def test_more_workers_than_sense_are_refused(workers: int) -> None:
    with pytest.raises(ExplorationError, match="make no sense; allowed: 1 to"):
        ClusterEngine(workers=workers)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplorationError, match="no cluster answers at nonsense"):
        explore(toys.experiment(100), tmp_path, ClusterEngine(address="nonsense://x", patience=1))
