"""A run in a folder: which blocks are there, which are damaged, and how one more is added.

manifest.json        what was asked for
run.zarr/            the numbers, one shard per array and block
blocks/000012.json   size and SHA-256 of every file of block 12; written last, so a block with its record
                     is whole
timings.jsonl        seconds per block, the only file with clocks in it
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

import zarr
from zarr.storage import MemoryStore

from stepdown.experiments.store.encode import EncodedBlock, create, describe, shard_key
from stepdown.experiments.store.files import write_whole
from stepdown.experiments.store.layout import digest_of
from stepdown.experiments.store.lock import LOCK
from stepdown.experiments.store.manifest import MANIFEST, Manifest, read_manifest
from stepdown.vocabulary.errors import ExplorationError

ZARR, BLOCKS, TIMINGS = "run.zarr", "blocks", "timings.jsonl"


@dataclass(frozen=True)
class Damage:
    """A block (or the arrays' metadata, block None) whose files are not what was written, and why."""

    block: int | None
    what: str


@dataclass(frozen=True)
class RunFolder:
    """A folder with a manifest. Writing needs its lock (`lock.alone`)."""

    path: Path
    manifest: Manifest

    @classmethod
    def start(cls, path: Path, manifest: Manifest) -> RunFolder:
        """A new run; the manifest is written last, so that a folder with one is complete."""
        run = cls(path, manifest)
        run.write_metadata()
        manifest.write(path)
        return run

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """Raises ExplorationError where there is no run, or its manifest is damaged."""
        return cls(path, read_manifest(path))

    @property
    def zarr(self) -> Path:
        return self.path / ZARR

    def write_metadata(self) -> None:
        """Group and array metadata of the Zarr store."""
        for name, content in self._metadata().items():
            write_whole(self.zarr / name, content)

    def _metadata(self) -> dict[str, bytes]:
        kept: dict[str, Any] = {}
        store, layout, design = MemoryStore(kept), self.manifest.layout, self.manifest.design
        zarr.create_group(store)
        for array in layout.arrays:
            create(store, layout, array, design.futures, design.block)
        return {name: value.to_bytes() for name, value in sorted(kept.items())}

    def put(self, block: EncodedBlock) -> None:
        """Write the files of a block, then its record."""
        for array, content in block.files.items():
            write_whole(self.zarr / shard_key(array, block.block), content)
        first, stop = self.manifest.design.span(block.block)
        record: dict[str, Any] = {
            "block": block.block,
            "futures": [first, stop],
            "failed": block.failed,
            "files": block.checksums,
        }
        record["digest"] = digest_of(record)
        write_whole(self._record(block.block), (json.dumps(record, indent=1) + "\n").encode())
        self._time(block)

    def _time(self, block: EncodedBlock) -> None:
        """Clocks are a convenience: a disk that cannot take them stops no run."""
        with suppress(OSError), (self.path / TIMINGS).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"block": block.block, "seconds": round(block.seconds, 3)}) + "\n")

    def _record(self, block: int) -> Path:
        return self.path / BLOCKS / f"{block:06d}.json"

    def records(self) -> dict[int, dict[str, Any]]:
        """Records by block; those that cannot be read are missing."""
        found = {}
        for block in range(self.manifest.design.blocks):
            with suppress(OSError, ValueError):
                record = json.loads(self._record(block).read_bytes())
                if self._plausible(record, block):
                    found[block] = record
        return found

    def _plausible(self, record: Any, block: int) -> bool:
        return (
            isinstance(record, dict)
            and record.get("block") == block
            and record.get("futures") == list(self.manifest.design.span(block))
            and record.get("digest") == digest_of({k: v for k, v in record.items() if k != "digest"})
            and set(record.get("files", ())) == set(self.manifest.layout.arrays)
        )

    def damage(self) -> Iterator[Damage]:
        """Every file that is not what its checksum says, to the last byte. Blocks not run yet are fine."""
        for name, content in self._metadata().items():
            if _read(self.zarr / name) != content:
                yield Damage(None, f"{ZARR}/{name} is not what the manifest asks for")
        records = self.records()
        for block in range(self.manifest.design.blocks):
            if block in records:
                yield from self._damaged(block, records[block])
            elif self._record(block).exists():
                yield Damage(block, f"{BLOCKS}/{block:06d}.json cannot be read")

    def _damaged(self, block: int, record: dict[str, Any]) -> Iterator[Damage]:
        for array, wanted in record["files"].items():
            key = shard_key(array, block)
            content = _read(self.zarr / key)
            if content is None:
                yield Damage(block, f"{ZARR}/{key} is missing")
            elif describe(content) != wanted:
                yield Damage(block, f"{ZARR}/{key} does not match its checksum")

    def forget(self, blocks: Iterable[int]) -> None:
        """Drop the records of blocks, so that they are run again."""
        for block in blocks:
            self._record(block).unlink(missing_ok=True)

    @property
    def content(self) -> str | None:
        """SHA-256 over all block records of a finished run, else None: equal for equal numbers."""
        whole = sha256()
        for block in range(self.manifest.design.blocks):
            content = _read(self._record(block))
            if content is None:
                return None
            whole.update(content)
        return whole.hexdigest()


def remove(path: Path) -> tuple[str, ...]:
    """Delete the files of a run, a damaged one too, and its folder when nothing else is in it.

    The manifest goes last, so that an interrupted removal can be repeated. Names of what stays. Needs the
    folder's lock; raises ExplorationError where something cannot be deleted.
    """
    try:
        for name in (ZARR, BLOCKS):
            if (path / name).exists():
                rmtree(path / name)
        for name in (TIMINGS, LOCK, MANIFEST):
            (path / name).unlink(missing_ok=True)
        if left := tuple(sorted(p.name for p in path.iterdir())):
            return left
        path.rmdir()
    except OSError as error:
        raise ExplorationError(f"{path} cannot be removed: {error.strerror} ({error.filename})") from error
    return ()


def holds_run(path: Path) -> bool:
    """Whether a folder has a manifest, sound or not."""
    return (path / MANIFEST).is_file()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ExplorationError(f"{path} cannot be read: {error.strerror}") from error
