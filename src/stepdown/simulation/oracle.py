"""The same equations in NumPy: a plain time loop over the mechanisms of the kernel, without JAX arrays.

Test oracle, and the NumPy rivals of `benchmarks/`. Futures may be one or many; precision is that of the
draws.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Program
from stepdown.contracts.world import World
from stepdown.simulation.integrate import STEP, advance, idle, steps_in_a_year
from stepdown.simulation.levels import start
from stepdown.simulation.package import package_of
from stepdown.simulation.structure import structure

Series = dict[str, Float[np.ndarray, "year ..."]]


def run_in_numpy(
    world: World,
    draws: Mapping[str, Float[np.ndarray, "..."]],
    program: Program,
    *,
    keep: Sequence[str],
    horizon_years: int = 30,
    dt: float = STEP,
    documented: bool = True,
    dtype: type[np.floating[Any]] = np.float64,
) -> Series:
    """Yearly series named in `keep` for years 0 ... `horizon_years`, as `simulate` gives them."""
    s = structure(world)
    p: Any = {symbol: np.asarray(draws[symbol], dtype) for symbol in PARAMETERS}
    futures = p["H0"].shape[-1]
    package = package_of(program, slice(0, futures), futures, np.dtype(dtype), futures)
    flag: Any = float(documented)
    begin = start(s, p)
    carry = idle(s, p, package, begin, dt)
    per_year, names = steps_in_a_year(dt), tuple(keep)
    rows: list[dict[str, Any]] = []
    for step in range(horizon_years * per_year + 1):
        yearly = step % per_year == 0
        time: Any = step * dt
        first: Any = step == 0
        shown = names if yearly else ()
        carry, series = advance(s, p, package, flag, begin, carry, time, first, dt, shown)
        if yearly:
            rows.append(series)
    stacked: Series = jax.tree.map(lambda *x: np.stack(x), *rows)
    return stacked
