"""From arrays of one block to the bytes of its files: one Zarr shard per array."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import zarr
from zarr.abc.store import Store
from zarr.codecs import BloscCodec
from zarr.storage import MemoryStore

from stepdown.experiments.store.layout import DIMS, Array, Arrays, Layout


@dataclass(frozen=True)
class EncodedBlock:
    """A block ready to be written. `failed` counts futures that some package did not finish."""

    block: int
    files: dict[Array, bytes]
    failed: int
    seconds: float

    @property
    def checksums(self) -> dict[str, dict[str, str | int]]:
        return {name: describe(content) for name, content in self.files.items()}


def describe(content: bytes) -> dict[str, str | int]:
    """Size and SHA-256 of a file's content."""
    return {"bytes": len(content), "sha256": sha256(content).hexdigest()}


def create(store: Store, layout: Layout, array: Array, futures: int, block: int) -> Any:
    """An empty array: one shard per block, one chunk per outcome, series, input or switch inside it."""
    return zarr.create_array(
        store,
        name=array,
        shape=layout.shape(array, futures),
        dtype=layout.dtype(array),
        shards=layout.shape(array, block),
        chunks=layout.inner(array, block),
        compressors=BloscCodec(cname="zstd", clevel=3, shuffle="bitshuffle"),
        fill_value=layout.fill(array),
        dimension_names=DIMS[array],
        config={"write_empty_chunks": True},
    )


def encode(layout: Layout, arrays: Arrays, block: int) -> dict[Array, bytes]:
    """The shard of every array; a short block is filled up to `block` futures, so that all shapes are one."""
    return {name: _shard(layout, name, arrays[name], block) for name in layout.arrays}


def _shard(layout: Layout, name: Array, values: np.ndarray, block: int) -> bytes:
    wanted = layout.shape(name, values.shape[-1])
    if values.shape != wanted:
        raise ValueError(f"{name} has shape {values.shape}, wanted {wanted}")
    full = np.full(layout.shape(name, block), layout.fill(name), dtype=layout.dtype(name))
    full[..., : values.shape[-1]] = values
    kept: dict[str, Any] = {}
    create(MemoryStore(kept), layout, name, block, block)[...] = full
    content: bytes = kept[shard_key(name, 0)].to_bytes()
    return content


def shard_key(array: Array, block: int) -> str:
    """Where Zarr keeps an array's shard of one block, below the store."""
    return "/".join((array, "c", *("0" for _ in DIMS[array][1:]), str(block)))
