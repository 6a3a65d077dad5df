"""Models light enough to be run thousands of times, importable by worker processes."""

from __future__ import annotations

import time

import numpy as np

from stepdown.contracts.design import Design
from stepdown.experiments.models import ArrayModel, Choice, ModelExperiment, Uncertain

INPUTS = (
    Uncertain("x", 0.0, 2.0, "year", "a length of time"),
    Uncertain("y", -1.0, 1.0),
    Choice("s", ("low", "high")),
)


def smooth(x: np.ndarray, y: np.ndarray, s: np.ndarray, push: np.ndarray) -> dict[str, np.ndarray]:
    """Two outcomes; elementwise, so a future's numbers do not depend on its neighbours."""
    return {"sum": x + y + push, "wave": np.sin(3 * x) * (1 + s) - push * y}


def slow(x: np.ndarray, y: np.ndarray, s: np.ndarray, push: np.ndarray) -> dict[str, np.ndarray]:
    """The same, long enough to be interrupted."""
    time.sleep(0.05)
    return smooth(x, y, s, push)


def fragile(x: np.ndarray, y: np.ndarray, s: np.ndarray, push: np.ndarray) -> dict[str, np.ndarray]:
    """Raises for the whole batch where one x is above 1.99, and gives NaN where y is above .99."""
    if (x > 1.99).any():
        raise ValueError("too long")
    return {"sum": np.where(y > 0.99, np.nan, x + y), "wave": x}


def experiment(
    futures: int, function=smooth, seed: int = 5, kind: str = "lhs", block: int = 128
) -> ModelExperiment:
    design = Design(futures, seed, kind=kind, block=block, factors={"s": 2} if kind == "factorial" else {})
    model = ArrayModel("toy", "1", INPUTS, ("sum", "wave"), function)
    return ModelExperiment(model, design, {"baseline": {"push": 0.0}, "pushed": {"push": 0.5}})
