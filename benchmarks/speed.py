"""The kernel against its rivals on the same equations and the same futures, side by side in one run.

Rivals run `simulation.oracle`, the very functions of the kernel on NumPy arrays: one future at a time under
EMA Workbench's sequential and multiprocessing evaluators, and all futures at once (64- and 32-bit, whole
and in blocks; the fastest counts). Timed: thirty years of the fullest package on 21 actors, per future,
medians of interleaved repetitions. Not timed: imports, drawing futures, starting workers, and for the
kernel compiling and placing futures on the device, which are timed apart. Ratios compare runs that bring
back the incidence of first use alone; the seconds of 1,000 futures are those of a study, which asks for
some 200 yearly series and 180 ends. Writes runs/bench.json.

Run from the repository root: python -m benchmarks.speed
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks import _case as case
from stepdown.experiments.outcomes import AT_END, YEARLY
from stepdown.simulation import place, simulate
from stepdown.simulation.integrate import STEP, run, steps_in_a_year
from stepdown.simulation.oracle import run_in_numpy
from stepdown.simulation.package import cut, device_package
from stepdown.simulation.simulate import COMPILER
from stepdown.simulation.structure import structure

FUTURES = 1000
FEW = 64
"""Futures of the gradient and of the batched rival's trial runs."""
OUT = Path("runs/bench.json")


def main() -> None:
    """Measure, print, write."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["first_call_seconds"] = float(_python("_first_call", folder))
        found["cached_first_call_seconds"] = float(_python("_first_call", folder))
        found |= _side_by_side()
        found["gradient_over_forward"] = _gradient()
        many = json.loads(_python("_many", "100000", folder))
    found["peak_memory_gb_100k"] = many["peak_gb"]
    found["seconds_100k_futures"] = many["seconds"]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({name: round(x, 5) for name, x in found.items()}, indent=2) + "\n")
    for name, x in found.items():
        print(f"{name:44s} {x:10.4g}")


def _side_by_side(rounds: int = 2) -> dict[str, float]:
    world, program, given = case.world(), case.program(), case.draws(FUTURES)
    placed = place(world, given)

    def kernel() -> Any:
        return simulate(world, placed, program, keep=YEARLY, at_end=AT_END)

    def alike() -> Any:
        return simulate(world, placed, program, keep=case.KEEP)

    def loose() -> Any:
        return simulate(world, given, program, keep=YEARLY, at_end=AT_END)

    ways = [(dtype, width) for dtype in (np.float64, np.float32) for width in (FEW, 250)]
    ways.append((np.float32, FUTURES))
    risk = kernel().use_risk[-1]
    plain = case.use_risk(_batched(np.float64, FEW, FEW))
    np.testing.assert_allclose(risk[:FEW], plain, rtol=2e-3)
    names = ("kernel", "alike", "loose", "sequential", "multiprocessing")
    timed: dict[str, list[float]] = {name: [] for name in names}
    alike()
    batched: dict[Any, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        timed["kernel"] += [_seconds(kernel) for _ in range(7)]
        timed["loose"] += [_seconds(loose) for _ in range(3)]
        timed["alike"] += [_seconds(alike) for _ in range(5)]
        workbench = json.loads(_python("_workbench", "16"))
        for name, seconds in workbench.items():
            timed[name].append(seconds)
        timed["kernel"] += [_seconds(kernel) for _ in range(7)]
        timed["alike"] += [_seconds(alike) for _ in range(5)]
        for dtype, width in ways:
            batched[dtype, width].append(_seconds(lambda d=dtype, w=width: _batched(d, w, w)) / width)
    ours = median(timed["alike"]) / FUTURES
    ema = {name: median(timed[name]) for name in ("sequential", "multiprocessing")}
    numpy = {way: median(seconds) for way, seconds in batched.items()}
    double = min(s for (dtype, _), s in numpy.items() if dtype is np.float64)
    return {
        "seconds_1000_futures_median": median(timed["kernel"]),
        "seconds_1000_futures_use_risk_alone_median": ours * FUTURES,
        "seconds_1000_futures_with_placing_median": median(timed["loose"]),
        "seconds_per_future_ema_workbench_sequential": ema["sequential"],
        "seconds_per_future_ema_workbench_multiprocessing": ema["multiprocessing"],
        "seconds_per_future_batched_numpy": min(numpy.values()),
        "seconds_per_future_batched_numpy_float64": double,
        "ratio_to_ema_workbench_best": min(ema.values()) / ours,
        "ratio_to_batched_numpy": min(numpy.values()) / ours,
        "ratio_to_batched_numpy_float64": double / ours,
    }


def _batched(dtype: Any, futures: int, block: int) -> dict[str, np.ndarray]:
    given = case.draws(futures)
    program = case.program().first(futures)
    return run_in_numpy(case.world(), given, program, keep=case.KEEP, dtype=dtype)


def _gradient() -> float:
    """Use risk of few futures by every lever strength, over the same run without derivative, on one core."""
    s, whole = structure(case.world()), slice(0, FEW)
    p = {n: jnp.asarray(cut(x, whole, FEW, np.dtype("float32"))) for n, x in case.draws(FEW).items()}
    package = device_package(case.program().first(FEW), whole, FEW, np.dtype("float32"), FEW)
    names = ("actor_rows", "theatre_rows", "global_rows")

    def risk(strengths: tuple[jax.Array, ...]) -> jax.Array:
        moved = {n: getattr(package, n)._replace(strength=x) for n, x in zip(names, strengths, strict=True)}
        series = run(
            s,
            p,
            package._replace(**moved),
            jnp.float32(1.0),
            years=30,
            steps_per_year=steps_in_a_year(STEP),
            keep=("cif",),
        )
        return jnp.sum(series["cif"][-1])

    at = tuple(getattr(package, n).strength for n in names)
    value = jax.jit(risk, compiler_options=COMPILER)
    gradient = jax.jit(jax.grad(risk), compiler_options=COMPILER)
    both: list[list[float]] = [[], []]
    for f in (value, gradient):
        jax.block_until_ready(f(at))
    for _ in range(5):
        for f, seconds in zip((value, gradient), both, strict=True):
            seconds.append(_seconds(lambda f=f: jax.block_until_ready(f(at))))
    return median(both[1]) / median(both[0])


def _seconds(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _python(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    main()
