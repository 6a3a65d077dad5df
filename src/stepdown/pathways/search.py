"""Many-objective search with constraints: NSGA-II for up to three objectives, NSGA-III beyond.

Deb et al. 2002; Deb & Jain 2014; as built in pymoo (Blank & Deb 2020). Asks for evaluations through a
function, so it knows nothing of pathways or the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from jaxtyping import Bool, Float
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.core.problem import Problem as PymooProblem
from pymoo.core.repair import Repair
from pymoo.indicators.hv import HV
from pymoo.optimize import minimize
from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting
from pymoo.util.ref_dirs import get_reference_directions

from stepdown.pathways.archive import Archive, Score

Points = Float[np.ndarray, "point variable"]
Objectives = Float[np.ndarray, "point objective"]
Evaluate = Callable[[Float[np.ndarray, " variable"]], Score]
Progress = Callable[[int, int], None]
EXACT_UP_TO = 4
"""Objectives up to which the hypervolume is exact; beyond, it is estimated."""
SAMPLES = 100_000


@dataclass(frozen=True)
class Space:
    """Decision variables between `low` and `high`; objectives are all to be lowered, constraints are <= 0."""

    names: tuple[str, ...]
    low: Float[np.ndarray, " variable"]
    high: Float[np.ndarray, " variable"]
    objectives: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    snap: Callable[[Float[np.ndarray, " variable"]], Float[np.ndarray, " variable"]] = lambda x: x
    """Whole numbers and the like: what a raw point means. Points that mean the same are evaluated once."""


@dataclass(frozen=True)
class Front:
    """The feasible non-dominated set of everything this search asked for.

    `history`: hypervolume after every generation, against `reference`.
    """

    points: Points
    objectives: Objectives
    evaluations: int
    resumed: int
    reference: Float[np.ndarray, " objective"]
    hypervolume: float
    history: tuple[float, ...]


class _Snap(Repair):  # type: ignore[misc]
    """Candidates are snapped before they are told apart, so that none is asked twice under two names."""

    def _do(self, problem: _Asked, x: Points, **_: object) -> Points:
        return np.array([problem.space.snap(row) for row in x])


class _Asked(PymooProblem):  # type: ignore[misc]
    """Passes candidates on to the archive, or to whoever evaluates; remembers what this run asked for."""

    def __init__(self, space: Space, evaluate: Evaluate, archive: Archive) -> None:
        super().__init__(
            n_var=len(space.names),
            n_obj=len(space.objectives),
            n_ieq_constr=len(space.constraints),
            xl=space.low,
            xu=space.high,
        )
        self.space, self.ask, self.archive = space, evaluate, archive
        self.seen = Archive(None, {})

    def _evaluate(self, x: Points, out: dict[str, np.ndarray], *_: object, **__: object) -> None:
        scores = [self._one(self.space.snap(row)) for row in x]
        out["F"] = np.array([f for f, _ in scores])
        if self.space.constraints:
            out["G"] = np.array([g for _, g in scores])

    def _one(self, x: Float[np.ndarray, " variable"]) -> Score:
        known = self.archive.get(x)
        if known is None:
            known = self.ask(x)
            self.archive.add(x, *known)
        self.seen.add(x, *known)
        return known


def search(
    space: Space,
    evaluate: Evaluate,
    archive: Archive,
    *,
    seed: int,
    population: int,
    generations: int,
    reference: Sequence[float],
    progress: Progress = lambda done, total: None,
) -> Front:
    """Run `generations`; the same seed and archive give the same front, however often it was interrupted.

    `reference`: the corner that hypervolume is measured against; worse points add nothing.
    """
    m = len(space.objectives)
    if m > 3:
        # As many directions as the population can follow: (m + p - 1) over p of them.
        partitions = max(p for p in range(1, 25) if comb(m + p - 1, p) <= max(population, m))
        directions = get_reference_directions("das-dennis", m, n_partitions=partitions)
        algorithm = NSGA3(directions, pop_size=max(population, len(directions)), repair=_Snap())
    else:
        algorithm = NSGA2(pop_size=population, repair=_Snap())
    asked = _Asked(space, evaluate, archive)
    corner = np.asarray(reference, dtype=float)
    history: list[float] = []

    def after(state: object) -> None:
        points, scores = feasible(asked.seen)
        history.append(hypervolume(scores[front_of(scores)], corner) if len(points) else 0.0)
        progress(len(history), generations)

    minimize(
        asked,
        algorithm,
        ("n_gen", generations),
        seed=seed,
        callback=after,
        copy_algorithm=False,
    )
    points, scores = feasible(asked.seen)
    best = front_of(scores) if len(points) else np.zeros(0, dtype=int)
    return Front(
        points[best],
        scores[best],
        len(asked.seen.points),
        archive.resumed,
        corner,
        history[-1],
        tuple(history),
    )


def feasible(archive: Archive) -> tuple[Points, Objectives]:
    """Points of the archive that meet every constraint, and their objectives."""
    f, g = archive.scores
    ok: Bool[np.ndarray, " point"] = np.all(g <= 0, axis=1) if g.size else np.ones(len(f), dtype=bool)
    return archive.points[ok], f[ok]


def front_of(scores: Objectives) -> np.ndarray:
    """Indices of non-dominated rows, each set of equal objectives once, in their order."""
    if not len(scores):
        return np.zeros(0, dtype=int)
    _, first = np.unique(scores, axis=0, return_index=True)
    kept = np.sort(first)
    best = NonDominatedSorting().do(scores[kept], only_non_dominated_front=True)
    return np.sort(kept[best])


def hypervolume(scores: Objectives, reference: Float[np.ndarray, " objective"]) -> float:
    """Volume dominated by the points up to the reference (Zitzler & Thiele 1999).

    Exact up to four objectives; beyond, the share of fixed pseudo-random points in the box between the best
    value of each objective and the reference, times its volume.
    """
    inside = scores[np.all(scores < reference, axis=1)]
    if not len(inside):
        return 0.0
    if scores.shape[1] <= EXACT_UP_TO:
        return float(HV(ref_point=reference)(inside))
    low = inside.min(axis=0)
    points = np.random.default_rng(0).uniform(low, reference, (SAMPLES, scores.shape[1]))
    hit = np.zeros(SAMPLES, dtype=bool)
    for row in inside:
        hit |= np.all(points >= row, axis=1)
    return float(hit.mean() * np.prod(reference - low))
