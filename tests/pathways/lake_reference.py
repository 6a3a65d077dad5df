"""Build the reference set of the lake problem: long runs of two algorithms, their joint non-dominated set.

`python -m tests.pathways.lake_reference` (some ten minutes on one core). No published set ships with the
packages this project installs, so the reference is our own, and the test against it says so.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.core.problem import ElementwiseProblem
from pymoo.optimize import minimize
from tests.pathways import lake

from stepdown.pathways.archive import Archive
from stepdown.pathways.search import front_of, hypervolume, search

FILE = Path(__file__).parent / "lake-reference.json"
GENERATIONS, POPULATION = 200, 120


class _Lake(ElementwiseProblem):
    def __init__(self) -> None:
        super().__init__(n_var=len(lake.SPACE.names), n_obj=4, xl=lake.SPACE.low, xu=lake.SPACE.high)

    def _evaluate(self, x, out, *_, **__) -> None:
        out["F"] = lake.evaluate(x)[0]


def main() -> None:
    found = [minimize(_Lake(), NSGA2(pop_size=POPULATION), ("n_gen", GENERATIONS), seed=12).F]
    for seed in (11,):
        front = search(
            lake.SPACE,
            lake.evaluate,
            Archive(None, {}),
            seed=seed,
            population=POPULATION,
            generations=GENERATIONS,
            reference=lake.REFERENCE,
        )
        found.append(front.objectives)
    joint = np.round(np.concatenate(found), 5)
    best = joint[front_of(joint)]
    content = {
        "source": f"own runs: NSGA-II and NSGA-III, {POPULATION} x {GENERATIONS} evaluations each",
        "reference": list(lake.REFERENCE),
        "hypervolume": hypervolume(best, np.array(lake.REFERENCE)),
        "objectives": best.tolist(),
    }
    FILE.write_text(json.dumps(content) + "\n", encoding="utf-8")
    print(len(best), content["hypervolume"])


if __name__ == "__main__":
    main()
