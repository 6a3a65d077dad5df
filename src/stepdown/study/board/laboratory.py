"""Sampled futures, a compiled kernel and a cached baseline, kept ready: a package in, its outcomes out.

Futures are run in parts of fixed order. The first part alone gives a preview; all parts give the picture.
Same package, same part: same numbers, whoever asks and however often.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from threading import Lock
from typing import TypeVar

import numpy as np
from jaxtyping import Float, Int

from stepdown.assumptions import Planned, build_world, documented_programmes, sample_futures, steps_of
from stepdown.assumptions.steps import expand
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.program import CapabilityProgramme, Program, Step
from stepdown.experiments import Placed, placed, run_trajectories
from stepdown.experiments.outcomes import outcome_values, series_values
from stepdown.simulation import keep_compiled
from stepdown.study.board.plan import HORIZON, MOST, OUTCOMES
from stepdown.study.installation import cache_folder
from stepdown.vocabulary.ids import LENSES

Uses = tuple[MeasureUse, ...]
K = TypeVar("K")
V = TypeVar("V")

KEEP = (
    *("hazard", "cif", "reliance", "lowest_adequacy", "assurance", "proliferation"),
    *("vulnerability", "domestic_support", "money_used", "political_used"),
)
"""Series behind the outcomes of the board."""
PREVIEW, REST = 128, 256
"""Futures of the first part and of each further one: one chunk of the kernel, one chunk for each core."""
SHAPES = ((16, 32, 8, 4), (32, 96, 24, 12))
"""Slots of a package (measures, rows on actors, theatres, world): the kernel is compiled for these two."""
KEPT = 600
"""Parts and steps that are remembered: about 100 MB."""


@dataclass(frozen=True)
class Part:
    """Outcomes of one package in the futures `start` ... `start + n - 1`; `peak`: budgets at their peak."""

    start: int
    outcomes: Mapping[str, Float[np.ndarray, " future"]]
    series: Mapping[str, Float[np.ndarray, "year future"]]
    codes: Int[np.ndarray, " future"]
    peak: Mapping[str, Float[np.ndarray, "actor future"]]


class Laboratory:
    """One set of futures for everybody. `prepare` before anything else; then safe from several threads."""

    def __init__(self, facts: Facts, futures: int = 1000, seed: int = 2026) -> None:
        self.facts, self.futures, self.seed = facts, max(futures, PREVIEW), seed
        self.world = build_world(facts)
        self.lenses = LENSES
        self.lens: Int[np.ndarray, " future"] = np.arange(self.futures) % len(LENSES)
        bounds = [0, *range(PREVIEW, self.futures, REST), self.futures]
        self.parts = tuple(slice(a, b) for a, b in pairwise(bounds))
        self._steps: OrderedDict[tuple[str, float], Step] = OrderedDict()
        self._done: OrderedDict[tuple[Uses, int], Part] = OrderedDict()
        self._lock = Lock()
        self._placed: tuple[Placed, ...] = ()
        self._drivers: tuple[CapabilityProgramme, ...] = ()
        self.ready = False

    def prepare(self) -> None:
        """Draw the futures, compile the kernel, run the baseline: seconds, or a minute the first time."""
        keep_compiled(cache_folder())
        start = HORIZON.start
        self._drivers, _ = documented_programmes(self.facts, self.world, start, self.futures, self.seed)
        drawn = sample_futures(self.facts, self.world, self.futures, self.seed, self.lenses)
        self._placed = tuple(placed(self.world, _of(drawn, part)) for part in self.parts)
        for i in range(len(self.parts)):
            self.run((), i)
        self.ready = True

    def prepare_large(self) -> None:
        """Compile the kernel for large packages too."""
        self._evaluate(Program.build(self.world, (), self._drivers), 0, SHAPES[-1])

    def known(self, uses: Uses, part: int) -> Part | None:
        """What was computed before, if it is remembered."""
        with self._lock:
            return self._done.get((_key(uses), part))

    def run(self, uses: Uses, part: int) -> Part:
        """The package in one part of the futures."""
        found = self.known(uses, part)
        if found is None:
            steps = [self._step(use) for use in _key(uses)]
            program = Program.build(self.world, steps, self._drivers)
            found = self._evaluate(program, part, self._shape(program))
            self._remember(self._done, (_key(uses), part), found)
        return found

    def _shape(self, program: Program) -> tuple[int, ...]:
        fits = (s for s in SHAPES if all(a <= b for a, b in zip(program.counts, s, strict=False)))
        shape = next(fits, None)
        if shape is None:
            raise ValueError(f"a package holds at most {MOST} measures; this one needs {program.counts}")
        return shape

    def _evaluate(self, program: Program, part: int, shape: Sequence[int]) -> Part:
        bounds = self.parts[part]
        width = bounds.stop - bounds.start
        slots = -(-len(self._drivers) // 8) * 8
        measures, on_actors, on_theatres, on_world = shape
        padded = program.padded(measures, on_actors, on_theatres, on_world, slots)
        here = padded.spread(self.futures).part(bounds)
        run = run_trajectories(self.world, self._placed[part], here, HORIZON.start, HORIZON.end, KEEP)
        peak = {kind: run[f"{kind}_used"].max(axis=0) for kind in ("money", "political")}
        assert run.code.shape == (width,)
        return Part(
            bounds.start,
            outcome_values(self.world, run, OUTCOMES),
            series_values(self.world, run),
            run.code,
            peak,
        )

    def _step(self, use: MeasureUse) -> Step:
        """The measure as a step. Its draws depend on measure and strength only, and are remembered."""
        with self._lock:
            step = self._steps.get((use.measure, use.share))
        if step is None:
            planned = Planned(use.measure, use.actors, HORIZON.start, use.share, "unilateral")
            (step,), _ = steps_of(self.facts, self.world, [planned], HORIZON.start, self.futures, self.seed)
            self._remember(self._steps, (use.measure, use.share), step)
        return replace(
            step,
            participants=expand(self.facts, self.world, use.actors),
            start=float(use.start - HORIZON.start),
            condition=use.condition,
            theatres=use.theatres,
        )

    def _remember(self, where: OrderedDict[K, V], key: K, value: V) -> None:
        with self._lock:
            where[key] = value
            where.move_to_end(key)
            while len(where) > KEPT:
                where.popitem(last=False)


def _key(uses: Uses) -> Uses:
    """The package in one order: the order of measures means nothing."""
    return tuple(sorted(uses, key=lambda u: (u.measure, u.actors, u.start)))


def _of(drawn: Assumptions, part: slice) -> Assumptions:
    """The futures of one part; what traces a draw to its record is not needed here."""
    symbols = {name: np.ascontiguousarray(values[..., part]) for name, values in drawn.symbols.items()}
    return replace(drawn, symbols=symbols, lens=drawn.lens[part], coordinates=())
