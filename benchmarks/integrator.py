"""Error of use risk against a fine step, by step size: the numbers of docs/decisions/0101-integrator.md.

Run from the repository root: python -m benchmarks.integrator
"""

import numpy as np
from tests.simulation import packages, priors, worlds

from stepdown.simulation import simulate

FINE = 1 / 32
STEPS = (1.0, 1 / 2, 1 / 4, 1 / 8)
FUTURES = 200


def main() -> None:
    """Print median, 99 % and worst relative error of the 30-year use risk, and the order of convergence."""
    world = worlds.small()
    draws = priors.draw(world, FUTURES, seed=11)
    for name, program in packages.all_of(world).items():
        fine = _risk(world, draws, program, FINE)
        errors = {dt: np.abs(_risk(world, draws, program, dt) / fine - 1) for dt in STEPS}
        for dt, error in errors.items():
            finer = errors.get(dt / 2)
            order = "" if finer is None else f" order {np.median(np.log2(error / finer)):.2f}"
            median, high, worst = np.quantile(error, [0.5, 0.99, 1.0])
            print(f"{name:14s} dt {dt:<6g} median {median:.1e} p99 {high:.1e} worst {worst:.1e}{order}")


def _risk(world, draws, program, dt):
    run = simulate(world, draws, program, dt=dt, precision="float64", keep=("cif",), chunk=FUTURES)
    assert run.ok.all(), (dt, np.bincount(run.code))
    return run.use_risk[-1]


if __name__ == "__main__":
    main()
