"""Seconds to compile and to run one package of the 21-actor world: the numbers of decision 0103.

Run from the repository root: python -m benchmarks.speed
"""

import time

from tests.simulation import packages, priors, worlds

from stepdown.simulation import simulate

FUTURES = 1000


def main() -> None:
    """Print wall and processor seconds of each package; the first one compiles."""
    world = worlds.full()
    draws = priors.draw(world, FUTURES)
    for name, program in packages.all_of(world).items():
        wall, processor = time.perf_counter(), time.process_time()
        run = simulate(world, draws, program)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print(
            f"{name:14s} wall {wall:6.2f} s  processor {processor:6.2f} s  usable {run.ok.sum()} of {FUTURES}"
        )


if __name__ == "__main__":
    main()
