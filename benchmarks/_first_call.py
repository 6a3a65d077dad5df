"""Seconds of the first `simulate` in a fresh process with the compile cache in the folder named; prints
them."""

import sys
import time
from pathlib import Path

from benchmarks import _case as case
from stepdown.experiments.outcomes import AT_END, YEARLY
from stepdown.simulation import keep_compiled, simulate


def main(folder: Path) -> None:
    """One call on two futures: compiling, or loading what was compiled, and nothing much to run."""
    keep_compiled(folder)
    given, program = case.draws(2), case.program()
    began = time.perf_counter()
    simulate(case.world(), given, program, keep=YEARLY, at_end=AT_END)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
