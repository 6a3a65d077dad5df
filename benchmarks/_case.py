"""The case that every rival runs: 21 actors, the package with every lever and condition, futures of wide
priors.

Not a script of its own: it does nothing.
"""

from functools import cache

import numpy as np
from tests.simulation import packages, priors, worlds

from stepdown.contracts.program import Program
from stepdown.contracts.world import World
from stepdown.simulation.oracle import run_in_numpy

KEEP = ("cif",)
"""Rivals are asked for the incidence of first use alone."""


@cache
def world() -> World:
    """The 21-actor world."""
    return worlds.full()


@cache
def program() -> Program:
    """The fullest package, in the shape that all packages share."""
    return packages.all_of(world())["everything"]


@cache
def draws(futures: int) -> dict[str, np.ndarray]:
    """The same futures for everybody; the first n are the same for any number."""
    return {name: x[..., :futures] for name, x in _most().items()}


@cache
def _most() -> dict[str, np.ndarray]:
    return priors.draw(world(), 1000)


def use_risk(run: dict[str, np.ndarray]) -> np.ndarray:
    """Thirty-year incidence of first use, per future."""
    return np.asarray(run["cif"][-1].sum(axis=(0, 1)))


def alone(future: int) -> float:
    """One future by plain NumPy: what a modeller without a kernel of this kind would run."""
    one = {name: x[..., future : future + 1] for name, x in draws(1000).items()}
    return float(use_risk(run_in_numpy(world(), one, program(), keep=KEEP))[0])
