"""Sensitivity by design: Sobol' indices and Morris screening through SALib, on any injected model.

`evaluate` takes points in the unit cube, one row per run and one column per input, and returns one number per
run, NaN for a run that failed. SALib would spoil every index for one failed run; here the block of runs that
belongs to the same base point, or the trajectory, is left out instead, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float
from SALib.analyze import morris as morris_analyse
from SALib.analyze import sobol as sobol_analyse
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from stepdown.contracts.comparison import IndexKind, Influence, Sensitivity

Points = Float[np.ndarray, "run input"]
Evaluate = Callable[[Points], Float[np.ndarray, " run"]]
LEVELS = 8
"""Levels of the Morris grid: Saltelli et al. (2008) advise an even number of this size."""


def sobol_points(names: Sequence[str], n: int, seed: int) -> Points:
    """Saltelli's design from scrambled Sobol' points: n (d + 2) runs for d inputs. `n`: a power of two."""
    if n < 2 or n & (n - 1):
        raise ValueError(f"the number of base points must be a power of two, not {n}")
    return np.asarray(sobol_sample.sample(_problem(names), n, calc_second_order=False, seed=seed))


def sobol_indices(
    outcome: str, names: Sequence[str], results: Float[np.ndarray, " run"], seed: int = 0
) -> tuple[Sensitivity, Sensitivity]:
    """First-order and total indices of the runs of `sobol_points` (Saltelli et al. 2010, Jansen 1999).

    S_i = Var(E[Y | X_i]) / Var(Y); ST_i = 1 − Var(E[Y | all but X_i]) / Var(Y). Intervals by bootstrap.
    Raises ValueError when fewer than 8 base points are complete, or the outcome does not vary.
    """
    blocks = results.reshape(-1, len(names) + 2)
    ok = np.all(np.isfinite(blocks), axis=1)
    used = blocks[ok].ravel()
    _enough(outcome, int(ok.sum()), used)
    found = sobol_analyse.analyze(_problem(names), used, calc_second_order=False, seed=seed)
    failed = int(np.sum(~np.isfinite(results)))
    return (
        _sensitivity("sobol_first", outcome, names, found["S1"], found["S1_conf"], len(used), failed),
        _sensitivity("sobol_total", outcome, names, found["ST"], found["ST_conf"], len(used), failed),
    )


def sobol(
    outcome: str, names: Sequence[str], evaluate: Evaluate, n: int = 1024, seed: int = 0
) -> tuple[Sensitivity, Sensitivity]:
    """Design, runs and indices in one."""
    return sobol_indices(outcome, names, np.asarray(evaluate(sobol_points(names, n, seed))), seed)


def morris_points(names: Sequence[str], trajectories: int, seed: int) -> Points:
    """Morris's (1991) trajectories on a grid of 8 levels: (d + 1) runs each."""
    return np.asarray(morris_sample.sample(_problem(names), trajectories, num_levels=LEVELS, seed=seed))


def morris_indices(
    outcome: str, names: Sequence[str], points: Points, results: Float[np.ndarray, " run"], seed: int = 0
) -> Sensitivity:
    """Mean absolute elementary effect mu* of each input (Campolongo, Cariboni & Saltelli 2007)."""
    steps = len(names) + 1
    blocks = results.reshape(-1, steps)
    ok = np.all(np.isfinite(blocks), axis=1)
    used = blocks[ok].ravel()
    _enough(outcome, int(ok.sum()), used, least=2)
    kept = points.reshape(-1, steps, len(names))[ok].reshape(-1, len(names))
    found = morris_analyse.analyze(_problem(names), kept, used, num_levels=LEVELS, seed=seed)
    failed = int(np.sum(~np.isfinite(results)))
    return _sensitivity("morris", outcome, names, found["mu_star"], found["mu_star_conf"], len(used), failed)


def morris(
    outcome: str, names: Sequence[str], evaluate: Evaluate, trajectories: int = 50, seed: int = 0
) -> Sensitivity:
    """Design, runs and elementary effects in one."""
    points = morris_points(names, trajectories, seed)
    return morris_indices(outcome, names, points, np.asarray(evaluate(points)), seed)


def gradient_influence(
    outcome: str,
    names: Sequence[str],
    gradient: Float[np.ndarray, "future input"],
    spread: Float[np.ndarray, " input"],
) -> Sensitivity:
    """Derivative-based measure: root of E[(dY/dx_i)²] times the spread of x_i (after Sobol' & Kucherenko
    2009).

    `gradient`: derivative of the outcome by each input in each future, wherever it came from; `spread`: the
    input's standard deviation. Futures with a derivative that is not finite are left out.
    """
    ok = np.all(np.isfinite(gradient), axis=1)
    if not ok.any():
        raise ValueError(f"no future of {outcome} has a gradient")
    size = np.sqrt(np.mean(gradient[ok] ** 2, axis=0)) * spread
    return _sensitivity("gradient", outcome, names, size, None, int(ok.sum()), int(np.sum(~ok)))


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _enough(outcome: str, complete: int, used: Float[np.ndarray, " run"], least: int = 8) -> None:
    if complete < least:
        raise ValueError(f"{outcome}: only {complete} complete groups of runs; at least {least} are needed")
    if np.ptp(used) == 0:
        raise ValueError(f"{outcome} is the same in every run: there is nothing to explain")


def _sensitivity(
    kind: IndexKind,
    outcome: str,
    names: Sequence[str],
    values: Float[np.ndarray, " input"],
    half_width: Float[np.ndarray, " input"] | None,
    futures: int,
    failed: int,
) -> Sensitivity:
    half = [None] * len(names) if half_width is None else list(half_width)
    found = [
        Influence(n, float(v), *((None, None) if h is None else (float(v - h), float(v + h))))
        for n, v, h in zip(names, values, half, strict=True)
    ]
    found.sort(key=lambda i: -i.value)
    return Sensitivity(kind, outcome, tuple(found), futures, failed)
