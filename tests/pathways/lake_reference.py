"""Build the reference set of the lake problem: long runs of two algorithms, their joint non-dominated set.

`python -m tests.pathways.lake_reference` (a few minutes on one core). No published set ships with the
packages this project installs, so the reference is our own, and the test against it says so.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.core.problem import Problem
from pymoo.optimize import minimize
from pymoo.util.ref_dirs import get_reference_directions
from tests.pathways import lake

from stepdown.pathways.search import front_of, hypervolume

FILE = Path(__file__).parent / "lake-reference.json"
RUNS = ((NSGA2, 200, 250, 12), (NSGA3, 165, 150, 11))
"""Algorithm, population, generations, seed."""


class _Lake(Problem):
    def __init__(self) -> None:
        super().__init__(n_var=len(lake.SPACE.names), n_obj=4, xl=lake.SPACE.low, xu=lake.SPACE.high)

    def _evaluate(self, x, out, *_, **__) -> None:
        out["F"] = lake.evaluate_all(x)


class _All:
    """Keeps every objective vector of a run, and thins now and then."""

    def __init__(self) -> None:
        self.best = np.zeros((0, 4))

    def __call__(self, algorithm) -> None:
        joint = np.concatenate([self.best, np.round(algorithm.pop.get("F"), 3)])
        self.best = joint[front_of(joint)]


def main() -> None:
    kept = _All()
    for kind, population, generations, seed in RUNS:
        more = (
            {"ref_dirs": get_reference_directions("das-dennis", 4, n_partitions=8)} if kind is NSGA3 else {}
        )
        algorithm = kind(pop_size=population, **more)
        minimize(_Lake(), algorithm, ("n_gen", generations), seed=seed, callback=kept)
        print(kind.__name__, len(kept.best), hypervolume(kept.best, np.array(lake.REFERENCE)), flush=True)
    content = {
        "source": "own runs: " + ", ".join(f"{k.__name__} {p} x {g}, seed {s}" for k, p, g, s in RUNS),
        "reference": list(lake.REFERENCE),
        "hypervolume": hypervolume(kept.best, np.array(lake.REFERENCE)),
        "objectives": kept.best.tolist(),
    }
    FILE.write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
