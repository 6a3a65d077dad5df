"""A program as the arrays the kernel reads, in NumPy; the device copies them."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from stepdown.contracts.program import ACTOR_COLUMNS, SIGNAL, Program, Rows
from stepdown.simulation.budget import SHIFT
from stepdown.simulation.measures import Package, RowSlots
from stepdown.simulation.slots import fill

SIGNAL_COLUMN = ACTOR_COLUMNS.index((SIGNAL, ""))


_AMOUNTS = (
    *("start", "money", "political", "reversal"),
    *("programme_strength", "programme_fielded", "programme_ramp"),
)


def cut(x: Float[np.ndarray, "..."], part: slice, chunk: int, dtype: np.dtype) -> Float[np.ndarray, "..."]:
    """The futures of `part`, the last one repeated until there are `chunk`."""
    piece = np.asarray(x[..., part], dtype)
    missing = chunk - piece.shape[-1]
    return np.pad(piece, [(0, 0)] * (piece.ndim - 1) + [(0, missing)], mode="edge") if missing else piece


def package_of(program: Program, part: slice, chunk: int, dtype: np.dtype, futures: int) -> Package:
    """The package for the futures of `part`, in NumPy."""
    return cut_package(whole_package(program, dtype), part, chunk, futures)


def whole_package(program: Program, dtype: np.dtype) -> Package:
    """The package for all futures, in NumPy."""
    crowded, most, lowered = program.crowding
    target = program.programme_target
    served = target.reshape(target.shape[0] * target.shape[1], target.shape[2])

    def amount(x: np.ndarray) -> Any:
        return np.asarray(x, dtype)

    def rows(r: Rows) -> RowSlots:
        r = _with_an_empty_row(r)
        filled = np.delete(r.raises, -1, axis=1)
        levers = filled * (np.arange(len(filled)) != SIGNAL_COLUMN)[:, None]
        return RowSlots(
            number=_any(r.measure),
            strength=amount(r.strength),
            delay=amount(r.delay),
            ramp=amount(r.ramp),
            shifting=_shifting(filled, most),
            raising=fill(levers, len(levers), crowded, most),
            lowering=fill(np.delete(r.lowers, -1, axis=1), lowered, crowded, most) if lowered else None,
        )

    return Package(
        participants=amount(program.participants),
        places=amount(program.places),
        start=amount(program.start),
        condition=amount(program.condition),
        gate=amount(program.gate),
        money=amount(program.money),
        political=amount(program.political),
        reversal=amount(program.reversal),
        signals=_signals(program),
        actor_rows=rows(program.actor_rows),
        theatre_rows=rows(program.theatre_rows),
        global_rows=rows(program.global_rows),
        programme_slots=fill(served, served.shape[1], crowded, most),
        programme_strength=amount(_after(program.programme_strength, 0.0)),
        programme_fielded=amount(_after(program.programme_fielded, 0.0)),
        programme_ramp=amount(_after(program.programme_ramp, 1.0)),
    )


def cut_package(package: Package, part: slice, chunk: int, futures: int) -> Package:
    """The same for some futures: amounts that vary by future are cut like draws."""

    def amounts(of: Any, names: tuple[str, ...]) -> dict[str, Any]:
        found = {name: getattr(of, name) for name in names}
        varies = {n: x for n, x in found.items() if x.shape[-1] == futures and futures > 1}
        return {n: cut(x, part, chunk, x.dtype) for n, x in varies.items()}

    rows = {n: getattr(package, n) for n in ("actor_rows", "theatre_rows", "global_rows")}
    fewer = {n: r._replace(**amounts(r, ("strength", "delay", "ramp"))) for n, r in rows.items()}
    return package._replace(**fewer, **amounts(package, _AMOUNTS))


def device_package(program: Program, part: slice, chunk: int, dtype: np.dtype, futures: int) -> Package:
    """The same on the device."""
    there: Package = jax.tree.map(jnp.asarray, package_of(program, part, chunk, dtype, futures))
    return there


def _with_an_empty_row(r: Rows) -> Rows:
    """Slots left over name the last row, which does nothing."""
    return Rows(
        measure=np.append(r.measure, np.int32(0)),
        strength=_after(r.strength, 0.0),
        delay=_after(r.delay, 0.0),
        ramp=_after(r.ramp, 1.0),
        raises=np.pad(r.raises, ((0, 0), (0, 1))),
        lowers=np.pad(r.lowers, ((0, 0), (0, 1))),
    )


def _after(x: Float[np.ndarray, "row n"], value: float) -> Float[np.ndarray, "row n"]:
    return np.pad(x, ((0, 1), (0, 0)), constant_values=value)


def _signals(program: Program) -> Any:
    """The row of each measure's signal, of which it has one; the empty row where it has none."""
    of = program.actor_rows
    found = np.flatnonzero(of.raises[SIGNAL_COLUMN])
    signals = np.full(len(program.start), of.raises.shape[1], np.int32)
    signals[of.measure[found]] = found
    return signals


def _shifting(raises: Float[np.ndarray, "column row"], most: int) -> Any:
    """Rows that move money; none in tables without that column."""
    found = np.flatnonzero(raises[SHIFT]) if len(raises) == len(ACTOR_COLUMNS) else np.empty(0, int)
    return np.pad(found, (0, most - len(found)), constant_values=raises.shape[1]).astype(np.int32)


def _any(x: np.ndarray) -> Any:
    return x
