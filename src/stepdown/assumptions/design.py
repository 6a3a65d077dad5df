"""Points in the unit cube: one uniform number per named coordinate and future."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from zlib import crc32

import numpy as np
from jaxtyping import Float, Int

Method = Literal["lhs", "sobol"]
Cube = Float[np.ndarray, "coordinate future"]


def unit_cube(
    names: Sequence[str],
    futures: int,
    seed: int,
    method: Method = "lhs",
    only: Int[np.ndarray, " chosen"] | None = None,
) -> Cube:
    """Latin hypercube (McKay, Beckman & Conover 1979) or scrambled Sobol points (Owen 1998) in (0, 1).

    Latin hypercube: every coordinate is a stratified permutation seeded by (seed, name), so that a new input
    leaves the draws of all others as they were. Sobol: balanced for powers of two; other sizes are cut from
    the next one. `only` keeps these futures of the design, in this order, repeated where named twice.
    """
    kept: Any = slice(None) if only is None else only
    if method == "sobol":
        # scipy.stats takes a second to import, and the usual design does without it.
        from scipy.stats import qmc

        power = int(np.ceil(np.log2(max(futures, 2))))
        engine = qmc.Sobol(max(len(names), 1), rng=np.random.default_rng(seed))
        points = engine.random_base2(power)[:futures].T[: len(names), kept]
    else:
        rows = [
            _stratified(np.random.default_rng([seed, crc32(name.encode())]), futures)[kept] for name in names
        ]
        points = np.array(rows).reshape(len(names), futures if only is None else len(only))
    # The ends of the interval are infinite quantiles.
    clipped: Cube = np.clip(points, 1e-9, 1 - 1e-9)
    return clipped


def _stratified(rng: np.random.Generator, futures: int) -> Float[np.ndarray, " future"]:
    points: Float[np.ndarray, " future"] = (rng.permutation(futures) + rng.random(futures)) / futures
    return points
