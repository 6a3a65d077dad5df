"""A run's folder: whole after any death of its process, checked to the last byte, one writer at a time."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import zarr
from tests.experiments import toys

from stepdown.contracts.dataset import labels
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import Explored, explore
from stepdown.experiments.store import RunFolder, dataset_of, open_run
from stepdown.experiments.store.lock import LOCK
from stepdown.vocabulary.errors import ExplorationError

FUTURES = 1000
CLOCKS = {LOCK, "timings.jsonl"}
ROOT = Path(__file__).parents[2]


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a run but those with clocks or process numbers in them."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in CLOCKS]
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def run(folder: Path, futures: int = FUTURES, **how: object) -> Explored:
    return explore(toys.experiment(futures), folder, LocalEngine(), **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    run(folder)
    return folder


class ImpatientError(Exception):
    """What an impatient test throws."""


class FewBlocks(LocalEngine):
    """Stops with an error after three blocks."""

    def compute(self, experiment, blocks: Sequence[int], take) -> None:
        super().compute(experiment, blocks[:3], take)
        raise ImpatientError


def test_what_was_computed_is_what_is_read(undisturbed: Path) -> None:
    experiment = toys.experiment(FUTURES)
    there, here = open_run(undisturbed), dataset_of(experiment.layout, experiment.run(0, FUTURES))
    assert there.identical(here)
    assert there.sizes == {"package": 2, "future": FUTURES}
    assert there["x"].attrs["units"] == "year"


def test_one_outcome_reads_without_the_others(undisturbed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, object]] = []
    original = zarr.storage.LocalStore.get

    async def spy(self, key, prototype, byte_range=None):  # type: ignore[no-untyped-def]
        asked.append((key, byte_range))
        return await original(self, key, prototype, byte_range)

    ds = open_run(undisturbed)
    monkeypatch.setattr(zarr.storage.LocalStore, "get", spy)
    values = ds["wave"].sel(package="pushed").values
    assert np.isfinite(values).all()
    blocks = {key for key, _ in asked if "/c/" in key}
    assert {key.split("/")[0] for key in blocks} == {"outcomes"}
    assert all(byte_range is not None for key, byte_range in asked if key in blocks)


def test_an_unfinished_run_reads_as_far_as_it_goes(tmp_path: Path) -> None:
    with pytest.raises(ImpatientError):
        explore(toys.experiment(FUTURES), tmp_path, FewBlocks())
    ds = open_run(tmp_path)
    assert (labels(ds["code"])[0] == ["OK"] * 384 + ["NOT_RUN"] * 616).all()
    assert np.isnan(ds["sum"].values[:, 384:]).all()
    assert RunFolder.open(tmp_path).content is None


def test_a_run_that_goes_on_ends_as_if_nothing_had_happened(tmp_path: Path, undisturbed: Path) -> None:
    with pytest.raises(ImpatientError):
        explore(toys.experiment(FUTURES), tmp_path, FewBlocks())
    done = run(tmp_path, resume=True)
    assert (done.kept, done.blocks) == (3, 8)
    assert content(tmp_path) == content(undisturbed)


SLOW_RUN = """
import sys
from pathlib import Path
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import explore
from tests.experiments import toys
explore(toys.experiment(1000, toys.slow), Path(sys.argv[1]), LocalEngine())
"""


def start(folder: Path, script: str = SLOW_RUN) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )


def wait_for(there: Iterator[Path] | object, process: subprocess.Popen[str], most: float = 60) -> None:
    until = time.monotonic() + most
    while not there() and process.poll() is None and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.005)
    assert process.poll() is None, process.stderr and process.stderr.read()


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """kill -9 somewhere between the blocks, twice; the end is that of an undisturbed run, byte for byte."""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    explore(toys.experiment(1000, toys.slow), whole, LocalEngine())
    resuming = SLOW_RUN.replace("LocalEngine())\n", "LocalEngine(), resume=True)\n")
    for round_, script in enumerate((SLOW_RUN, resuming)):
        process = start(killed, script)
        enough = 1 + round_ * 2
        wait_for(lambda n=enough: len(list(killed.glob("blocks/*.json"))) >= n, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    (killed / "blocks" / "000007.json.unfinished").write_text("half a rec")
    assert 0 < len(RunFolder.open(killed).records()) < 8
    done = explore(toys.experiment(1000, toys.slow), killed, LocalEngine(), resume=True)
    assert 0 < done.kept < 8
    assert content(killed) == content(whole)


@pytest.mark.parametrize(
    "name",
    ["run.zarr/outcomes/c/0/0/3", "run.zarr/code/c/0/3", "blocks/000003.json", "run.zarr/inputs/zarr.json"],
)
@pytest.mark.parametrize("where", [0.1, 0.9])
def test_a_flipped_bit_is_found_and_mended(
    tmp_path: Path, undisturbed: Path, name: str, where: float
) -> None:
    run(tmp_path)
    assert list(RunFolder.open(tmp_path).damage()) == []
    broken = bytearray((tmp_path / name).read_bytes())
    broken[int(where * len(broken))] ^= 1
    (tmp_path / name).write_bytes(broken)
    damage = list(RunFolder.open(tmp_path).damage())
    assert [name in d.what for d in damage] == [True]
    assert damage[0].block == (None if name.endswith("zarr.json") else 3)
    done = run(tmp_path, resume=True)
    assert len(done.mended) == 1
    assert content(tmp_path) == content(undisturbed)


def test_a_missing_file_is_found_and_mended(tmp_path: Path, undisturbed: Path) -> None:
    run(tmp_path)
    (tmp_path / "run.zarr" / "inputs" / "c" / "0" / "7").unlink()
    assert [d.block for d in RunFolder.open(tmp_path).damage()] == [7]
    run(tmp_path, resume=True)
    assert content(tmp_path) == content(undisturbed)


@pytest.mark.parametrize("broken", [b"", b"{", b'{"schema": "other"}', None])
def test_a_damaged_manifest_is_refused(tmp_path: Path, broken: bytes | None) -> None:
    run(tmp_path)
    manifest = tmp_path / "manifest.json"
    text = manifest.read_bytes()
    manifest.write_bytes(text.replace(b'"seed": 5', b'"seed": 6', 1) if broken is None else broken)
    for attempt in (lambda: open_run(tmp_path), lambda: run(tmp_path, resume=True)):
        with pytest.raises(ExplorationError, match="damaged"):
            attempt()


def test_a_folder_that_is_taken_is_refused(tmp_path: Path, undisturbed: Path) -> None:
    with pytest.raises(ExplorationError, match=r"already holds this run \(8 of 8 blocks\); --resume"):
        run(undisturbed)
    with pytest.raises(ExplorationError, match=r"design.seed: 5 there, 9 asked for"):
        explore(toys.experiment(FUTURES, seed=9), undisturbed, LocalEngine(), resume=True)
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(ExplorationError, match=r"something else than a run: thesis.docx"):
        run(tmp_path)


def test_a_run_killed_before_its_manifest_starts_anew(tmp_path: Path, undisturbed: Path) -> None:
    (tmp_path / "run.zarr" / "lens").mkdir(parents=True)
    (tmp_path / "manifest.json.unfinished").write_text("{")
    run(tmp_path, resume=True)
    assert content(tmp_path) == content(undisturbed)


def test_another_version_is_refused(undisturbed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stepdown.experiments import models

    now = dict(models.code_identity())
    monkeypatch.setattr(models, "code_identity", lambda: {**now, "version": "9.9"})
    with pytest.raises(ExplorationError, match=r'version: "0.1.0" there, "9.9" asked for'):
        run(undisturbed, resume=True)


def test_two_runs_into_one_folder_are_refused(tmp_path: Path) -> None:
    process = start(tmp_path)
    try:
        wait_for(lambda: (tmp_path / "manifest.json").exists(), process)
        with pytest.raises(ExplorationError, match=f"being written by process {process.pid} on "):
            explore(toys.experiment(1000, toys.slow), tmp_path, LocalEngine(), resume=True)
    finally:
        process.kill()
        process.communicate()


def test_the_lock_of_a_dead_process_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text(json.dumps({"pid": os.getpid(), "host": "here", "since": "2026"}))
    run(tmp_path, futures=100)
    handle = os.open(tmp_path / LOCK, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


LIMITED = """
import resource, sys
from pathlib import Path
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import explore
from stepdown.vocabulary.errors import ExplorationError
from tests.experiments import toys
resource.setrlimit(resource.RLIMIT_FSIZE, (3500, -1))
try:
    explore(toys.experiment(1000, block=256), Path(sys.argv[1]), LocalEngine())
except ExplorationError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


def test_a_full_disk_is_a_clear_error_and_loses_nothing(tmp_path: Path) -> None:
    """A limit on file size stops the outcomes of 256 futures as a full disk does; no half file stays."""
    process = start(tmp_path / "full", LIMITED)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2, said
    assert "no room left to write" in said
    assert "--resume" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "full").rglob("*.unfinished"))
    done = explore(toys.experiment(1000, block=256), tmp_path / "full", LocalEngine(), resume=True)
    explore(toys.experiment(1000, block=256), tmp_path / "whole", LocalEngine())
    assert done.blocks == 4
    assert content(tmp_path / "full") == content(tmp_path / "whole")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """300 kB that a run can fill, where mounting is allowed."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this place does not allow mounting; the limit on file size is tested instead")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_its_finished_blocks(tiny_disk: Path, tmp_path: Path) -> None:
    with pytest.raises(ExplorationError, match="No space left on device"):
        explore(toys.experiment(4000), tiny_disk, LocalEngine())
    run_there = RunFolder.open(tiny_disk)
    kept = len(run_there.records())
    assert 0 < kept < run_there.manifest.design.blocks
    assert list(run_there.damage()) == []
    subprocess.run(["mount", "-o", "remount,size=20m", str(tiny_disk)], check=True)
    done = explore(toys.experiment(4000), tiny_disk, LocalEngine(), resume=True)
    assert done.kept == kept
    explore(toys.experiment(4000), tmp_path / "whole", LocalEngine())
    assert content(tiny_disk) == content(tmp_path / "whole")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExplorationError, match="cannot be made"):
        run(tmp_path / "file" / "run")


def test_no_run_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExplorationError, match="holds no exploration"):
        open_run(tmp_path)


def test_progress_counts_futures(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    run(tmp_path, progress=lambda done, total: heard.append((done, total)))
    assert heard[0] == (0, FUTURES)
    assert heard[-1] == (FUTURES, FUTURES)
    assert heard == sorted(heard)
    assert len(heard) == 9
