"""What an exploration asks for: how many futures, under which lenses, drawn how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from stepdown.vocabulary.errors import ExplorationError, UnknownNameError

DesignKind = Literal["lhs", "sobol", "factorial", "monte_carlo", "calibrated"]
DESIGNS: tuple[DesignKind, ...] = get_args(DesignKind)

CHUNK = 128
"""Blocks are whole numbers of the kernel's chunks, so that a future stands at the same place in any block."""
LARGEST_BLOCK = 64 * CHUNK
BLOCKS = 16
"""A run is cut into about so many blocks until they reach `LARGEST_BLOCK`."""
LARGEST_DESIGN = 1_000_000_000


@dataclass(frozen=True)
class Design:
    """Futures of an exploration; future i stands under lens i mod len(lenses), the same in every package.

    `kind`: Latin hypercube, scrambled Sobol points, plain Monte Carlo, a factorial over `factors` (switch ->
    number of options) crossed with a Latin hypercube of all other inputs, or draws from the calibrated
    ensemble. `block` is how many futures are computed, written and checked together; it does not change the
    futures. Raises ExplorationError or UnknownNameError.
    """

    futures: int
    seed: int
    lenses: tuple[str, ...] = ()
    kind: DesignKind = "lhs"
    factors: Mapping[str, int] = field(default_factory=dict)
    block: int = 0

    def __post_init__(self) -> None:
        if self.kind not in DESIGNS:
            raise UnknownNameError("design", self.kind, DESIGNS)
        if not max(1, len(self.lenses)) <= self.futures <= LARGEST_DESIGN:
            least = max(1, len(self.lenses))
            raise ExplorationError(
                f"a design needs {least} to {LARGEST_DESIGN:,} futures, one or more per lens; "
                f"found {self.futures:,}"
            )
        if doubled := sorted({x for x in self.lenses if self.lenses.count(x) > 1}):
            raise ExplorationError(f"a lens is named twice: {', '.join(doubled)}")
        if (self.kind == "factorial") != bool(self.factors):
            raise ExplorationError("a factorial design, and no other, names the switches it crosses")
        block = self.block or default_block(self.futures)
        if block < 1 or block % CHUNK:
            raise ExplorationError(f"a block must be a multiple of {CHUNK} futures; found {block}")
        object.__setattr__(self, "block", block)

    @property
    def blocks(self) -> int:
        """How many blocks there are; the last one may be short."""
        return -(-self.futures // self.block)

    def span(self, block: int) -> tuple[int, int]:
        """First future of a block, and the one after its last."""
        return block * self.block, min((block + 1) * self.block, self.futures)

    def as_json(self) -> dict[str, Any]:
        """Plain data, for the manifest."""
        return {
            "kind": self.kind,
            "futures": self.futures,
            "seed": self.seed,
            "lenses": list(self.lenses),
            "factors": dict(self.factors),
            "block": self.block,
        }


def default_block(futures: int) -> int:
    """About a sixteenth of the design in whole chunks, at most `LARGEST_BLOCK`."""
    chunks = -(-futures // (BLOCKS * CHUNK))
    return min(chunks * CHUNK, LARGEST_BLOCK)
