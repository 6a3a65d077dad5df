"""Futures drawn once for an assessment, and runs over them that share one compilation of the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from stepdown.assumptions import Planned, build_world, documented_programmes, sample_futures, steps_of
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.facts import Arsenal
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import CapabilityProgramme, Program, Step
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import World
from stepdown.vocabulary.dates import earliest

if TYPE_CHECKING:
    from stepdown.experiments import Placed

T = TypeVar("T")
YEARS = 20
KEEP = (
    *("role", "gate", "reliance", "capability", "vulnerability", "prompt_launch"),
    *("strategic_forces", "theatre_forces", "domestic_support", "adequacy", "adequacy_without"),
    *("assurance", "proliferation", "cif", "transparency", "money_used"),
)
"""Series that any assessment reads. One list, and one shape of programs, so that the kernel compiles once."""
SLOTS = (24, 64, 24, 8, 0)
"""Measures, rows of effects on actors, theatres and the world, programmes: at least so many."""
ROOM = (0, 0, 1)
"""Some measures lower a lever, and room for that is part of a shape too; see `Program.crowding`."""


@dataclass
class Drawn:
    """Facts, world, and futures; `runs` counts the packages that were simulated."""

    facts: Facts
    futures: int
    seed: int
    lenses: tuple[str, ...]
    runs: int = field(default=0, init=False)
    failed: int = field(default=0, init=False)
    """Most futures that any run could not finish."""
    slots: tuple[int, ...] = field(default=SLOTS, init=False)
    room: tuple[int, int, int] = field(default=ROOM, init=False)
    """Shape of the largest package so far: what comes after it runs in the same compiled code."""

    @cached_property
    def world(self) -> World:
        return build_world(self.facts)

    @cached_property
    def first_year(self) -> int:
        """The model starts from the newest record."""
        return max(earliest(a.as_of).year for a in self.facts.all(Arsenal))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first_year, self.first_year + YEARS + 1))

    @cached_property
    def assumptions(self) -> Assumptions:
        return sample_futures(self.facts, self.world, self.futures, self.seed, self.lenses)

    @cached_property
    def in_place(self) -> Placed:
        """The same futures, ready to be run under many packages. Only what runs imports JAX."""
        from stepdown.experiments import placed

        return placed(self.world, self.assumptions)

    @cached_property
    def programmes(self) -> tuple[CapabilityProgramme, ...]:
        drivers, _ = documented_programmes(self.facts, self.world, self.first_year, self.futures, self.seed)
        return drivers

    @cached_property
    def baseline(self) -> Trajectories:
        """Nothing beyond what the record says is under way."""
        return self.run(())

    @contextmanager
    def baseline_meanwhile(self) -> Iterator[None]:
        """The baseline is run beside what is done inside: reading compiled code leaves a core free."""
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(lambda: self.baseline)
            yield
            running.result()

    def steps(self, planned: Sequence[Planned]) -> tuple[Step, ...]:
        """Measures of the record as steps, their effects drawn per future."""
        steps, _ = steps_of(self.facts, self.world, planned, self.first_year, self.futures, self.seed)
        return steps

    def programmes_moved(self, years: float, symbol: str, value: float, few: int) -> Trajectories:
        """The baseline with every recorded programme fielded later (or sooner, never before the start), and
        one symbol at another admissible value in every future; the first `few` futures."""
        moved = tuple(replace(p, fielded=np.maximum(p.fielded + years, 0.0)) for p in self.programmes)
        drawn = self.assumptions.first(few)
        changed = {symbol: np.full_like(drawn.symbols[symbol], value)}
        return self.run((), moved, replace(drawn, symbols={**drawn.symbols, **changed}))

    def run(
        self,
        steps: Sequence[Step],
        programmes: tuple[CapabilityProgramme, ...] | None = None,
        assumptions: Assumptions | None = None,
    ) -> Trajectories:
        """Yearly series of a package over all futures."""
        drivers = self.programmes if programmes is None else programmes
        return self._run(Program.build(self.world, steps, drivers), assumptions or self.in_place)

    def _run(self, program: Program, over: Assumptions | Placed) -> Trajectories:
        from stepdown.experiments import run_trajectories

        self.runs += 1
        self._make_room([program])
        fitted = replace(program.padded(*self.slots), room=self.room)
        program = fitted.spread(self.futures).first(over.futures)
        done = run_trajectories(self.world, over, program, self.years[0], self.years[-1], KEEP)
        self.failed = max(self.failed, int(np.sum(~done.ok)))
        return done

    def _make_room(self, programs: Iterable[Program]) -> None:
        for program in programs:
            self.slots = tuple(max(pair) for pair in zip(self.slots, program.counts, strict=True))
            a, b, c = (max(pair) for pair in zip(self.room, program.crowding, strict=True))
            self.room = a, b, c

    @property
    def simulated(self) -> bool:
        """Were futures drawn at all? Some questions are answered from the record alone."""
        return "assumptions" in self.__dict__

    def each(self, packages: Mapping[str, Sequence[Step]], read: Callable[[Trajectories], T]) -> dict[str, T]:
        """Run every package and keep only what `read` takes from it: whole runs would fill the memory."""
        programs = {name: Program.build(self.world, of, self.programmes) for name, of in packages.items()}
        self._make_room(programs.values())
        found: dict[str, T] = {}
        with ThreadPoolExecutor(1) as pool:
            waiting: tuple[str, Future[T]] | None = None
            for name, program in programs.items():
                run = self._run(program, self.in_place)
                if waiting is not None:
                    found[waiting[0]] = waiting[1].result()
                waiting = name, pool.submit(read, run)
            if waiting is not None:
                found[waiting[0]] = waiting[1].result()
        return found
