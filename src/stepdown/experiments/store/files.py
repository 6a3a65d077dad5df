"""Files that are there whole or not at all, also after a crash."""

from __future__ import annotations

import os
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from stepdown.vocabulary.errors import ExplorationError

UNFINISHED = ".unfinished"
"""Suffix of a file that is being written; what a killed run leaves of them is swept up by the next one."""
_FULL = (ENOSPC, EDQUOT, EFBIG)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, flush to the disk, then rename into place.

    Raises ExplorationError when the disk is full or the place cannot be written; no partial file is left.
    """
    beside = path.with_name(path.name + UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
        _sync(path.parent)
    except OSError as error:
        _drop(beside)
        raise _explained(path, error) from error
    except BaseException:
        _drop(beside)
        raise


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left half written."""
    for path in folder.rglob(f"*{UNFINISHED}"):
        _drop(path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop(path: Path) -> None:
    path.unlink(missing_ok=True)


def _explained(path: Path, error: OSError) -> ExplorationError:
    if error.errno in _FULL:
        return ExplorationError(
            f"no room left to write {path} ({error.strerror}); finished blocks are safe. "
            "Make room and run the same command again with --resume."
        )
    return ExplorationError(f"{path} cannot be written: {error.strerror}")
