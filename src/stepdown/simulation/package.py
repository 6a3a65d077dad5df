"""A program as the arrays the kernel reads, in NumPy; the device copies them."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from stepdown.contracts.program import ACTOR_COLUMNS, SIGNAL, Program, Rows
from stepdown.simulation.measures import Package, RowSlots
from stepdown.simulation.slots import fill

SIGNAL_COLUMN = ACTOR_COLUMNS.index((SIGNAL, ""))
def cut(x: Float[np.ndarray, "..."], part: slice, chunk: int, dtype: np.dtype) -> Float[np.ndarray, "..."]:
    """The futures of `part`, the last one repeated until there are `chunk`."""
    piece = np.asarray(x[..., part], dtype)
    missing = chunk - piece.shape[-1]
    return np.pad(piece, [(0, 0)] * (piece.ndim - 1) + [(0, missing)], mode="edge") if missing else piece


def package_of(program: Program, part: slice, chunk: int, dtype: np.dtype, futures: int) -> Package:
    """The package for the futures of `part`, in NumPy; amounts that vary by future are cut like draws."""
    crowded, most, lowered = program.crowding
    target = program.programme_target
    served = target.reshape(target.shape[0] * target.shape[1], target.shape[2])

    def amount(x: np.ndarray) -> Any:
        per_future = x.shape[-1] == futures and futures > 1
        return cut(x, part, chunk, dtype) if per_future else np.asarray(x, dtype)

    def rows(r: Rows) -> RowSlots:
        levers = r.raises * (np.arange(len(r.raises)) != SIGNAL_COLUMN)[:, None]
        return RowSlots(
            number=_any(r.measure),
            strength=amount(r.strength),
            delay=amount(r.delay),
            ramp=amount(r.ramp),
            raises=_any(np.asarray(r.raises, dtype)),
            raising=fill(levers, len(levers), crowded, most),
            lowering=fill(r.lowers, lowered, crowded, most) if lowered else None,
        )

    return Package(
        participants=_any(np.asarray(program.participants, dtype)),
        places=_any(np.asarray(program.places, dtype)),
        start=amount(program.start),
        condition=_any(np.asarray(program.condition, dtype)),
        gate=_any(np.asarray(program.gate, dtype)),
        money=amount(program.money),
        political=amount(program.political),
        reversal=amount(program.reversal),
        actor_rows=rows(program.actor_rows),
        theatre_rows=rows(program.theatre_rows),
        global_rows=rows(program.global_rows),
        programme_slots=fill(served, served.shape[1], crowded, most),
        programme_strength=amount(program.programme_strength),
        programme_fielded=amount(program.programme_fielded),
        programme_ramp=amount(program.programme_ramp),
    )


def device_package(program: Program, part: slice, chunk: int, dtype: np.dtype, futures: int) -> Package:
    """The same on the device."""
    there: Package = jax.tree.map(jnp.asarray, package_of(program, part, chunk, dtype, futures))
    return there


def _any(x: np.ndarray) -> Any:
    return x
